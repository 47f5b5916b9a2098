use super::Line;
use crate::diagnostic::Severity;
use crate::lexicon::places::{self, City};
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
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
    let Some(line) = Line::own(story, style).filter(|_| style.dateline.ap_regions) else { return Vec::new() };
    let bare = line.parts.places().filter(|(_, region)| region.is_none()).map(|(place, _)| place);
    bare.filter_map(|place| Some(describe(line, place, detect(line, place)?))).collect()
}

/// The regions that the place could need; none where it needs one and only the reporter knows which.
fn detect(line: Line<'_>, place: Span) -> Option<Vec<&'static str>> {
    let words = line.words(place);
    match places::city(words) {
        Some(City::Alone(_)) => None,
        Some(City::Needs(region)) => Some(vec![region]),
        Some(City::Several(regions)) => Some(regions.iter().map(String::as_str).collect()),
        // A slip for a city that everybody knows is another rule's business.
        None => (line.parts.is_certain() && is_town(words) && places::city_like(words).is_none()).then(Vec::new),
    }
}

/// Whether the place looks like a town, which is no country, ship or stretch of road.
fn is_town(place: &str) -> bool {
    let first = place.split(' ').next().unwrap_or("").to_uppercase();
    !["ABOARD", "ABOVE", "ALONG", "AT", "IN", "NEAR", "OFF", "ON", "OVER"].contains(&first.as_str())
        && places::region(place).is_none()
}

fn describe(line: Line<'_>, place: Span, regions: Vec<&'static str>) -> Finding {
    let city = line.words(place);
    let what = match regions.as_slice() {
        [] => "Add the state or country".to_owned(),
        [region] => format!("Add “{region}”"),
        _ => "There are several: say which".to_owned(),
    };
    let message = format!("“{city}” is not on AP’s list of cities that stand alone in a dateline. {what}.");
    let end = line.at(Span::new(place.end, place.end));
    let offer = |region| Repair::offer(format!("Write “{city}, {region}”"), end, format!(", {region}"));
    line.finding(place, message, regions.into_iter().map(offer).collect())
}
