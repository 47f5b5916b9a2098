use super::Line;
use crate::diagnostic::Severity;
use crate::rules::rule::{Detect, Finding, Quotes, Rule};
use crate::story::Story;
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dateline/region-missing",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: crate::rules::rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/dateline/region-missing.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let Some(line) = Line::of(story, style).filter(|line| line.form.ap_regions) else { return Vec::new() };
    let bare = line.parts.places().filter(|(_, region)| region.is_none()).map(|(place, _)| place);
    bare.filter_map(|place| Some(describe(line, place, detect(line, place)?))).collect()
}

/// The region that the place needs, if there is but one that it can need.
fn detect(line: Line<'_>, place: Span) -> Option<Option<&'static str>> {
    match line.regions_wanted(place)?.as_slice() {
        [] => Some(None),
        [region] => Some(Some(region)),
        // Which of several is a question for another rule.
        _ => None,
    }
}

fn describe(line: Line<'_>, place: Span, region: Option<&'static str>) -> Finding {
    let city = line.words(place);
    let what = region.map_or("Add the state or country".to_owned(), |region| format!("Add “{region}”"));
    let message = format!("“{city}” is not on AP’s list of cities that stand alone in a dateline. {what}.");
    line.finding(place, message, region.map(|region| line.with_region(place, region)).into_iter().collect())
}
