//! The turns of interviews: "QUILL: We won." A label speaks if the story knows whom it names, or asks and answers.

use rustc_hash::FxHashMap;

use super::{Cast, Party};
use crate::lexicon::{Class, class_of, fold};
use crate::story::attribution::Attribution;
use crate::story::people::{Index, Person};
use crate::story::{Paragraph, Place};

/// How often a label must stand that names nobody known.
const TURNS: u32 = 2;

/// The labels of an interview.
#[derive(Default)]
pub(super) struct Interview<'s> {
    /// How often each label stands that names nobody known: "TIMES".
    others: FxHashMap<&'s str, u32>,
    /// Whom a label names that is a surname in capitals: "QUILL".
    surnames: FxHashMap<&'s str, usize>,
    /// The paragraph of the first turn of somebody known, or of the first question: one of "Q", or one that another
    /// label answers.
    begins: Option<usize>,
}

fn asks_or_answers(label: &str) -> bool {
    matches!(label, "Q" | "A")
}

impl<'s> Interview<'s> {
    /// Reads the labels of a story.
    pub(super) fn read(paragraphs: &[Paragraph<'s>], people: &[Person], named: &Index) -> Self {
        let mut interview = Self::default();
        if paragraphs.iter().all(|paragraph| paragraph.facts.turn.is_none()) {
            return interview;
        }
        let by_surname: FxHashMap<String, usize> =
            people.iter().enumerate().rev().map(|(index, person)| (fold(&person.surname), index)).collect();
        // The last question, with its label; the first that another label answered.
        let (mut asked, mut answered) = (None, None);
        for (index, paragraph) in paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.is_copy()) {
            let Some(label) = paragraph.facts.turn.as_ref().and_then(|turn| turn.source) else { continue };
            let words = paragraph.words(label);
            let surname = words.rsplit(' ').next().and_then(|surname| by_surname.get(&fold(surname)));
            if asks_or_answers(words) || named.at(Place::new(index, label)).is_some() {
                interview.begins.get_or_insert(index);
            } else if let Some(person) = surname {
                interview.surnames.insert(words, *person);
                interview.begins.get_or_insert(index);
            } else if !words.split(' ').all(|word| class_of(word).any(Class::COMMON.with(Class::OPENER))) {
                *interview.others.entry(words).or_default() += 1;
                if asked.is_some_and(|(asked, asker)| asked + 1 == index && asker != words) {
                    answered.get_or_insert(index - 1);
                }
                asked = paragraph.text.trim_end().ends_with('?').then_some((index, words));
            }
        }
        // "RELATED: …" comes back, too, but nobody takes turns with it.
        if interview.others.values().filter(|turns| **turns >= TURNS).count() > 1 {
            interview.begins = interview.begins.or(answered);
        }
        interview
    }
}

impl<'s> Cast<'_, 's> {
    /// The turn that a paragraph is, with its speaker: a known one, or one of a label that comes back among theirs.
    pub(super) fn turn(&self, index: usize, paragraph: &Paragraph<'s>) -> Option<(&'s Attribution, Party)> {
        let begins = self.interview.begins?;
        let turn = paragraph.facts.turn.as_ref()?;
        let label = turn.source?;
        if paragraph.facts.attributions.iter().any(|own| own.source.is_some_and(|source| source.overlaps(label))) {
            return None;
        }
        let words = paragraph.words(label);
        let named = self.named.at(Place::new(index, label)).or(self.interview.surnames.get(words).copied());
        let party = match named {
            Some(person) => self.person(person),
            None if words == "A" => self.interviewee(begins),
            None if words == "Q" => Party::default(),
            None if self.interview.others.get(words).is_some_and(|turns| *turns >= TURNS) => {
                Party { name: Some(paragraph.phrase(label).into()), person: None }
            }
            None => return None,
        };
        Some((turn, party))
    }

    /// Who answers: the one person named in the paragraph that leads in to the interview.
    fn interviewee(&self, begins: usize) -> Party {
        let named = self.named.until(begins, 0);
        let Some(last) = named.last() else { return Party::default() };
        let mut lead_in = named.iter().rev().take_while(|named| named.place.paragraph == last.place.paragraph);
        let alone = lead_in.all(|named| named.person == last.person);
        if alone { self.person(last.person) } else { Party::default() }
    }
}
