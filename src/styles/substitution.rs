use super::pattern::Pattern;
use super::{Action, Event, Found, Rule, Unit, message, tokens::Tokens};
use crate::text::upper_first;

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

    /// What should stand for `found`.
    fn of(&self, found: &str) -> String {
        self.groups.as_ref().map_or_else(|| self.words.clone(), |token| token.replace_all(found, &self.words))
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
            let expected = right.of(words);
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
                Action::None => vec![cased(expected)],
                _ => Vec::new(),
            };
            if rule.action.is_replace() {
                // Each choice comes with quotation marks of its own.
                let bare = rule.message.replacen("'%s'", "%s", usize::from(rule.message.matches("'%s'").count() == 2));
                found.message = message::fill(&bare, &[&message::choices(&choices), words]);
            } else if let [one] = choices.as_slice() {
                found.message = message::fill(&rule.message, &[one, words]);
            } else {
                found.message = message::fill(&rule.message, &[&cased(right.of(words)), words]);
            }
            found.mends.extend(choices.into_iter().map(|words| rule.mend(found.span, words)));
            out.push(Event::Found(found));
        }
    }
}
