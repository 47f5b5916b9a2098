use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::prose::Mark;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "quotes/nested",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::About,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/quotes/nested.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    detect(paragraph).map(|(open, close)| describe(paragraph, open, close)).collect()
}

/// The marks of each quotation that stands in another with marks of the same kind.
fn detect<'p>(paragraph: &Paragraph<'p>) -> impl Iterator<Item = (Mark, Mark)> + use<'p> {
    let prose = &paragraph.facts.prose;
    prose.nested.iter().filter_map(|nested| {
        let (open, close) = (nested.open?, nested.close?);
        let around = prose.quotations_in(nested.inner).next()?.open?;
        (open.single == around.single).then_some((open, close))
    })
}

fn describe(paragraph: &Paragraph<'_>, open: Mark, close: Mark) -> Finding {
    let place = Place::here(open.span.cover(close.span));
    let inner = Span::new(open.span.end, close.span.start);
    let (left, right) = other(paragraph.words(open.span), open.single);
    let words = paragraph.phrase(inner);
    let kind = if open.single { "double" } else { "single" };
    let message = format!(
        "{left}{words}{right} is quoted within a quotation, and readers take its marks for the ends of that. Give it {kind} \
         marks."
    );
    Finding::new(place, message).mended_by(vec![Repair {
        title: format!("Write {left}{words}{right}"),
        applicability: Applicability::Unsafe,
        edits: vec![(Place::here(open.span), left.into()), (Place::here(close.span), right.into())],
    }])
}

/// The marks of the other kind, straight or curly as the one that stands there.
fn other(mark: &str, single: bool) -> (&'static str, &'static str) {
    match (mark.is_ascii(), single) {
        (true, false) => ("'", "'"),
        (false, false) => ("‘", "’"),
        (true, true) => ("\"", "\""),
        (false, true) => ("“", "”"),
    }
}
