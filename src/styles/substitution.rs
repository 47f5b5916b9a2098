use super::pattern::Pattern;
use super::{Action, Event, Found, Rule, Unit, message, tokens::Tokens};
use crate::text::{Span, upper_first};

/// Words that should be others.
#[derive(Debug)]
pub(super) struct Substitution {
    pub tokens: Tokens,
    /// What stands for each token.
    pub right: Vec<Right>,
    pub exceptions: Option<Pattern>,
    /// Whether what stands for a word with a capital has one.
    pub capitalize: bool,
}

/// What should stand there.
#[derive(Debug)]
pub(super) struct Right {
    /// The words; `$1` in them is the token's first group.
    pub words: String,
    /// The token, for its groups, if the words name any.
    pub groups: Option<Pattern>,
    /// The words as a pattern of what is right already, if they are one.
    pub fine: Option<Pattern>,
}

impl Right {
    /// What stands for a token, which `token` is with its flags.
    pub(super) fn new(words: &str, token: &str) -> Self {
        let names_group = words.split('$').skip(1).any(|after| after.starts_with(|c: char| c.is_ascii_digit()));
        let phrase = words.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
        Self {
            words: words.into(),
            groups: names_group.then(|| Pattern::new(token)),
            fine: (!phrase).then(|| Pattern::new(&format!("^(?:{words})$"))),
        }
    }

    /// What should stand for the token found at `from` in the text.
    fn of(&self, text: &str, from: usize) -> String {
        let groups = self.groups.as_ref().and_then(|token| token.expand(text, from, &self.words));
        groups.unwrap_or_else(|| self.words.clone())
    }
}

impl Substitution {
    pub(super) fn read(&self, rule: &Rule, unit: &Unit<'_>, out: &mut Vec<Event>) {
        for (span, token) in self.tokens.find_all(unit.text, unit.seen) {
            let words = span.of(unit.text).trim();
            let Some(right) = self.right.get(token) else { continue };
            let cased = |expected: String| {
                let capital = self.capitalize && words.starts_with(char::is_uppercase);
                if capital { upper_first(&expected) } else { expected }
            };
            let expected = right.of(unit.text, span.start);
            let fine = expected == words
                || cased(expected.clone()) == words
                || right.fine.as_ref().is_some_and(|fine| fine.mistake().is_none() && fine.is_in(words));
            if fine || self.exceptions.as_ref().is_some_and(|exceptions| exceptions.is_in(words)) {
                continue;
            }
            let mut found = Found::of(rule, unit, span);
            let choices: Vec<String> = match &rule.action {
                Action::Replace(fixed) if fixed.is_empty() => {
                    expected.split('|').map(|one| cased(one.into())).collect()
                }
                Action::None => vec![cased(expected.clone())],
                _ => Vec::new(),
            };
            if rule.action.is_replace() {
                // Each choice comes with quotation marks of its own.
                let bare = rule.message.replacen("'%s'", "%s", usize::from(rule.message.matches("'%s'").count() == 2));
                found.message = message::fill(&bare, &[&message::choices(&choices), words]);
            } else if let [one] = choices.as_slice() {
                found.message = message::fill(&rule.message, &[one, words]);
            } else {
                found.message = message::fill(&rule.message, &[&cased(expected), words]);
            }
            found.mends.extend(choices.into_iter().map(|words| {
                match article(&unit.text[..span.start], span.of(unit.text), &words) {
                    Some(Article { start, right }) => {
                        rule.mend(unit.place(Span::new(start, span.end)), format!("{right} {words}"))
                    }
                    None => rule.mend(found.span, words),
                }
            }));
            out.push(Event::Found(found));
        }
    }
}

/// The article before words that are replaced, where the new ones need the other one: "an added bonus" becomes "a bonus".
struct Article {
    /// Where it begins, in bytes of the text before the words.
    start: usize,
    right: &'static str,
}

/// The article that has to change with the words, if there is one. Letters don't tell all of how a word begins: where the
/// article doesn't go by the letter, or the new words might not, it is left alone.
fn article(before: &str, old: &str, new: &str) -> Option<Article> {
    let bare = before.strip_suffix(' ')?;
    let written = bare.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    let forms = match written {
        "a" | "an" => ["a", "an"],
        "A" | "An" => ["A", "An"],
        _ => return None,
    };
    let vowel = |words: &str| words.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    let unsure =
        |words: &str| words.starts_with(['u', 'h', 'U', 'H']) || words.starts_with("eu") || words.starts_with("one");
    let (from, to) = (forms[usize::from(vowel(old))], forms[usize::from(vowel(new))]);
    (written == from && to != from && !unsure(old) && !unsure(new))
        .then_some(Article { start: bare.len() - written.len(), right: to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_goes_with_the_words() {
        for (before, old, new, expected) in [
            ("It was an ", "added bonus", "bonus", Some("a")),
            ("A ", "past experience", "experience", Some("An")),
            ("“a ", "past experience", "experience", Some("an")),
            ("It was a ", "past event", "bonus", None),
            ("It was an ", "hour long", "long", None),
            ("It was a ", "past history", "history", None),
            ("a ", "new use", "use", None),
            ("the ", "added bonus", "bonus", None),
            ("Formosa ", "past experience", "experience", None),
            ("a  ", "past experience", "experience", None),
        ] {
            let found = article(before, old, new).map(|article| article.right);
            assert_eq!(found, expected, "{before}{old}");
        }
    }
}
