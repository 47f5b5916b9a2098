use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/anonymous-rote-reason",
    level: Severity::Suggestion,
    preview: true,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/anonymous-rote-reason.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |place: Place| Finding::new(place, describe(story.words(place)));
    detect(story).into_iter().map(finding).collect()
}

/// "not authorized to speak publicly" as the only reason for an unnamed source.
fn detect(story: &Story<'_>) -> Vec<Place> {
    let said = story.unnamed.iter().filter_map(|unnamed| unnamed.withheld);
    let formula = said.filter_map(|(paragraph, clause)| {
        let withheld = &story.paragraphs[paragraph].facts.withheld[clause];
        let formula = withheld.formula.filter(|_| !withheld.reason)?;
        Some(Place::new(paragraph, formula))
    });
    let mut found: Vec<Place> = formula.collect();
    found.sort();
    found.dedup();
    found
}

fn describe(words: &str) -> String {
    format!("“{words}” fits any story and explains nothing. Say what the source risks or what binds them, or cut it.")
}
