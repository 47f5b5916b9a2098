//! Bodies by name: ministries, companies, councils.

use crate::lexicon::{Class, body_head};
use crate::prose::{Case, Kind, Prose};
use crate::text::Span;

/// A body named in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name, with its article or owner: "the Ministry of Health", "Norland's Ministry of Health", "Acme Corp."
    pub span: Span,
    /// The word of it that tells what kind of body it is, as the lexicon has it: "ministry".
    pub head: &'static str,
    /// Its initials.
    pub initials: Initials,
}

/// The capitals with which a name's words begin, as an acronym has them; none where there are fewer than three of them
/// or more than eight.
pub type Initials = Option<u64>;

/// Longest name, in tokens.
const LONGEST: usize = 12;

/// The initials that an acronym consists of: "IMF".
pub fn acronym(word: &str) -> Initials {
    let letters = word.bytes().filter(|byte| *byte != b'.');
    if !letters.clone().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    initials(letters)
}

fn initials(letters: impl Iterator<Item = u8>) -> Initials {
    let (count, all) = letters.fold((0, 0_u64), |(count, all), letter| (count + 1, all << 8 | u64::from(letter)));
    (3..=8).contains(&count).then_some(all)
}

/// The bodies that a paragraph names outside quotation marks, in order.
pub fn mentions(text: &str, prose: &Prose) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < prose.tokens.len() {
        let end = run(text, prose, at);
        found.extend(mention(text, prose, at, end));
        at = end.max(at + 1);
    }
    found
}

fn is_capital(prose: &Prose, at: usize) -> bool {
    prose.tokens.get(at).is_some_and(|token| {
        token.kind == Kind::Word && matches!(token.case, Case::Title | Case::Upper) && !token.quoted
    })
}

/// The end of the capitalised name that begins at a token: "Ministry of Health", "Acme Corp."
fn run(text: &str, prose: &Prose, first: usize) -> usize {
    let small =
        Class::DETERMINER.with(Class::PREPOSITION).with(Class::CONJUNCTION).with(Class::ADVERB).with(Class::PRONOUN);
    if !is_capital(prose, first) || prose.is(first, small.with(Class::POSSESSIVE)) {
        return first;
    }
    let mut end = first + 1;
    while end - first < LONGEST {
        let word = prose.tokens.get(end).map_or("", |token| token.of(text));
        if is_capital(prose, end) {
            end += 1;
        } else if matches!(word, "of" | "for" | "&") && is_capital(prose, end + 1) {
            end += 2;
        } else if matches!(word, "of" | "for") && is_capital(prose, end + 2) && prose.tokens[end + 1].of(text) == "the"
        {
            end += 3;
        } else if word == "and" && is_capital(prose, end + 1) && !(first..end).any(|at| head(text, prose, at).is_some())
        {
            end += 2;
        } else {
            break;
        }
    }
    end
}

fn head(text: &str, prose: &Prose, at: usize) -> Option<&'static str> {
    body_head(prose.tokens[at].of(text))
}

/// The body that the capitalised words from `first` to `end` name, if they do.
fn mention(text: &str, prose: &Prose, first: usize, end: usize) -> Option<Mention> {
    let last = (first..end).find(|at| {
        let closes = *at + 1 == end
            || prose.is(*at, Class::ABBREVIATION)
            || prose.is(at + 1, Class::TITLE.with(Class::ROLE))
            || matches!(prose.tokens[at + 1].of(text), "of" | "for");
        closes && head(text, prose, *at).is_some()
    })?;
    let head = head(text, prose, last)?;
    let goes_on = prose.tokens.get(last + 1).is_some_and(|token| matches!(token.of(text), "of" | "for"));
    let end = if goes_on { end } else { last + 1 };
    if end == first + 1 {
        return None;
    }
    let letters = (first..end)
        .filter(|at| is_capital(prose, *at))
        .filter_map(|at| prose.tokens[at].of(text).bytes().next().filter(u8::is_ascii_uppercase));
    // "The Harbor Bank", "Norland's Harbor Bank".
    let article = first.checked_sub(1).filter(|at| prose.tokens[*at].of(text).eq_ignore_ascii_case("the"));
    let owner =
        first.checked_sub(2).filter(|at| is_capital(prose, *at) && prose.tokens[at + 1].kind == Kind::Possessive);
    let start = prose.tokens[article.or(owner).unwrap_or(first)].start as usize;
    let span = Span::new(start, prose.tokens[end - 1].end as usize);
    Some(Mention { span, head, initials: initials(letters) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_told_by_a_word_of_their_names() {
        for (text, expected) in [
            (
                "The Ministry of Health closed the Harbor Bank.",
                &["The Ministry of Health|ministry", "the Harbor Bank|bank"][..],
            ),
            ("He left Acme Corp. Chief Executive Ann Quill.", &["Acme Corp.|corp."]),
            ("The World Fund for the Sea (WFS) paid.", &["The World Fund for the Sea|fund"]),
            ("Ann Quill walked to Times Square in May.", &[]),
            ("“The Harbor Bank is broke,” Quill said of the Council.", &[]),
        ] {
            let found = mentions(text, &Prose::read(text));
            let shown: Vec<String> = found.iter().map(|body| format!("{}|{}", body.span.of(text), body.head)).collect();
            assert_eq!(shown, expected, "{text}");
        }
    }

    #[test]
    fn acronyms_are_initials() {
        let text = "The World Fund for Oceans paid.";
        assert_eq!(mentions(text, &Prose::read(text))[0].initials, acronym("WFO"));
        assert_eq!(acronym("W.F.O."), acronym("WFO"));
        assert_eq!(acronym("WF"), None);
        assert_eq!(acronym("Wfo"), None);
    }
}
