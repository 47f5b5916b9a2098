use crate::diagnostic::Severity;
use crate::prose::{Case, Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "quotes/ellipsis",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::About,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/quotes/ellipsis.md"),
    detect: Detect::Paragraph(check),
};

/// An ellipsis between two words.
struct Ellipsis {
    /// All between the words.
    gap: Span,
    /// What should stand there.
    right: String,
}

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let dotted = |text: &str| [". .", "..", "…"].iter().any(|dots| text.contains(dots));
    if !style.quotes.spaced_ellipsis || !dotted(paragraph.text) {
        return Vec::new();
    }
    detect(paragraph).map(|ellipsis| describe(paragraph, ellipsis)).collect()
}

/// The ellipses between words that lack a space on a side or have too many.
fn detect<'p>(paragraph: &Paragraph<'p>) -> impl Iterator<Item = Ellipsis> + use<'p> {
    let text = paragraph.text;
    let is_word = |token: &Token| matches!(token.kind, Kind::Word | Kind::Number);
    let words = paragraph.facts.prose.tokens.iter().filter(move |token| is_word(token) || !is_dots(token.of(text)));
    let mut before: Option<&Token> = None;
    words.filter_map(move |after| {
        let before = before.replace(after).filter(|before| is_word(before) && is_word(after))?;
        let gap = Span::new(before.end as usize, after.start as usize);
        let right = right(gap.of(text), after)?;
        (gap.of(text) != right).then_some(Ellipsis { gap, right })
    })
}

fn is_dots(token: &str) -> bool {
    token == "…" || token.bytes().all(|byte| byte == b'.')
}

/// What should stand in place of the dots between two words; nothing where they are no ellipsis, or a line ends there.
fn right(gap: &str, after: &Token) -> Option<String> {
    let dots = gap.split(' ').collect::<String>();
    match &*dots {
        "..." | "…" => Some(format!(" {dots} ")),
        // The first is the stop of the sentence before.
        "...." if after.case != Case::Lower => Some(". ... ".into()),
        _ => None,
    }
}

fn describe(paragraph: &Paragraph<'_>, Ellipsis { gap, right }: Ellipsis) -> Finding {
    let written = paragraph.words(gap);
    let start = gap.start + written.len() - written.trim_start().len();
    let dots = Span::new(start, start + written.trim().len());
    let message = format!(
        "The house gives an ellipsis a space on each side: “{right}”. Without them it looks like part of a word, and a line \
         can’t break there."
    );
    let title = "Put a space on each side";
    let (place, said) = (Place::here(gap), paragraph.said(gap));
    let repair = if said { Repair::offer(title, place, right) } else { Repair::safe(title, place, right) };
    Finding::new(Place::here(dots), message).mended_by(vec![repair])
}
