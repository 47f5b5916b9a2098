use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::people::{Mention, Person};
use crate::story::{Place, Story};
use crate::style::Style;
use crate::text::Span;

use super::is_running;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "names/second-reference-title",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["titles/inconsistent", "titles/the-rev"],
    page: include_str!("../../../rules/names/second-reference-title.md"),
    detect: Detect::Story(check),
};

/// A title repeated with the name, and where both stood before.
struct Again {
    title: Span,
    name: Place,
    surname: Span,
    first: Place,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |again: Again| {
        let paragraph = &story.paragraphs[again.name.paragraph];
        let place = Place::new(again.name.paragraph, again.title.cover(again.name.span));
        let surname = paragraph.phrase(again.surname);
        Finding {
            related: vec![(again.first, "brought in here".into())],
            repairs: vec![Repair::offer(format!("Write “{surname}”"), place, surname.clone())],
            ..Finding::new(
                place,
                format!("The story has just brought in “{surname}” with the title: the surname is enough now."),
            )
        }
    };
    story.people.iter().flat_map(|person| detect(story, person)).map(finding).collect()
}

/// How many paragraphs further on a title is still fresh.
const FRESH: usize = 2;

fn detect(story: &Story<'_>, person: &Person) -> Vec<Again> {
    let mut found = Vec::new();
    if person.namesake {
        return found;
    }
    let mut before: Option<(Place, &Mention)> = None;
    for (index, number) in &person.namings {
        let paragraph = &story.paragraphs[*index];
        let mention = &paragraph.facts.mentions[*number];
        if !is_running(paragraph) || paragraph.facts.prose.quoted(mention.span) {
            continue;
        }
        let place = Place::new(*index, mention.span);
        let titled = mention.title.filter(|_| !mention.after);
        if let (Some(title), Some((first, known))) = (titled, before) {
            let same = known.title.is_some_and(|title| !known.after && !title.is_empty())
                && story.paragraphs[first.paragraph].phrase(known.title.unwrap_or_default()) == paragraph.phrase(title);
            let given = |place: Place, mention: &Mention| {
                mention.given.map(|given| story.words(Place::new(place.paragraph, given)))
            };
            let same_name = mention.given.is_none() || given(place, mention) == given(first, known);
            if same && index - first.paragraph <= FRESH && known.given.is_some() && same_name {
                found.push(Again { title, name: place, surname: mention.surname, first });
            }
        }
        if titled.is_some() && before.is_none_or(|(first, _)| first.paragraph + FRESH < *index) {
            before = Some((place, mention));
        }
    }
    found
}
