use super::offer;
use crate::diagnostic::Severity;
use crate::format::Role;
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::claim::{ClaimKind, Joined};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/unattributed-claim",
    // Right for three in ten alerts on published copy, where few claims are left: worth a look, not an alarm.
    level: Severity::Suggestion,
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
        "legal/crime-as-fact",
    ],
    page: include_str!("../../../rules/attribution/unattributed-claim.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story)
        .map(|claim| {
            let place = place(story, claim);
            Finding::new(place, describe(story, claim)).mended_by(repair(story, place))
        })
        .collect()
}

/// The claims on nobody's word: the first of each paragraph, since mending it mostly mends the rest.
fn detect<'a>(story: &'a Story<'_>) -> impl Iterator<Item = &'a Joined<'a>> {
    // A note with an asterisk tells of the story, not in it.
    let read = story.claims.iter().filter(|claim| {
        let paragraph = &story.paragraphs[claim.paragraph];
        RULE.reads.contains(&paragraph.role) && !paragraph.text.starts_with('*')
    });
    let mut last = None;
    read.filter(move |claim| last.replace(claim.paragraph) != Some(claim.paragraph))
}

fn place(story: &Story<'_>, Joined { paragraph, claim }: &Joined<'_>) -> Place {
    Place::new(*paragraph, story.paragraphs[*paragraph].facts.prose.sentences[claim.sentence].span)
}

fn describe(story: &Story<'_>, Joined { paragraph, claim }: &Joined<'_>) -> String {
    let (what, why) = match claim.kind {
        ClaimKind::Accusation => ("accuses somebody", "an accusation needs an accuser"),
        ClaimKind::Blame => ("lays the blame", "readers will ask who says whose fault it is"),
        ClaimKind::Motive => ("says why somebody did it", "only they, or somebody who knows them, can say so"),
        ClaimKind::Superlative => ("puts it above or before the rest", "readers will ask by whose count"),
        ClaimKind::Prediction => ("says what will or may happen", "nobody knows: somebody predicts it"),
        ClaimKind::Judgement => ("judges", "an opinion is somebody’s"),
        ClaimKind::Cause => ("says what brought it about", "readers will ask who found that out"),
        ClaimKind::Private => ("tells what somebody thinks or does unseen", "readers will ask how the paper knows"),
        ClaimKind::Denial => ("says that something is not so", "readers will ask who denies it"),
        ClaimKind::Figure => ("gives a figure", "readers will ask who counted"),
        ClaimKind::Statement => ("reads like what somebody said", "nobody is named who said it"),
    };
    let subject = claim
        .words
        .map_or_else(|| "This".to_owned(), |words| format!("“{}”", story.paragraphs[*paragraph].phrase(words)));
    let whose = if claim.kind == ClaimKind::Statement { "" } else { " on nobody’s word" };
    format!("{subject} {what}{whose}, and {why}. Say who says so, or write what is known.")
}

fn repair(story: &Story<'_>, place: Place) -> Vec<Repair> {
    let paragraph = &story.paragraphs[place.paragraph];
    offer::attribute(story, place.paragraph, |name| offer::at_end(paragraph, place.paragraph, place.span, name))
}
