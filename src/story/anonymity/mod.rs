//! Sources whom the copy quotes and does not name, and what it says about that.
//!
//! A source is unnamed on purpose if the copy says so ("an official, who spoke on condition of anonymity") or plainly
//! shows it ("a source", "a person familiar with the talks"). Somebody who is only told by role, "police" or "a
//! ministry spokesman", is not.

mod phrase;
mod source;
mod withheld;

use rustc_hash::FxHashSet;

use super::attribution::{Act, Attribution, Joined};
use super::{Paragraph, Place};
use crate::lexicon::{Class, sources, verb};
use crate::prose::Token;
use phrase::is;
pub(crate) use phrase::opening;
pub use source::Told;
use source::{is_brief, is_known, noun, shown, words};
pub use withheld::{Withheld, withheld};

/// Somebody quoted and not named, at one attribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unnamed<'s> {
    /// The words for them: "a senior Defense official".
    pub place: Place,
    /// Index of the attribution in the story's.
    pub attribution: usize,
    /// The noun: "official".
    pub noun: &'s str,
    /// Whether the words speak of them as known already: "the source", "one of the officials".
    pub known: bool,
    /// How much the words tell of them.
    pub told: Told,
    /// Where the copy says that the name is withheld: the paragraph, and the index in its facts.
    pub withheld: Option<(usize, usize)>,
}

impl Unnamed<'_> {
    /// Whether there are several.
    pub fn is_plural(&self) -> bool {
        self.noun.ends_with('s') || ["people", "those"].iter().any(|noun| self.noun.eq_ignore_ascii_case(noun))
    }

    /// The noun in the singular and in small letters.
    pub fn singular(&self) -> String {
        singular(self.noun)
    }
}

/// The unnamed sources of the story, in the order of its attributions.
pub fn join<'s>(paragraphs: &[Paragraph<'s>], attributions: &[Joined<'s>]) -> Vec<Unnamed<'s>> {
    let withheld = owners(paragraphs, attributions);
    // What the unnamed have been called: nouns, and phrases without their articles.
    let mut calls: FxHashSet<String> = FxHashSet::default();
    let mut found = Vec::new();
    for (attribution, (joined, withheld)) in attributions.iter().zip(withheld).enumerate() {
        let paragraph = &paragraphs[joined.paragraph];
        let speech = joined.attribution.act == Act::Speech;
        let Some(words) = words(paragraph, joined).filter(|_| speech) else { continue };
        let tokens = paragraph.facts.prose.tokens_in(words);
        let known = is_known(paragraph.text, tokens);
        let clause = withheld.filter(|(clause, _)| *clause == joined.paragraph);
        let clause = clause.map(|(_, clause)| &paragraph.facts.withheld[clause]);
        let phrase = || Some(paragraph.phrase(words).split_once(' ')?.1.to_lowercase());
        // "The official", of whom it was said before.
        let again = |noun: &str| {
            let brief = is_brief(paragraph.text, tokens) && calls.contains(&singular(noun));
            brief || known && phrase().is_some_and(|phrase| calls.contains(&phrase))
        };
        let said = || noun(paragraph, tokens).filter(|noun| withheld.is_some() || again(noun));
        let called = shown(paragraph, words, clause).or_else(|| Some((said()?, Told::Enough)));
        let Some((noun, told)) = called.filter(|_| !is_secondhand(paragraphs, attributions, attribution)) else {
            continue;
        };
        calls.extend([Some(singular(noun)), phrase()].into_iter().flatten());
        let place = Place::new(joined.paragraph, words);
        // Two verbs, one source: "said a source said".
        if found.last().is_some_and(|last: &Unnamed<'_>| last.place == place) {
            continue;
        }
        found.push(Unnamed { place, attribution, noun, known, told, withheld });
    }
    found
}

/// A noun in the singular and in small letters.
fn singular(noun: &str) -> String {
    let noun = noun.to_ascii_lowercase();
    if noun == "people" { "person".to_owned() } else { noun.strip_suffix('s').unwrap_or(&noun).to_owned() }
}

/// For each attribution, where the copy says that its source's name is withheld: the paragraph, and the index there.
fn owners(paragraphs: &[Paragraph<'_>], attributions: &[Joined<'_>]) -> Vec<Option<(usize, usize)>> {
    let mut owners = vec![None; attributions.len()];
    for (index, paragraph) in paragraphs.iter().enumerate() {
        for (clause, said) in paragraph.facts.withheld.iter().enumerate() {
            let end = attributions.partition_point(|joined| joined.paragraph <= index);
            if let Some(owner) = whose(paragraphs, &attributions[..end], index, said) {
                owners[owner].get_or_insert((index, clause));
            }
        }
    }
    owners
}

/// How many paragraphs back somebody is quoted of whom a later one says that they are not named.
const REACH: usize = 2;
/// … and how many attributions back.
const MEMORY: usize = 12;

/// The index of the attribution whose source is not named, as a sentence of the paragraph at `index` says: one in that
/// sentence, or else the last before it if it begins with somebody known. `attributions` are those up to the paragraph.
fn whose(paragraphs: &[Paragraph<'_>], attributions: &[Joined<'_>], index: usize, said: &Withheld) -> Option<usize> {
    let here = attributions.partition_point(|joined| joined.paragraph < index);
    let first = here + attributions[here..].partition_point(|joined| joined.attribution.sentence < said.sentence);
    let last = first + attributions[first..].partition_point(|joined| joined.attribution.sentence == said.sentence);
    // "who asked not to be named" is no statement of theirs.
    let states = |at: &usize| attributions[*at].attribution.act == Act::Speech;
    // "Officials said the donor asked not to be named": the donor is no source.
    let told = |attribution: &Attribution| {
        let source = attribution.source.is_some_and(|source| source.contains(said.span));
        !source && attribution.content.iter().any(|content| content.contains(said.span))
    };
    if (first..last).filter(states).any(|at| told(attributions[at].attribution)) {
        return None;
    }
    let nameless =
        |at: &usize| states(at) && words(&paragraphs[attributions[*at].paragraph], &attributions[*at]).is_some();
    let distance = |at: &usize| attributions[*at].attribution.source.map_or(0, |s| s.start.abs_diff(said.span.start));
    if let Some(nearest) = (first..last).filter(nameless).min_by_key(distance) {
        return Some(nearest);
    }
    let paragraph = &paragraphs[index];
    let opening = paragraph.facts.prose.tokens_of(&paragraph.facts.prose.sentences[said.sentence]);
    if !speaks_of_known(paragraph.text, opening) {
        return None;
    }
    let near = |at: &usize| attributions[*at].paragraph + REACH >= index;
    (0..first).rev().take(MEMORY).take_while(near).find(nameless)
}

/// Whether a sentence begins with somebody of whom it spoke before: "He", "Both", "The official".
fn speaks_of_known(text: &str, tokens: &[Token]) -> bool {
    let Some(first) = tokens.first() else { return false };
    let people = Class::ROLE.with(Class::UNNAMED);
    let person = |token: &Token| token.class.any(people) || sources().people.contains(token.of(text));
    let all = ["both", "all", "most", "neither"].iter().any(|word| is(text, first, word));
    all || first.class.any(Class::PRONOUN) || is_known(text, tokens) && tokens.iter().take(4).any(person)
}

/// The other attributions of the sentence in which the one at `at` stands.
pub(crate) fn beside<'a, 's>(attributions: &'a [Joined<'s>], at: usize) -> impl Iterator<Item = &'a Joined<'s>> {
    let sentence = |joined: &Joined<'_>| (joined.paragraph, joined.attribution.sentence);
    let here = sentence(&attributions[at]);
    let same = move |other: &&Joined<'_>| sentence(other) == here;
    attributions[..at].iter().rev().take_while(same).chain(attributions[at + 1..].iter().take_while(same))
}

/// Whether the sentence tells what somebody else reports: "the Herald reported, according to two people", whom only the
/// Herald knows.
fn is_secondhand(paragraphs: &[Paragraph<'_>], attributions: &[Joined<'_>], at: usize) -> bool {
    let paragraph = &paragraphs[attributions[at].paragraph];
    let prose = &paragraph.facts.prose;
    let reports = |token: &Token| verb(token.of(paragraph.text)).is_some_and(|verb| verb.base == "report");
    let cues = beside(attributions, at).flat_map(|other| &other.attribution.cue);
    // What the Herald reports may stand inside what they are said to say.
    let inside = attributions[at].attribution.content.iter().flat_map(|content| prose.tokens_in(*content).windows(2));
    cues.flat_map(|cue| prose.tokens_in(*cue)).any(reports)
        || inside.into_iter().any(|pair| pair[0].is_proper() && !pair[1].quoted && reports(&pair[1]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Role;
    use crate::story::{Facts, Story};

    /// "words | how much they tell" of each unnamed source of a story.
    fn unnamed(texts: &[&str]) -> Vec<String> {
        let facts: Vec<Facts> = texts.iter().map(|text| Facts::read(text)).collect();
        let paragraphs = texts.iter().zip(&facts).map(|(text, facts)| Paragraph { text, role: Role::Body, facts });
        let story = Story::join(paragraphs.collect(), None);
        let show = |unnamed: &Unnamed<'_>| format!("{} | {:?}", story.words(unnamed.place), unnamed.told);
        story.unnamed.iter().map(show).collect()
    }

    #[test]
    fn the_unnamed_are_told_from_those_known_by_role() {
        let cases: &[(&str, &[&str])] = &[
            ("A source said the pier had cracked.", &["A source | Nothing"]),
            ("The pier had cracked, according to multiple sources.", &["multiple sources | Nothing"]),
            ("A source, who asked not to be named, said the pier had cracked.", &["A source | Nothing"]),
            (
                "Two sources in the harbor office said the pier had cracked.",
                &["Two sources in the harbor office | Enough"],
            ),
            ("Harbor sources said the pier had cracked.", &["Harbor sources | Little"]),
            ("Insiders said the pier had cracked.", &["Insiders | Little"]),
            ("A person close to the mayor said he would quit.", &["A person close to the mayor | Little"]),
            (
                "Two people familiar with the matter said he would quit.",
                &["Two people familiar with the matter | Enough"],
            ),
            ("A person briefed on the vote said he would quit.", &["A person briefed on the vote | Enough"]),
            ("He would quit, said an aide who was briefed on the vote.", &["an aide | Enough"]),
            ("An aide, who spoke on condition of anonymity, said he would quit.", &["An aide | Enough"]),
            ("An aide, who wasn’t authorized to speak, said he would quit.", &["An aide | Enough"]),
            ("Police said he would quit.", &[]),
            ("A ministry spokesman said he would quit.", &[]),
            ("Whistleblower Ann Roe said the pier had cracked.", &[]),
            ("Crime Insider reported that the pier had cracked.", &[]),
            ("Residents close to the pier said it had cracked.", &[]),
            ("Party insiders believe he will quit.", &[]),
            ("Ann Roe, an aide familiar with the plan, said he would quit.", &[]),
            ("Officials said the donor asked not to be named.", &[]),
            ("The clerk said she was not authorized to speak for the board.", &[]),
            ("An officer, who spoke on background checks, said the law was old.", &[]),
            ("Media sources said he would quit.", &[]),
            ("The Herald reported that he would quit, according to two people briefed on the vote.", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(unnamed(&[text]), *expected, "{text}");
        }
    }

    #[test]
    fn a_later_sentence_may_say_that_they_are_not_named() {
        let lede = "The mayor will quit, a city official said Monday.";
        let said = "The official was not authorized to discuss the plan and spoke on condition of anonymity.";
        let expected = ["a city official | Enough"];
        assert_eq!(unnamed(&[lede, said]), expected);
        assert_eq!(unnamed(&[lede, "He asked not to be named."]), expected);
        let again = "The city official said he was tired, and the official said he was ill.";
        assert_eq!(
            unnamed(&[lede, said, again]),
            ["a city official | Enough", "The city official | Enough", "the official | Enough"]
        );
        assert_eq!(unnamed(&[lede, "The council was not authorized to release the plan."]), [""; 0]);
        assert_eq!(unnamed(&[lede, "Nothing is settled.", "The sun shone.", said]), [""; 0]);
    }
}
