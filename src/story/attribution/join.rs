use std::collections::VecDeque;

use super::{Act, Attribution, SourceKind};
use crate::story::people::Person;
use crate::story::{Paragraph, Place};
use crate::text::Span;

/// An attribution in its story.
#[derive(Clone, Debug)]
pub struct Joined<'s> {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// What the paragraph says.
    pub attribution: &'s Attribution,
    /// Who speaks, as far as the story tells: a person's full name, a body's name.
    pub speaker: Option<String>,
    /// Index of the person in the story's people, where the speaker is one.
    pub person: Option<usize>,
}

/// How far back, in attributions, the bearer of "the ministry" or "he" is looked for.
const MEMORY: usize = 12;
/// How far back, in paragraphs, a pronoun reaches.
const REACH: usize = 3;

/// The attributions of the story, with their speakers.
pub fn join<'s>(paragraphs: &[Paragraph<'s>], people: &[Person]) -> Vec<Joined<'s>> {
    let mentions = mentions(paragraphs.len(), people);
    let mut joined: Vec<Joined<'s>> = Vec::new();
    // The speakers heard last, the latest first: paragraph, speaker, person.
    let mut heard: VecDeque<(usize, String, Option<usize>)> = VecDeque::new();
    for (index, paragraph) in paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.is_copy()) {
        for attribution in &paragraph.facts.attributions {
            let (speaker, person) = speaker(paragraph, index, attribution, &mentions, people, &heard);
            if let (Some(speaker), Act::Speech) = (&speaker, attribution.act) {
                heard.push_front((index, speaker.clone(), person));
                heard.truncate(MEMORY);
            }
            joined.push(Joined { paragraph: index, attribution, speaker, person });
        }
    }
    joined
}

/// For each paragraph, the people named in it.
fn mentions(paragraphs: usize, people: &[Person]) -> Vec<Vec<(Span, usize)>> {
    let mut mentions = vec![Vec::new(); paragraphs];
    for (index, person) in people.iter().enumerate() {
        for (Place { paragraph, span }, _) in &person.mentions {
            mentions[*paragraph].push((*span, index));
        }
    }
    for named in &mut mentions {
        named.sort();
    }
    mentions
}

fn speaker(
    paragraph: &Paragraph<'_>,
    index: usize,
    attribution: &Attribution,
    mentions: &[Vec<(Span, usize)>],
    people: &[Person],
    heard: &VecDeque<(usize, String, Option<usize>)>,
) -> (Option<String>, Option<usize>) {
    let Some(source) = attribution.source else { return (None, None) };
    let person = |index: usize| (Some(people[index].name.clone()), Some(index));
    let recent = || heard.iter().filter(|(paragraph, _, _)| index - paragraph <= REACH);
    let words = name(paragraph.words(source));
    match attribution.source_kind {
        SourceKind::Named | SourceKind::Role => {
            let named = mentions[index].iter().find(|(span, _)| source.contains(*span));
            if let Some((_, index)) = named {
                return person(*index);
            }
            let noun = words.rsplit(' ').next().unwrap_or_default();
            let bearer = |(_, _, bearer): &&(usize, String, Option<usize>)| {
                bearer.is_some_and(|bearer| people[bearer].titles.iter().any(|title| ends_with_word(title, noun)))
            };
            match recent().find(bearer).filter(|_| words.starts_with("the ") || words.starts_with("The ")) {
                Some((_, speaker, person)) => (Some(speaker.clone()), *person),
                None => (Some(words.to_owned()), None),
            }
        }
        SourceKind::Organization => {
            let noun = words.rsplit(' ').next().unwrap_or_default();
            let short = words.starts_with("the ") || words.starts_with("The ");
            let full = |(_, speaker, person): &&(usize, String, Option<usize>)| {
                person.is_none() && speaker.len() > words.len() && contains_word(speaker, noun)
            };
            let long = short.then(|| heard.iter().find(full)).flatten();
            (Some(long.map_or_else(|| words.to_owned(), |(_, speaker, _)| speaker.clone())), None)
        }
        SourceKind::Pronoun => {
            let plural = matches!(words, "they" | "They" | "we" | "We");
            if plural || !matches!(words, "he" | "He" | "she" | "She" | "who") {
                return (None, None);
            }
            if let Some((_, speaker, person)) = recent().find(|(_, _, person)| person.is_some()) {
                return (Some(speaker.clone()), *person);
            }
            let before = mentions[index].iter().rev().find(|(span, _)| span.end <= source.start);
            let earlier = || index.checked_sub(1).and_then(|index| mentions[index].last());
            before.or_else(earlier).map_or((None, None), |(_, index)| person(*index))
        }
        _ => (Some(words.to_owned()), None),
    }
}

/// The name of a source without its appositive.
fn name(source: &str) -> &str {
    source.split_once(',').map_or(source, |(name, _)| name).trim()
}

fn ends_with_word(phrase: &str, word: &str) -> bool {
    phrase.rsplit(' ').next().is_some_and(|last| last.eq_ignore_ascii_case(word))
}

fn contains_word(phrase: &str, word: &str) -> bool {
    phrase.split([' ', ',']).any(|other| other.eq_ignore_ascii_case(word))
}
