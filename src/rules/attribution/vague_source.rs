use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::anonymity::Told;
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/vague-source",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["attribution/bare-source", "attribution/unnamed-critics"],
    page: include_str!("../../../rules/attribution/vague-source.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(story.words(place)));
    detect(story).into_iter().map(finding).collect()
}

/// "sources close to the mayor", "harbor sources"; each noun once, since the description serves later mentions too.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let mut nouns: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for unnamed in story.unnamed.iter().filter(|unnamed| unnamed.told == Told::Little && !unnamed.known) {
        let noun = unnamed.singular();
        if !nouns.contains(&noun) {
            nouns.push(noun);
            found.push(unnamed.place);
        }
    }
    found
}

fn describe(words: &str) -> String {
    format!("“{words}” tells readers too little to weigh what is said. Say what the source does and how they know.")
}
