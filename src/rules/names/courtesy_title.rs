use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::people::Person;
use crate::story::{Paragraph, Place, Story};
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
        let (title, words) = (story.words(courtesy), story.words(name));
        let (place, text) = removal(story, courtesy, name);
        Finding::new(courtesy, format!("The house uses no courtesy titles: “{words}”, not “{title} {words}”."))
            .mended_by(vec![Repair::safe(format!("Leave out “{title}”"), place, text)])
    };
    detect(story).into_iter().map(finding).collect()
}

/// Courtesy titles of people whom the story calls by their full name, each with the name after it.
fn detect(story: &Story<'_>) -> Vec<(Place, Place)> {
    let mut found = Vec::new();
    // Where two share a surname, the title tells which one is meant.
    for person in story.people.iter().filter(|person| !person.namesake && is_introduced(story, person)) {
        let mut titled = Vec::new();
        for (index, number) in &person.namings {
            let mention = &story.paragraphs[*index].facts.mentions[*number];
            if let Some(courtesy) = mention.courtesy {
                titled.push((Place::new(*index, courtesy), Place::new(*index, mention.span)));
            }
        }
        // Of “Mr. Roe” and “Mrs. Roe” one is somebody the story has not introduced.
        let bare = |courtesy: Place| story.words(courtesy).trim_end_matches('.');
        if titled.windows(2).any(|pair| bare(pair[0].0) != bare(pair[1].0)) {
            continue;
        }
        found.extend(titled.into_iter().filter(|(courtesy, _)| {
            let plain = matches!(bare(*courtesy), "Mr" | "Mrs" | "Ms" | "Miss" | "Mx");
            plain && !is_shared(&story.paragraphs[courtesy.paragraph], courtesy.span)
        }));
    }
    found
}

/// Whether the story gives the person's full name as one: “Mr. Roe Goes Home” is a film.
fn is_introduced(story: &Story<'_>, person: &Person) -> bool {
    person.namings.iter().any(|(index, number)| {
        let paragraph = &story.paragraphs[*index];
        let mention = &paragraph.facts.mentions[*number];
        let prose = &paragraph.facts.prose;
        mention
            .given
            .is_some_and(|given| mention.courtesy.is_none() || prose.is(prose.token_at(given.start), Class::GIVEN))
    })
}

/// Whether a title before this one goes with the same name: “Mr. and Mrs. Roe”, “Mr. and the late Mrs. Roe”.
fn is_shared(paragraph: &Paragraph<'_>, courtesy: Span) -> bool {
    const REACH: usize = 5;
    let prose = &paragraph.facts.prose;
    let before = prose.tokens[..prose.token_at(courtesy.start)].iter().rev().take(REACH);
    let mut capitals = before.filter(|token| matches!(token.case, Case::Title | Case::Upper));
    capitals.next().is_some_and(|last| last.class.any(Class::COURTESY))
}

/// The title with the space after it, and what stands there instead: nothing, or the capital that a name takes at the
/// start of a sentence.
fn removal(story: &Story<'_>, courtesy: Place, name: Place) -> (Place, String) {
    let paragraph = &story.paragraphs[courtesy.paragraph];
    let prose = &paragraph.facts.prose;
    let sentence = prose.sentence_at(courtesy.span.start).map_or(0, |at| prose.sentences[at].tokens.start as usize);
    let before = prose.tokens.get(sentence..prose.token_at(courtesy.span.start)).unwrap_or_default();
    let opens = before.iter().all(|token| matches!(token.kind, Kind::Mark | Kind::Quote));
    let first = paragraph.words(name.span).chars().next().filter(|first| opens && first.is_lowercase());
    let end = name.span.start + first.map_or(0, char::len_utf8);
    let capital = first.map_or_else(String::new, |first| first.to_uppercase().collect());
    (Place::new(courtesy.paragraph, Span::new(courtesy.span.start, end)), capital)
}
