//! Of which time a title is told.

use crate::prose::{Kind, Token};
use crate::story::{Paragraph, Story};
use crate::text::Span;

/// The earliest year that the paragraph names: "1947", "the 1860s".
pub(super) fn earliest_year(paragraph: &Paragraph<'_>) -> Option<u16> {
    let numbers = paragraph.facts.prose.tokens.iter().filter(|token| token.kind == Kind::Number);
    numbers.filter_map(|token| year(token.of(paragraph.text).trim_end_matches('s'))).min()
}

fn year(digits: &str) -> Option<u16> {
    digits.parse().ok().filter(|year| digits.len() == 4 && (1700..2100).contains(year))
}

/// Whether the year is before that of the story, or may be.
pub(super) fn is_past(story: &Story<'_>, year: u16) -> bool {
    story.date.is_none_or(|day| i32::from(year) < i32::from(day.year()))
}

/// Whether the sentence of a title tells of a year before that of the story: "in 2019", but not "the 2019 race".
pub(super) fn is_dated(story: &Story<'_>, paragraph: &Paragraph<'_>, title: Span) -> bool {
    let prose = &paragraph.facts.prose;
    let Some(sentence) = prose.sentence_at(title.start) else { return false };
    let when = |pair: &[Token]| {
        let [before, number] = pair else { return None };
        year(number.of(paragraph.text)).filter(|_| before.of(paragraph.text).eq_ignore_ascii_case("in"))
    };
    prose.tokens_of(&prose.sentences[sentence]).windows(2).filter_map(when).any(|year| is_past(story, year))
}

/// Whether the words before a title say that it is not that of today: "when President Roe left", "under Mayor Roe", "a
/// President Roe".
pub(super) fn tells_of_another(paragraph: &Paragraph<'_>, title: Span) -> bool {
    /// How many words before the title are looked at.
    const REACH: usize = 40;
    /// What tells so anywhere among them.
    const EARLIER: [&str; 4] = ["when", "during", "under", "since"];
    /// What tells so right before it or a word further.
    const RIGHT_BEFORE: [&str; 5] = ["a", "newly", "previous", "predecessor", "successor"];
    let prose = &paragraph.facts.prose;
    let Some(sentence) = prose.sentence_at(title.start) else { return false };
    let at = prose.token_at(title.start);
    let before = at.saturating_sub(REACH).max(prose.sentences[sentence].tokens.start as usize)..at;
    let says = |at: usize, words: &[&str]| {
        words.iter().any(|word| prose.tokens[at].of(paragraph.text).eq_ignore_ascii_case(word))
    };
    before.clone().any(|at| says(at, &EARLIER)) || before.rev().take(2).any(|at| says(at, &RIGHT_BEFORE))
}
