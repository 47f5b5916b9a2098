use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/unnamed-media",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/unnamed-media.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    detect(paragraph)
        .into_iter()
        .map(|span| Finding {
            place: Place::here(span),
            message: describe(paragraph.words(span)),
            related: Vec::new(),
            repairs: Vec::new(),
        })
        .collect()
}

fn detect(paragraph: &Paragraph<'_>) -> Vec<Span> {
    let phrase = "multiple media outlets reported";
    paragraph.text.match_indices(phrase).map(|(at, found)| Span::new(at, at + found.len())).collect()
}

fn describe(words: &str) -> String {
    format!("“{words}” names no outlet, so readers can't weigh the report. Name the outlet or confirm it yourself.")
}
