use std::collections::VecDeque;

use super::{Act, Attribution, SourceKind};
use crate::lexicon::{Class, class_of};
use crate::story::people::{Index, Person};
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
/// How far back, in paragraphs, a pronoun or a bare role reaches.
const REACH: usize = 3;

/// A speaker heard earlier in the story.
struct Heard {
    paragraph: usize,
    speaker: String,
    person: Option<usize>,
}

/// What is known of the story when an attribution is read: the people, and who spoke last.
struct Cast<'p> {
    people: &'p [Person],
    /// Where they are named.
    named: Index,
    /// The latest first.
    heard: VecDeque<Heard>,
}

/// The attributions of the story, with their speakers.
pub fn join<'s>(paragraphs: &[Paragraph<'s>], people: &[Person]) -> Vec<Joined<'s>> {
    let mut joined: Vec<Joined<'s>> = Vec::new();
    let mut cast = Cast { people, named: Index::of(people), heard: VecDeque::new() };
    for (index, paragraph) in paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.is_copy()) {
        for attribution in &paragraph.facts.attributions {
            let (speaker, person) = cast.speaker(paragraph, index, attribution);
            if let (Some(speaker), Act::Speech) = (&speaker, attribution.act) {
                cast.heard.push_front(Heard { paragraph: index, speaker: speaker.clone(), person });
                cast.heard.truncate(MEMORY);
            }
            joined.push(Joined { paragraph: index, attribution, speaker, person });
        }
    }
    joined
}

/// A speaker's name and, if a person, their index; what is unknown stays unknown.
type Speaker = (Option<String>, Option<usize>);

impl Cast<'_> {
    fn speaker(&self, paragraph: &Paragraph<'_>, index: usize, attribution: &Attribution) -> Speaker {
        let Some(source) = attribution.source else { return (None, None) };
        let name = name(&paragraph.phrase(source));
        match attribution.source_kind {
            SourceKind::Named | SourceKind::Role => match self.named.at(Place::new(index, source)) {
                Some(person) => self.person(person),
                None => self.bearer(index, name),
            },
            SourceKind::Organization => (Some(self.organization(name)), None),
            SourceKind::Pronoun => self.antecedent(paragraph, index, source, &name),
            _ => (Some(name), None),
        }
    }

    fn person(&self, index: usize) -> Speaker {
        (Some(self.people[index].name.clone()), Some(index))
    }

    /// Those heard shortly before a paragraph, the latest first.
    fn recent(&self, paragraph: usize) -> impl Iterator<Item = &Heard> {
        self.heard.iter().filter(move |heard| paragraph - heard.paragraph <= REACH)
    }

    /// "The analyst": the one heard shortly before whose title that is.
    fn bearer(&self, paragraph: usize, name: String) -> Speaker {
        let Some(role) = name.strip_prefix("the ") else { return (Some(name), None) };
        let bears = |person: usize| {
            self.people[person].titles.iter().any(|title| last_word(title).eq_ignore_ascii_case(last_word(role)))
        };
        match self.recent(paragraph).find(|heard| heard.person.is_some_and(bears)) {
            Some(heard) => (Some(heard.speaker.clone()), heard.person),
            None => (Some(name), None),
        }
    }

    /// "The ministry": the body heard before whose name has that word.
    fn organization(&self, name: String) -> String {
        let full = |heard: &&Heard| {
            heard.person.is_none() && heard.speaker.len() > name.len() && has_word(&heard.speaker, last_word(&name))
        };
        let known = name.starts_with("the ").then(|| self.heard.iter().find(full)).flatten();
        known.map_or_else(|| name.clone(), |heard| heard.speaker.clone())
    }

    /// "He": the person heard in this paragraph, or else named in it, heard shortly before it or named shortly before it.
    fn antecedent(&self, paragraph: &Paragraph<'_>, index: usize, source: Span, pronoun: &str) -> Speaker {
        if !["he", "she", "who"].iter().any(|singular| pronoun.eq_ignore_ascii_case(singular)) {
            return (None, None);
        }
        // Nobody is "he" over more than a paragraph.
        let last = self.named.before(index, source.start).filter(|(place, _)| place.paragraph + 1 >= index);
        let here = last.is_some_and(|(place, _)| place.paragraph == index && !paragraph.facts.prose.quoted(place.span));
        let heard = self.recent(index).find(|heard| heard.person.is_some());
        match heard.filter(|heard| heard.paragraph == index || !here) {
            Some(heard) => (Some(heard.speaker.clone()), heard.person),
            None => last.map_or((None, None), |(_, person)| self.person(person)),
        }
    }
}

/// The name of a source without its appositive, as it stands within a sentence: "the Pentagon", "police".
fn name(source: &str) -> String {
    let name = source.split_once(", ").map_or(source, |(name, _)| name).trim();
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    let class = class_of(first);
    let article = class.any(Class::DETERMINER.with(Class::POSSESSIVE).with(Class::NUMBER));
    let nouns = Class::ROLE.with(Class::BODY).with(Class::DOCUMENT).with(Class::VAGUE).with(Class::UNNAMED);
    let noun = class.any(nouns.with(Class::OPENER)) && !rest.starts_with(char::is_uppercase);
    let capital = first.chars().skip(1).all(char::is_lowercase);
    if capital && (article || noun) { name.replacen(first, &first.to_lowercase(), 1) } else { name.to_owned() }
}

fn last_word(phrase: &str) -> &str {
    phrase.rsplit(' ').next().unwrap_or(phrase)
}

fn has_word(phrase: &str, word: &str) -> bool {
    phrase.split(' ').any(|other| other.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use crate::format::Role;
    use crate::story::{Facts, Paragraph, Story};

    /// The speakers of the story's attributions, in order.
    fn speakers(texts: &[&str]) -> Vec<String> {
        let facts: Vec<Facts> = texts.iter().map(|text| Facts::read(text)).collect();
        let paragraphs = texts.iter().zip(&facts).map(|(text, facts)| Paragraph { text, role: Role::Body, facts });
        let story = Story::join(paragraphs.collect(), None);
        story.attributions.into_iter().map(|joined| joined.speaker.unwrap_or_default()).collect()
    }

    #[test]
    fn a_pronoun_is_for_the_person_of_its_paragraph() {
        let heard = "“It is late,” Sen. Bo Moss said.";
        for (text, speaker) in [
            ("Gov. Ann Roe asked people to stay at home. “Stay there,” she said.", "Ann Roe"),
            ("Roads were closed. “Stay there,” he said.", "Bo Moss"),
            ("“Gov. Ann Roe is right,” he said.", "Bo Moss"),
            ("“No,” Moss said. He thanked Gov. Ann Roe. “Stay there,” he said.", "Bo Moss"),
        ] {
            assert_eq!(speakers(&[heard, text]).last().map(String::as_str), Some(speaker), "{text}");
        }
    }

    #[test]
    fn a_source_is_named_as_within_a_sentence() {
        for (source, name) in [
            ("The Pentagon", "the Pentagon"),
            ("One diplomat, who was there", "one diplomat"),
            ("Her office", "her office"),
            ("Theodore Vance", "Theodore Vance"),
        ] {
            assert_eq!(super::name(source), name);
        }
    }
}
