use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "names/courtesy-title",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/names/courtesy-title.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    if style.titles.courtesy {
        return Vec::new();
    }
    let finding = |(courtesy, name): (Place, Place)| {
        let (title, name) = (story.words(courtesy), story.words(name));
        Finding::new(courtesy, format!("The house uses no courtesy titles: “{name}”, not “{title} {name}”."))
            .mended_by(vec![Repair::safe(format!("Leave out “{title}”"), removal(story, courtesy), "")])
    };
    detect(story).into_iter().map(finding).collect()
}

/// Courtesy titles of people whom the story calls by their full name, each with the name after it.
fn detect(story: &Story<'_>) -> Vec<(Place, Place)> {
    let mut found = Vec::new();
    // Where two share a surname, the title tells which one is meant.
    for person in story.people.iter().filter(|person| !person.namesake && person.name != person.surname) {
        for (index, number) in &person.namings {
            let paragraph = &story.paragraphs[*index];
            let mention = &paragraph.facts.mentions[*number];
            let Some(courtesy) = mention.courtesy else { continue };
            let plain = matches!(
                paragraph.words(courtesy),
                "Mr." | "Mr" | "Mrs." | "Mrs" | "Ms." | "Ms" | "Miss" | "Mx." | "Mx"
            );
            // "Mr. and Mrs. Roe" are told apart by it.
            let couple = paragraph.text[..courtesy.start].ends_with("and ");
            if plain && !couple {
                found.push((Place::new(*index, courtesy), Place::new(*index, mention.span)));
            }
        }
    }
    found
}

/// The title with the space after it.
fn removal(story: &Story<'_>, courtesy: Place) -> Place {
    let text = story.paragraphs[courtesy.paragraph].text;
    let rest = &text[courtesy.span.end..];
    let space = rest.len() - rest.trim_start().len();
    Place::new(courtesy.paragraph, Span::new(courtesy.span.start, courtesy.span.end + space))
}
