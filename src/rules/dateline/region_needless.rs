use super::Line;
use crate::diagnostic::Severity;
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::Story;
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dateline/region-needless",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: crate::rules::rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/dateline/region-needless.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let Some(line) = Line::of(story, style).filter(|line| line.form.ap_regions) else { return Vec::new() };
    let named = line.parts.places().filter_map(|(place, region)| Some((place, region?)));
    let needless = named.filter(|(place, region)| line.is_needless(*place, *region));
    needless.map(|(place, region)| describe(line, place, region)).collect()
}

fn describe(line: Line<'_>, place: Span, region: Span) -> Finding {
    let (city, needless) = (line.words(place), line.words(region));
    let message =
        format!("“{city}” stands alone in an AP dateline: every reader knows where it is. Drop “{needless}”.");
    let cut = line.at(Span::new(place.end, region.end));
    line.finding(region, message, vec![Repair::safe(format!("Drop “{needless}”"), cut, "")])
}
