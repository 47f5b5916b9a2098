use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::attribution::Act;
use crate::story::people::Person;
use crate::story::{Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "attribution/ambiguous-speaker",
    level: Severity::Suggestion,
    preview: true,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/attribution/ambiguous-speaker.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |ambiguous: Ambiguous<'_>| {
        let [one, other] = ambiguous.people;
        Finding::new(ambiguous.place, describe(story.words(ambiguous.place), &one.surname, &other.surname))
    };
    detect(story).into_iter().map(finding).collect()
}

/// A pronoun, and the two who may be meant.
struct Ambiguous<'s> {
    place: Place,
    people: [&'s Person; 2],
}

/// "He said" right after a sentence that names two people and in which neither of them speaks.
fn detect<'s>(story: &'s Story<'_>) -> Vec<Ambiguous<'s>> {
    let named = named(story);
    let mut found = Vec::new();
    // The paragraph and sentence of the last attribution.
    let mut last = None;
    for joined in story.attributions.iter().filter(|joined| joined.attribution.act == Act::Speech) {
        let attribution = joined.attribution;
        let spoke = last.replace((joined.paragraph, attribution.sentence));
        let (Some(source), Some(earlier)) = (attribution.source, attribution.sentence.checked_sub(1)) else { continue };
        let paragraph = &story.paragraphs[joined.paragraph];
        let he = ["he", "she"].iter().any(|he| paragraph.words(source).eq_ignore_ascii_case(he));
        if !he || spoke.is_some_and(|(at, sentence)| at == joined.paragraph && sentence >= earlier) {
            continue;
        }
        let people = |sentence: usize| {
            let span = paragraph.facts.prose.sentences[sentence].span;
            let places = named.range(Place::new(joined.paragraph, Span::new(span.start, 0))..);
            let inside =
                places.take_while(|(place, _)| place.paragraph == joined.paragraph && place.span.end <= span.end);
            let mut people: Vec<usize> = inside.map(|(_, person)| *person).collect();
            people.sort_unstable();
            people.dedup();
            people
        };
        // A name in the pronoun's own sentence is nearer, or is whom the words are about.
        if let [one, other] = *people(earlier)
            && people(attribution.sentence).is_empty()
        {
            let people = [&story.people[one], &story.people[other]];
            found.push(Ambiguous { place: Place::new(joined.paragraph, source), people });
        }
    }
    found
}

/// The places where people are named in the reporter's own words, with who they are.
fn named(story: &Story<'_>) -> BTreeMap<Place, usize> {
    let places = story
        .people
        .iter()
        .enumerate()
        .flat_map(|(index, person)| person.mentions.iter().map(move |(place, _)| (*place, index)));
    places.filter(|(place, _)| !story.paragraphs[place.paragraph].facts.prose.quoted(place.span)).collect()
}

fn describe(pronoun: &str, one: &str, other: &str) -> String {
    format!("“{pronoun}” may be {one} or {other}. Write the name.")
}
