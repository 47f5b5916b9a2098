use crate::diagnostic::Severity;
use crate::lexicon::{Class, class_of};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::anonymity::Told;
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/bare-source",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/bare-source.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(story.words(place)));
    detect(story).into_iter().map(finding).collect()
}

/// "a source said", "according to sources"; but not once one has been described. That of a "diplomat" something is told
/// describes no source.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let sources = story.unnamed.iter().filter(|unnamed| !class_of(unnamed.noun).any(Class::ROLE));
    let bare = sources.take_while(|unnamed| unnamed.told == Told::Nothing);
    bare.filter(|unnamed| !unnamed.known).map(|unnamed| unnamed.place).collect()
}

fn describe(words: &str) -> String {
    format!(
        "“{words}” tells readers nothing about who says so. Describe the source as exactly as you can: what they do, how they know."
    )
}
