use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/anonymous-no-byline",
    level: Severity::Suggestion,
    preview: true,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/anonymous-no-byline.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(story.words(place)));
    detect(story).into_iter().map(finding).collect()
}

/// The first unnamed source of a story that does not say who wrote it.
fn detect(story: &Story<'_>) -> Option<Place> {
    story.unnamed.first().map(|unnamed| unnamed.place).filter(|_| !story.bylined)
}

fn describe(words: &str) -> String {
    format!("“{words}” is not named, and neither is the reporter who vouches for them. Add the byline.")
}
