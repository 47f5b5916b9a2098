use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/anonymous-no-reason",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["attribution/bare-source", "attribution/vague-source"],
    page: include_str!("../../../rules/attribution/anonymous-no-reason.md"),
    detect: Detect::Story(check),
};

/// How many paragraphs after a source's first words the reason may stand: agencies finish the news first.
const REACH: usize = 5;

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(story.words(place)));
    detect(story).into_iter().map(finding).collect()
}

/// The first unnamed source, if no reason follows: the reason given for one mostly holds for the rest.
fn detect(story: &Story<'_>) -> Option<Place> {
    let first = story.unnamed.first()?.place;
    let near = story.paragraphs.iter().take(first.paragraph + REACH + 1);
    let mut said = near.flat_map(|paragraph| &paragraph.facts.withheld);
    (!said.any(|withheld| withheld.reason || withheld.formula.is_some())).then_some(first)
}

fn describe(words: &str) -> String {
    format!(
        "Nothing tells readers why “{words}” is not named. Give the reason near the first mention, or get the name."
    )
}
