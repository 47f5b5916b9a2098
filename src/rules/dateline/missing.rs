use crate::diagnostic::Severity;
use crate::rules::rule::{Detect, Finding, Quotes, Rule};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dateline/missing",
    level: Severity::Suggestion,
    preview: true,
    quotes: Quotes::On,
    reads: crate::rules::rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/dateline/missing.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    detect(story, style).map(|place| describe(place, style)).into_iter().collect()
}

/// The first word of the story, where the dateline should stand before it.
fn detect(story: &Story<'_>, style: &Style) -> Option<Place> {
    /// Bytes of copy in which somebody may be at writing the dateline still.
    const BEGUN: usize = 60;
    if story.datelined || !style.dateline.used {
        return None;
    }
    let mut copy = story.paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.is_copy());
    let (index, first) = copy.next()?;
    let begun = first.text.len() < BEGUN && copy.next().is_none();
    let token = first.facts.prose.tokens.first().filter(|_| !begun)?;
    Some(Place::new(index, token.span()))
}

fn describe(place: Place, style: &Style) -> Finding {
    let house = &style.dateline;
    let city = if house.capitals { "OSLO" } else { "Oslo" };
    let agency = if house.agency.is_empty() { String::new() } else { format!(" ({})", house.agency) };
    let example = format!("{city}{agency}{}", house.dash.trim_end());
    let message =
        format!("The story has no dateline, so readers can’t tell where it was filed. Open it as in “{example}”.");
    Finding::new(place, message)
}
