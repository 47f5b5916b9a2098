use std::cell::LazyCell;
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
    preview: false,
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

/// "He said" right after a sentence that names two people side by side, and in which neither of them speaks.
fn detect<'s>(story: &'s Story<'_>) -> Vec<Ambiguous<'s>> {
    let named = LazyCell::new(|| named(story));
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
            let inside = places.take_while(|(at, _)| at.paragraph == joined.paragraph && at.span.end <= span.end);
            inside.map(|(place, person)| (place.span, *person)).collect::<Vec<_>>()
        };
        // A name in the pronoun's own sentence is nearer, or is whom the words are about.
        if let [(first, one), (second, other)] = *people(earlier)
            && one != other
            && paragraph.words(Span::new(first.end, second.start)).trim() == "and"
            && people(attribution.sentence).is_empty()
        {
            let people = [&story.people[one], &story.people[other]];
            found.push(Ambiguous { place: Place::new(joined.paragraph, source), people });
        }
    }
    found
}

/// Where people are named in the reporter's own words, with the title before the name, and who they are.
fn named(story: &Story<'_>) -> BTreeMap<Place, usize> {
    let mut named = BTreeMap::new();
    for (index, person) in story.people.iter().enumerate() {
        for (place, title) in &person.mentions {
            let before = title.filter(|title| title.paragraph == place.paragraph && title.span.end <= place.span.start);
            let span = before.map_or(place.span, |title| title.span.cover(place.span));
            if !story.paragraphs[place.paragraph].facts.prose.quoted(place.span) {
                named.insert(Place::new(place.paragraph, span), index);
            }
        }
    }
    named
}

fn describe(pronoun: &str, one: &str, other: &str) -> String {
    format!("“{pronoun}” may be {one} or {other}. Write the name.")
}
