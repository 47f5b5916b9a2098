use super::offer;
use crate::diagnostic::Severity;
use crate::format::Role;
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::claim::Claim;
use crate::story::sourcing::Sourcing;
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/unattributed-claim",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    // What a block quote claims is somebody's already.
    reads: &[Role::Body, Role::Dateline, Role::ListItem],
    yields_to: &[
        "attribution/unattributed-quote",
        "attribution/unnamed-media",
        "attribution/unnamed-critics",
        "attribution/unnamed-study",
        "attribution/agentless-belief",
        "attribution/reportedly",
        "attribution/social-origin",
        "attribution/unverified-media",
        "attribution/bare-source",
        "quotes/unbalanced",
    ],
    page: include_str!("../../../rules/attribution/unattributed-claim.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story)
        .into_iter()
        .map(|(place, claim)| Finding::new(place, describe(claim)).mended_by(repair(story, place)))
        .collect()
}

/// The claims on nobody's word: the first of each paragraph, since mending it mostly mends the rest.
fn detect(story: &Story<'_>) -> Vec<(Place, Claim)> {
    let mut found = Vec::new();
    for (index, (paragraph, sourcing)) in story.paragraphs.iter().zip(&story.sourcing).enumerate() {
        // A note with an asterisk tells of the story, not in it.
        if !RULE.reads.contains(&paragraph.role) || paragraph.text.starts_with('*') {
            continue;
        }
        let sentences = paragraph.facts.prose.sentences.iter().zip(&paragraph.facts.claims).zip(sourcing);
        let claim =
            sentences.filter(|(_, sourced)| sourced.sourcing == Sourcing::None).find_map(|((sentence, claim), _)| {
                let question = paragraph.words(sentence.span).ends_with('?');
                Some((Place::new(index, sentence.span), (*claim)?)).filter(|_| !question)
            });
        found.extend(claim);
    }
    found
}

fn describe(claim: Claim) -> String {
    let (what, why) = match claim {
        Claim::Accusation => ("accuses somebody", "an accusation needs an accuser"),
        Claim::Prediction => ("says what will happen", "nobody knows: somebody predicts it"),
        Claim::Judgement => ("judges", "an opinion is somebody's"),
        Claim::Motive => ("says why somebody did it", "only they, or somebody who knows them, can say so"),
        Claim::Cause => ("says what brought it about", "readers will ask who found that out"),
        Claim::Superlative => ("calls it the most or the first", "readers will ask by whose count"),
    };
    format!("This {what} on nobody's word, and {why}. Say who says so, or write what is known.")
}

fn repair(story: &Story<'_>, place: Place) -> Vec<Repair> {
    let paragraph = &story.paragraphs[place.paragraph];
    offer::attribute(story, place.paragraph, |name| offer::at_end(paragraph, place.paragraph, place.span, name))
}
