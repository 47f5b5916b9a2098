use super::Line;
use crate::diagnostic::Severity;
use crate::rules::rule::{Detect, Finding, Quotes, Rule};
use crate::story::Story;
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dateline/ambiguous-city",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: crate::rules::rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/dateline/ambiguous-city.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let Some(line) = Line::of(story, style).filter(|line| line.form.ap_regions) else { return Vec::new() };
    let bare = line.parts.places().filter(|(_, region)| region.is_none()).map(|(place, _)| place);
    bare.filter_map(|place| Some(describe(line, place, detect(line, place)?))).collect()
}

/// The regions in which there is a city of that name, if there are several.
fn detect(line: Line<'_>, place: Span) -> Option<Vec<&'static str>> {
    line.regions_wanted(place).filter(|regions| regions.len() > 1)
}

fn describe(line: Line<'_>, place: Span, regions: Vec<&'static str>) -> Finding {
    /// More would be a list to search, and no choice.
    const OFFERED: usize = 4;
    let city = line.words(place);
    let message =
        format!("There is more than one “{city}”, and the dateline does not say which. Add the state or country.");
    let offers = regions.iter().filter(|_| regions.len() <= OFFERED).map(|region| line.with_region(place, region));
    line.finding(place, message, offers.collect())
}
