use crate::diagnostic::Severity;
use crate::prose::{Mark, Quotation};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "quotes/unbalanced",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::On,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/quotes/unbalanced.md"),
    detect: Detect::Story(check),
};

/// A mark without its other half.
enum Half {
    Opened(Place),
    Closed(Place),
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |half: Half| {
        let (place, message) = describe(&half);
        Finding::new(place, message)
    };
    detect(story).into_iter().map(finding).collect()
}

fn detect(story: &Story<'_>) -> Vec<Half> {
    let mut found = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        let quotations = &paragraph.facts.prose.quotations;
        let outer = |quotation: &&Quotation| !mark(quotation).is_some_and(|mark| mark.single);
        let last = quotations.iter().rposition(|quotation| outer(&quotation));
        for (nth, quotation) in quotations.iter().enumerate().filter(|(_, quotation)| outer(quotation)) {
            match (quotation.open, quotation.close) {
                (Some(open), None) => {
                    // A quotation that goes on in the next paragraph opens again there.
                    let runs_on = Some(nth) == last && opens_with_quote(story, index + 1);
                    if !runs_on {
                        found.push(Half::Opened(Place::new(index, open.span)));
                    }
                }
                (None, Some(close)) => found.push(Half::Closed(Place::new(index, close.span))),
                _ => {}
            }
        }
    }
    found
}

fn mark(quotation: &Quotation) -> Option<Mark> {
    quotation.open.or(quotation.close)
}

/// Whether the next paragraph of copy opens with a quotation mark.
fn opens_with_quote(story: &Story<'_>, from: usize) -> bool {
    let next = story.paragraphs.get(from..).unwrap_or_default().iter().find(|paragraph| paragraph.is_copy());
    next.is_some_and(|paragraph: &Paragraph<'_>| {
        paragraph
            .facts
            .prose
            .quotations
            .first()
            .is_some_and(|quotation| quotation.open.is_some_and(|open| open.span.start == 0))
    })
}

fn describe(half: &Half) -> (Place, String) {
    match half {
        Half::Opened(place) => (
            *place,
            "This quotation mark is never closed, so readers can't tell where the quotation ends. Close it, or open it \
             again in the next paragraph if the quotation runs on."
                .into(),
        ),
        Half::Closed(place) => (
            *place,
            "This quotation mark closes a quotation that was never opened. Open it where the quotation begins, or take \
             the mark out."
                .into(),
        ),
    }
}
