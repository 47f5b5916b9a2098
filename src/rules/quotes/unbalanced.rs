use super::{goes_on, left_open, paragraphs};
use crate::diagnostic::Severity;
use crate::prose::{Mark, Quotation};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Place, Story};
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
    // Whether the next paragraph of copy, seen from the story's end, opens with a quotation mark.
    let mut reopened = false;
    // A mark that closes, in the paragraph below, what this one may have opened: `quotes/paragraphs` speaks of that.
    let mut waiting: Option<Half> = None;
    for (index, paragraph) in story.paragraphs.iter().enumerate().rev() {
        let quotations = &paragraph.facts.prose.quotations;
        let read = paragraphs::RULE.reads.contains(&paragraph.role);
        let runs_on = waiting.is_some() && read && left_open(paragraph).is_some();
        found.extend(waiting.take().filter(|_| !runs_on));
        let double = |quotation: &&Quotation| !mark(quotation).is_some_and(|mark| mark.single);
        let last = quotations.iter().rposition(|quotation| double(&quotation));
        for (nth, quotation) in quotations.iter().enumerate().filter(|(_, quotation)| double(quotation)) {
            match (quotation.open, quotation.close) {
                // A quotation that goes on in the next paragraph opens again there.
                (Some(_), None) if Some(nth) == last && (reopened || runs_on) => {}
                (Some(open), None) => found.push(Half::Opened(Place::new(index, open.span))),
                (None, Some(close)) if nth == 0 && read && goes_on(paragraph) => {
                    waiting = Some(Half::Closed(Place::new(index, close.span)));
                }
                (None, Some(close)) => found.push(Half::Closed(Place::new(index, close.span))),
                _ => {}
            }
        }
        if paragraph.is_copy() {
            let opening = quotations.first().and_then(|quotation| quotation.open);
            reopened = opening.is_some_and(|open| open.span.start == 0);
        }
    }
    found.extend(waiting);
    found
}

fn mark(quotation: &Quotation) -> Option<Mark> {
    quotation.open.or(quotation.close)
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
