use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::Class;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::people::{Evidence, Person};
use crate::story::{Place, Story};
use crate::style::Style;

use super::{is_attributive, is_known_by_one, is_running, is_surname};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "names/first-reference",
    level: Severity::Warning,
    preview: false,
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
    story.people.iter().filter_map(|person| detect(story, person)).map(finding).collect()
}

/// The bare surname by which running copy first calls somebody whom it later names in full, and that full name.
fn detect(story: &Story<'_>, person: &Person) -> Option<(Place, Place)> {
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
    let known = is_known_by_one(paragraph, first) || is_attributive(paragraph, first.span);
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
