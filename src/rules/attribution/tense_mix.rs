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
    // Most stories have no "says", and need not be read verb by verb.
    let says: Vec<(Place, &str)> = sayings(story, "says")
        .filter(|(paragraph, told, _)| !is_habit(&story.paragraphs[*paragraph], told))
        .map(|(paragraph, told, speaker)| (Place::new(paragraph, told.span), speaker))
        .collect();
    if says.is_empty() {
        return Vec::new();
    }
    let said: Vec<(usize, &str)> = sayings(story, "said")
        .filter(|(paragraph, told, _)| !has_auxiliary(&story.paragraphs[*paragraph].facts.prose, told))
        .map(|(paragraph, _, speaker)| (paragraph, speaker))
        .collect();
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

/// The attributions that somebody makes with that form of "say", each with its paragraph and who speaks. A report, a firm
/// or a ministry says what it stands by.
fn sayings<'a>(story: &'a Story<'_>, form: &'static str) -> impl Iterator<Item = (usize, Told<'a>, &'a str)> {
    const PEOPLE: [SourceKind; 3] = [SourceKind::Named, SourceKind::Role, SourceKind::Pronoun];
    story.attributions.iter().filter_map(move |joined| {
        let (attribution, paragraph) = (joined.attribution, &story.paragraphs[joined.paragraph]);
        let people = attribution.act == Act::Speech && PEOPLE.contains(&attribution.source_kind);
        // It may open the sentence.
        if !people || !attribution.cue.iter().any(|cue| paragraph.words(*cue).contains(&form[1..])) {
            return None;
        }
        let told = verbs::told(paragraph, attribution)?;
        let told = Some(told).filter(|told| paragraph.words(told.span).eq_ignore_ascii_case(form))?;
        Some((joined.paragraph, told, joined.speaker.as_deref()?))
    })
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
