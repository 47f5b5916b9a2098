use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::{self, Class};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::people::{Evidence, Person};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

use super::{behind_capitals, is_attributive, is_known_by_one, is_running, is_surname};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "names/first-reference",
    level: Severity::Warning,
    preview: true,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/names/first-reference.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let finding = |(first, full): (Place, Place)| {
        let (short, name) = (story.words(first), story.words(full));
        Finding {
            related: vec![(full, "first named in full here".into())],
            ..Finding::new(
                first,
                format!(
                    "“{short}” comes before “{name}”. Give the full name, and who it is, where readers first meet it."
                ),
            )
        }
    };
    detect(story).into_iter().map(finding).collect()
}

/// Everybody whom running copy names by the surname first and in full later.
fn detect(story: &Story<'_>) -> Vec<(Place, Place)> {
    let surname = |(first, _): &(Place, Place)| lexicon::fold(story.words(*first));
    let mut found: Vec<(Place, Place)> =
        story.people.iter().filter_map(|person| late_full_name(story, person)).collect();
    // A full name above that nobody knew for one makes the bare surname that person's.
    let above = behind_capitals(story, found.iter().map(surname), names_people);
    found.retain(|late| above.get(&surname(late)).is_none_or(|place| *place >= late.0));
    found
}

/// The bare surname by which running copy first calls somebody whom it later names in full, and that full name.
fn late_full_name(story: &Story<'_>, person: &Person) -> Option<(Place, Place)> {
    if person.namesake {
        return None;
    }
    let named = person.namings.iter().map(|(index, number)| {
        let paragraph = &story.paragraphs[*index];
        (*index, paragraph, &paragraph.facts.mentions[*number])
    });
    let mut named = named.filter(|(_, paragraph, _)| paragraph.role != Role::Headline);
    let (index, paragraph, first) =
        named.find(|(_, paragraph, mention)| !paragraph.facts.prose.quoted(mention.span))?;
    let known = is_known_by_one(paragraph, first) || is_attributive(paragraph, first.span) || !is_sentence(paragraph);
    if known || !is_running(paragraph) || !is_surname(paragraph, first, person) {
        return None;
    }
    let (at, full_paragraph, full) = named.find(|(.., mention)| mention.given.is_some())?;
    // What only looks like a name may be a place, a company or a team.
    let given = full_paragraph.facts.prose.token_at(full.span.start);
    let surname = full_paragraph.facts.prose.token_at(full.surname.start);
    if full_paragraph.facts.prose.is(surname, Class::ROLE) {
        return None;
    }
    if full.evidence != Evidence::Sure || !full_paragraph.facts.prose.is(given, Class::GIVEN) {
        return None;
    }
    Some((Place::new(index, first.span), Place::new(at, full.span)))
}

/// Whether the paragraph is a sentence: a row of a list or a crosshead brings nobody in.
fn is_sentence(paragraph: &Paragraph<'_>) -> bool {
    paragraph.text.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '’', ')'])
}

/// Where the story names people as it goes: in running copy, or in a line above it that is a sentence, not a headline.
fn names_people(paragraph: &Paragraph<'_>, name: Span) -> bool {
    let running = is_running(paragraph) || paragraph.text.trim_end().ends_with('.');
    running && !paragraph.facts.prose.quoted(name)
}
