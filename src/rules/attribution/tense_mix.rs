use rustc_hash::FxHashSet;

use super::verbs::{self, Told};
use crate::diagnostic::Severity;
use crate::lexicon::{Class, Form, form_of};
use crate::prose::Prose;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::attribution::{Act, SourceKind};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/tense-mix",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/tense-mix.md"),
    detect: Detect::Story(check),
};

/// How many times as many there must be of one tense for the story to be told in it.
const MOSTLY: usize = 3;
/// How near, in paragraphs, readers notice that one speaker is given two tenses.
const NEAR: usize = 2;

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).into_iter().map(|place| finding(story.words(place), place)).collect()
}

/// "says" of somebody who "said" something close by, in a story that is mostly told with "said".
fn detect(story: &Story<'_>) -> Vec<Place> {
    let mut said: Vec<(usize, &str)> = Vec::new();
    let mut says: Vec<(Place, &str)> = Vec::new();
    for joined in story.attributions.iter().filter(|joined| joined.attribution.act == Act::Speech) {
        let paragraph = &story.paragraphs[joined.paragraph];
        // A report, a firm or a ministry says what it stands by.
        let spoken =
            matches!(joined.attribution.source_kind, SourceKind::Named | SourceKind::Role | SourceKind::Pronoun);
        let told = verbs::told(paragraph, joined.attribution).filter(|told| spoken && told.verb.base == "say");
        let (Some(told), Some(speaker)) = (told, joined.speaker.as_deref()) else { continue };
        match told.verb.form {
            Form::Past if !has_auxiliary(&paragraph.facts.prose, &told) => said.push((joined.paragraph, speaker)),
            Form::Third if !is_habit(paragraph, &told) => says.push((Place::new(joined.paragraph, told.span), speaker)),
            _ => {}
        }
    }
    if says.len() * MOSTLY > said.len() {
        return Vec::new();
    }
    let said: FxHashSet<(usize, &str)> = said.into_iter().collect();
    let near = |(place, speaker): &(Place, &str)| {
        let paragraphs = place.paragraph.saturating_sub(NEAR)..=place.paragraph + NEAR;
        paragraphs.into_iter().any(|at| said.contains(&(at, *speaker)))
    };
    says.into_iter().filter(near).map(|(place, _)| place).collect()
}

/// "often says"
fn is_habit(paragraph: &Paragraph<'_>, told: &Told<'_>) -> bool {
    let before = told.at.checked_sub(1).map_or("", |at| paragraph.facts.prose.tokens[at].of(paragraph.text));
    ["often", "always", "usually", "never", "repeatedly", "regularly", "still"].contains(&before)
}

/// "has said", "had said"
fn has_auxiliary(prose: &Prose, told: &Told<'_>) -> bool {
    let mut before = (0..told.at).rev().skip_while(|at| prose.is(*at, Class::ADVERB));
    before.next().is_some_and(|at| prose.is(at, Class::AUXILIARY.with(Class::MODAL)))
}

fn finding(says: &str, place: Place) -> Finding {
    let repair = form_of("say", Form::Past).map(|said| Repair::offer(format!("Write “{said}”"), place, said));
    let message = format!("The story is told with “said”, and “{says}” here jumps to the present. Keep to one.");
    Finding::new(place, message).mended_by(repair.into_iter().collect())
}
