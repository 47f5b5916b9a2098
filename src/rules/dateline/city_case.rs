use super::{Line, in_capitals};
use crate::diagnostic::Severity;
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::Story;
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dateline/city-case",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: crate::rules::rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/dateline/city-case.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let capitals = |line: &Line<'_>| line.forms().all(|form| form.capitals);
    let Some(line) = Line::of(story, style).filter(capitals) else { return Vec::new() };
    let small = line.parts.places().map(|(place, _)| place).filter(|place| !is_set_right(line.words(*place)));
    small.map(|place| describe(line, place)).collect()
}

fn is_set_right(place: &str) -> bool {
    in_capitals(place) == place || place.to_uppercase() == place
}

fn describe(line: Line<'_>, place: Span) -> Finding {
    let right = in_capitals(line.words(place));
    let message =
        format!("The place in a dateline stands in capitals, so that it can't be read as the story: “{right}”.");
    line.finding(place, message, vec![Repair::safe(format!("Write “{right}”"), line.at(place), right)])
}
