//! What the attribution rules offer: the story's own sources.

use crate::lexicon::{Class, class_of};
use crate::prose::Kind;
use crate::rules::rule::Repair;
use crate::story::attribution::{Act, SourceKind};
use crate::story::{Paragraph, Place, Story};
use crate::text::Span;

/// How many sources a menu offers.
const CHOICES: usize = 3;
/// How far before and after a passage they are looked for, in attributions.
const REACH: usize = 24;
/// Longest name of a source in an offer, in words.
const LONGEST: usize = 9;

/// A repair for each source of the story, the nearest first: `Attribute to Quill: “, Quill said”`. `edits` makes the
/// edits that attribute a passage to a source with a given name.
pub(super) fn attribute(
    story: &Story<'_>,
    paragraph: usize,
    edits: impl Fn(&str) -> Option<Vec<(Place, String)>>,
) -> Vec<Repair> {
    let offers = nearest(story, paragraph).into_iter().filter_map(|name| {
        let title = format!("Attribute to {name}: “, {name} said”");
        Some(Repair { title, applicability: crate::fix::Applicability::Choice, edits: edits(&name)? })
    });
    offers.collect()
}

/// The sources heard nearest to a paragraph, as a second reference names them.
fn nearest(story: &Story<'_>, paragraph: usize) -> Vec<String> {
    let at = story.attributions.partition_point(|joined| joined.paragraph < paragraph);
    let mut earlier = story.attributions[..at].iter().rev().take(REACH).peekable();
    let mut later = story.attributions[at..].iter().take(REACH).peekable();
    let mut names: Vec<String> = Vec::new();
    while names.len() < CHOICES {
        let back = earlier.peek().map(|joined| paragraph - joined.paragraph);
        let forth = later.peek().map(|joined| joined.paragraph - paragraph);
        let next = match (back, forth) {
            (Some(back), Some(forth)) if forth < back => later.next(),
            (Some(_), _) => earlier.next(),
            (None, _) => later.next(),
        };
        let Some(joined) = next else { break };
        let known = matches!(
            joined.attribution.source_kind,
            SourceKind::Named
                | SourceKind::Role
                | SourceKind::Organization
                | SourceKind::Document
                | SourceKind::Pronoun
        );
        let (Some(speaker), Act::Speech, true) = (&joined.speaker, joined.attribution.act, known) else { continue };
        let name = match joined.person {
            Some(person) => story.people[person].surname.clone(),
            None if joined.attribution.source_kind == SourceKind::Named && !is_thing(speaker) => {
                speaker.rsplit(' ').next().unwrap_or_default().to_owned()
            }
            None => speaker.to_string(),
        };
        if reads_as_source(&name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Whether a name is a place's or a body's, which is used whole: "Harlow Foods", "Chapel Hill". "Harbor master Ada Quill"
/// only opens with one.
fn is_thing(name: &str) -> bool {
    name.split(' ').skip(1).any(|word| class_of(word).any(Class::THING))
}

/// Whether "…, NAME said" reads as English in another paragraph: a name, "police", "the Pentagon"; not "one juror", who
/// may be another one there, nor "his office", which leans on its own paragraph, nor a clause that was taken for a source.
fn reads_as_source(name: &str) -> bool {
    let classes: Vec<Class> = name.split(' ').map(class_of).collect();
    let first = classes.first().copied().unwrap_or_default();
    let leans =
        Class::POSSESSIVE.with(Class::PRONOUN).with(Class::PREPOSITION).with(Class::CONJUNCTION).with(Class::ADVERB);
    let bare = classes.len() == 1 && first.any(Class::DETERMINER.with(Class::NUMBER));
    let verb = classes.iter().any(|class| class.any(Class::PRONOUN.with(Class::AUXILIARY).with(Class::MODAL)));
    let relative = name.split(' ').any(|word| ["that", "which", "what", "when", "how", "why"].contains(&word));
    let leaning = first.any(leans) && !first.any(Class::DETERMINER) && name.starts_with(char::is_lowercase);
    // Of "one juror" and "a neighbor", each mention is somebody else.
    let opens = name.split(' ').next().unwrap_or_default();
    let anyone = !opens.starts_with(char::is_uppercase)
        && (first.any(Class::NUMBER) || ["a", "an", "another", "some"].contains(&opens));
    let unclear = bare || verb || relative || leaning || anyone || name.ends_with("’m");
    !name.is_empty() && classes.len() <= LONGEST && !unclear
}

/// The edits that put ", Quill said" at the end of a sentence, its stop kept; `None` where the sentence does not end
/// with a full stop.
pub(super) fn at_end(
    paragraph: &Paragraph<'_>,
    index: usize,
    sentence: Span,
    name: &str,
) -> Option<Vec<(Place, String)>> {
    let prose = &paragraph.facts.prose;
    // The stop of "in the U.S." is no stop to replace.
    let stop = prose.tokens.get(prose.token_at(sentence.end).checked_sub(1)?)?;
    let plain = stop.kind == Kind::Mark && stop.of(paragraph.text) == ".";
    plain.then(|| vec![(Place::new(index, stop.span()), format!(", {name} said."))])
}

/// The edits that put ", Quill said" after a quotation that stands alone: its full stop becomes a comma.
pub(super) fn after_quotation(
    paragraph: &Paragraph<'_>,
    index: usize,
    close: Span,
    name: &str,
) -> Option<Vec<(Place, String)>> {
    let prose = &paragraph.facts.prose;
    let mark = prose.token_at(close.start);
    let last = prose.tokens.get(mark.checked_sub(1)?)?;
    let after = Place::new(index, Span::new(close.end, close.end));
    match (last.kind, last.of(paragraph.text)) {
        (Kind::Mark, ".") => {
            Some(vec![(Place::new(index, last.span()), ",".to_owned()), (after, format!(" {name} said."))])
        }
        (Kind::Mark, "!" | "?" | "," | "…" | "..." | "—") => Some(vec![(after, format!(" {name} said."))]),
        _ => None,
    }
}
