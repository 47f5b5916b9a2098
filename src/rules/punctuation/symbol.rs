use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "punctuation/symbol",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/punctuation/symbol.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    // The bytes that letters of all these symbols begin with.
    if !paragraph.text.bytes().any(|byte| matches!(byte, 0xE2 | 0xF0)) {
        return Vec::new();
    }
    detect(paragraph.text).into_iter().map(|span| describe(paragraph, span)).collect()
}

/// The runs of symbols.
fn detect(text: &str) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_symbol(*c) || is_joiner(*c)) {
        let end = at + c.len_utf8();
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end = end,
            None if is_joiner(c) => continue,
            None => runs.push(Span::new(at, end)),
        }
    }
    // More than one star is a rating.
    runs.retain(|run| run.of(text).chars().filter(|c| matches!(c, '★' | '☆' | '⭐')).count() < 2);
    runs
}

/// Whether the character is a picture or an ornament; not a sharp or a flat.
const fn is_symbol(c: char) -> bool {
    matches!(c,
        '\u{2600}'..='\u{265F}' | '\u{2668}'..='\u{266C}' | '\u{2670}'..='\u{27BF}' | '\u{2B50}' | '\u{2B55}'
        | '\u{1F300}'..='\u{1FAFF}' | '\u{1F1E6}'..='\u{1F1FF}')
}

/// Whether the character only joins or tints the symbol before it.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200D}' | '\u{FE0F}')
}

fn describe(paragraph: &Paragraph<'_>, span: Span) -> Finding {
    let text = paragraph.text;
    let closed = |c: char| matches!(c, ' ' | '.' | ',' | ';' | ':' | '!' | '?');
    let spaced = text[span.end..].starts_with(closed) || span.end == text.len();
    let before = span.start - usize::from(spaced && text[..span.start].ends_with(' '));
    let after = span.end + usize::from(span.start == 0 && text[span.end..].starts_with(' '));
    let message = format!(
        "“{}” is an ornament: it tells nothing, and many systems print a box in its place. Delete it.",
        paragraph.words(span)
    );
    let finding = Finding::new(Place::here(span), message);
    // A mark that comes to stand at a word opens or closes what it did not before.
    let (last, next) = (text[..before].chars().next_back(), text[after..].chars().next());
    let marks = |c: Option<char>| c.is_some_and(|c| matches!(c, '\'' | '"' | '‘' | '’' | '“' | '”'));
    let joins = (marks(last) && next.is_some_and(|c| !c.is_whitespace())) || (marks(next) && before == span.start);
    if joins {
        return finding;
    }
    let gone = Place::here(Span::new(before, after));
    finding.mended_by(vec![Repair::offer("Delete it", gone, "")])
}
