//! Whom a pronoun is for. It looks back, sentence by sentence, for the last one who spoke or was spoken of there; where
//! two are as near as one another, it is for nobody known.

use std::rc::Rc;

use super::phrase::{is_plural, name, noun};
use super::{Cast, Party, REACH};
use crate::lexicon::{Class, Gender, class_of, gender_of_title};
use crate::prose::{Case, Kind};
use crate::story::attribution::{Attribution, Joined, SourceKind};
use crate::story::people::Named;
use crate::story::{Paragraph, Place};
use crate::text::Span;

/// How far back, in sentences, a pronoun reaches.
const SENTENCES: usize = 12;
/// How far into a sentence the noun of its subject may stand, in tokens.
const SUBJECT: usize = 6;
/// How many attributions away the one may stand in whose content another stands.
const NESTED: usize = 4;

/// What a pronoun can be for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    One(Gender),
    Thing,
    Several,
}

/// How sure it is, other things being equal, that a pronoun is for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Named in the sentence.
    Named,
    /// Speaks within what somebody else says.
    Nested,
    /// Its subject.
    Subject,
    /// Who speaks in it.
    Speaker,
}

struct Candidate {
    party: Party,
    rank: Rank,
    /// Whether it is known that the pronoun fits; one that is known not to fit is no candidate.
    sure: bool,
}

impl Cast<'_, '_> {
    /// Whom a source that is a pronoun is for.
    pub(super) fn antecedent(&self, index: usize, attribution: &Attribution, source: Span, pronoun: &str) -> Party {
        let paragraph = &self.paragraphs[index];
        let is = |word: &str| pronoun.eq_ignore_ascii_case(word);
        let wanted = match gender(pronoun) {
            Some(gender) => Wanted::One(gender),
            None if is("it") || is("its") => Wanted::Thing,
            None if is("they") || is("their") => Wanted::Several,
            None if is("who") => return self.relative(index, source),
            None if is("i") => return self.outer(index, source).map(party).unwrap_or_default(),
            None => return Party::default(),
        };
        // What stands in the mouth of another is theirs to say: only they know whom they mean.
        if paragraph.facts.prose.quoted(source) {
            return Party::default();
        }
        self.look_back(index, attribution, source, wanted)
    }

    /// Whom "both sides" is for: where somebody says so, it stands on their word.
    pub(super) fn group(&self, index: usize, attribution: &Attribution, source: Span) -> Party {
        match self.outer(index, source) {
            Some(joined) => party(joined),
            None => self.look_back(index, attribution, source, Wanted::Several),
        }
    }

    /// "Quill, who said": the one named right before.
    fn relative(&self, index: usize, source: Span) -> Party {
        let last = self.named.until(index, source.start).last();
        let prose = &self.paragraphs[index].facts.prose;
        let adjacent = last.filter(|named| {
            let end = named.place.span.end;
            named.place.paragraph == index && prose.tokens_in(Span::new(end, source.start)).len() <= 1
        });
        adjacent.map_or_else(Party::default, |named| self.person(named.person))
    }

    /// The attribution in whose content a source stands.
    fn outer(&self, index: usize, source: Span) -> Option<&Joined<'_>> {
        let near = self.joined.iter().rev().take(NESTED).take_while(|joined| joined.paragraph == index);
        near.into_iter().find(|joined| joined.attribution.content.iter().any(|content| content.contains(source)))
    }

    fn look_back(&self, index: usize, attribution: &Attribution, source: Span, wanted: Wanted) -> Party {
        let mut at = index;
        let mut sentence = self.sentence(Place::new(index, source)).unwrap_or(0);
        // In its own sentence: who speaks there or is its subject, unless that stands in what is said. "Asked by Quill,
        // he said" is not for Quill, though "after Quill made his claim" is; with two whom it may be for, nobody knows.
        let own = &self.paragraphs[index].facts.prose.sentences[sentence];
        let before = Span::new(own.span.start, source.start);
        let mut candidates = self.candidates(index, sentence, before, wanted);
        candidates.retain(|(place, _)| {
            place.is_none_or(|place| !attribution.content.iter().any(|content| content.contains(place)))
        });
        let owns =
            self.paragraphs[index].facts.prose.tokens_in(source).iter().any(|token| token.class.any(Class::POSSESSIVE));
        if !owns && matches!(candidates.as_slice(), [(_, candidate)] if candidate.rank == Rank::Named) {
            candidates.clear();
        }
        for _ in 0..SENTENCES {
            match choose(candidates) {
                Choice::Nobody => {}
                Choice::One(party) => return party,
                Choice::Several => return Party::default(),
            }
            // "Quill agreed. They said": one is not several, but who are they?
            if wanted == Wanted::Several && !self.joined_in(at, sentence).is_empty() {
                return Party::default();
            }
            while sentence == 0 {
                let copy = |at: &usize| self.paragraphs[*at].is_copy();
                let Some(earlier) = (index.saturating_sub(REACH)..at).rev().find(copy) else { return Party::default() };
                at = earlier;
                sentence = self.paragraphs[at].facts.prose.sentences.len();
            }
            sentence -= 1;
            let span = self.paragraphs[at].facts.prose.sentences[sentence].span;
            candidates = self.candidates(at, sentence, span, wanted);
            if index - at > 1 {
                // From further away, only those who spoke there.
                candidates.retain(|(_, candidate)| candidate.rank == Rank::Speaker);
            }
        }
        Party::default()
    }

    /// Whom the pronoun can be for among those whom a stretch of a sentence names, with their places.
    fn candidates(
        &self,
        index: usize,
        sentence: usize,
        within: Span,
        wanted: Wanted,
    ) -> Vec<(Option<Span>, Candidate)> {
        let mut found = Vec::new();
        let paragraph = &self.paragraphs[index];
        let speaking = self.joined_in(index, sentence);
        for (nth, joined) in speaking.iter().enumerate() {
            let Some(source) = joined.attribution.source.filter(|source| within.contains(*source)) else { continue };
            let nested = speaking[..nth]
                .iter()
                .rev()
                .take(NESTED)
                .any(|outer| outer.attribution.content.iter().any(|content| content.contains(source)));
            let rank = if nested { Rank::Nested } else { Rank::Speaker };
            if let Some(sure) = self.suits(joined, wanted) {
                found.push((Some(source), Candidate { party: party(joined), rank, sure }));
            }
        }
        match wanted {
            Wanted::One(gender) => self.people_in(index, within, gender, &mut found),
            Wanted::Thing => found.extend(self.body_in(index, within)),
            Wanted::Several => found.extend(self.pair_in(index, within)),
        }
        // "He thanked Quill": the sentence goes on with somebody before it, who is not Quill.
        if found.iter().all(|(_, candidate)| candidate.rank < Rank::Speaker) && goes_on(paragraph, sentence, wanted) {
            return Vec::new();
        }
        if found.iter().all(|(_, candidate)| candidate.rank == Rank::Named) {
            found.extend(self.subject(index, paragraph, sentence, within, wanted));
        }
        found
    }

    /// Whether the pronoun can be for a speaker, and whether that is sure.
    fn suits(&self, joined: &Joined<'_>, wanted: Wanted) -> Option<bool> {
        let speaker = joined.speaker.as_deref()?;
        let kind = joined.attribution.source_kind;
        let thing = matches!(kind, SourceKind::Organization | SourceKind::Document)
            || kind == SourceKind::Pronoun && joined.person.is_none() && self.is_thing(speaker);
        match wanted {
            Wanted::One(gender) => match joined.person {
                Some(person) => {
                    self.gender(person).is_none_or(|known| known == gender).then(|| self.gender(person).is_some())
                }
                None => (!thing && is_somebody(kind, speaker)).then(|| fits(speaker, gender))?,
            },
            Wanted::Thing => (joined.person.is_none() && thing && !is_plural(speaker)).then_some(true),
            Wanted::Several => (joined.person.is_none() && is_plural(speaker)).then_some(true),
        }
    }

    fn is_thing(&self, speaker: &str) -> bool {
        class_of(noun(speaker)).any(Class::BODY.with(Class::DOCUMENT))
    }

    /// The people named in a stretch of a sentence outside quotation marks.
    fn people_in(&self, index: usize, within: Span, gender: Gender, found: &mut Vec<(Option<Span>, Candidate)>) {
        let paragraph = &self.paragraphs[index];
        let named = self.named.within(index, within).iter();
        let own = named.filter(|named| !paragraph.facts.prose.quoted(named.place.span));
        let mut last: Option<(Span, Rank)> = None;
        for Named { place, person, .. } in own {
            let rank = match last {
                None if is_subject(paragraph, within.start, place.span) => Rank::Subject,
                // "Quill and Roe": one as much as the other.
                Some((before, rank)) if paired(paragraph, before, place.span) => rank,
                _ => Rank::Named,
            };
            last = Some((place.span, rank));
            let known = self.gender(*person);
            if known.is_none_or(|known| known == gender) {
                let candidate = Candidate { party: self.person(*person), rank, sure: known.is_some() };
                found.push((Some(place.span), candidate));
            }
        }
    }

    /// The body that a stretch of a sentence has for its subject.
    fn body_in(&self, index: usize, within: Span) -> Option<(Option<Span>, Candidate)> {
        let paragraph = &self.paragraphs[index];
        let bodies = &paragraph.facts.bodies;
        let at = bodies.partition_point(|body| body.span.start < within.start);
        let body = bodies.get(at).filter(|body| within.contains(body.span))?;
        is_subject(paragraph, within.start, body.span).then(|| {
            let name = Some(Rc::from(name(&paragraph.phrase(body.span))));
            (Some(body.span), Candidate { party: Party { name, person: None }, rank: Rank::Subject, sure: true })
        })
    }

    /// Two people whom a stretch of a sentence has for its subject: "Quill and Roe".
    fn pair_in(&self, index: usize, within: Span) -> Option<(Option<Span>, Candidate)> {
        let [Named { place: one, person: first, .. }, Named { place: two, person: second, .. }, ..] =
            self.named.within(index, within)
        else {
            return None;
        };
        let paragraph = &self.paragraphs[index];
        (first != second && is_subject(paragraph, within.start, one.span) && paired(paragraph, one.span, two.span))
            .then(|| {
                let name = format!("{} and {}", self.names[*first], self.names[*second]);
                let party = Party { name: Some(name.into()), person: None };
                (Some(one.span), Candidate { party, rank: Rank::Subject, sure: true })
            })
    }

    /// The subject with which a sentence opens, where it is a role, a body or a document: "The officer left."
    fn subject(
        &self,
        index: usize,
        paragraph: &Paragraph<'_>,
        sentence: usize,
        within: Span,
        wanted: Wanted,
    ) -> Option<(Option<Span>, Candidate)> {
        let prose = &paragraph.facts.prose;
        let tokens = prose.tokens_of(&prose.sentences[sentence]);
        let opens = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::NUMBER).with(Class::ROLE);
        let first = tokens.first().filter(|token| token.class.any(opens) && !token.quoted)?;
        let nouns = Class::ROLE.with(Class::BODY).with(Class::DOCUMENT).with(Class::UNNAMED);
        let modifies = |token: &crate::prose::Token| {
            token.kind == Kind::Word
                && !token
                    .class
                    .any(Class::PREPOSITION.with(Class::AUXILIARY).with(Class::MODAL).with(Class::CONJUNCTION))
        };
        let run = tokens.iter().take(SUBJECT).take_while(|token| modifies(token)).count();
        let last = tokens[..run].iter().rposition(|token| token.class.any(nouns) && token.case == Case::Lower)?;
        let span = Span::new(first.start as usize, tokens[last].end as usize);
        if !within.contains(span) {
            return None;
        }
        let name = name(&paragraph.phrase(span));
        let class = tokens[last].class;
        let several = is_plural(&name);
        let sure = match wanted {
            Wanted::One(gender) => {
                if several || !class.any(Class::ROLE.with(Class::UNNAMED)) {
                    return None;
                }
                fits(&name, gender)?
            }
            Wanted::Thing => (!several && class.any(Class::BODY.with(Class::DOCUMENT))).then_some(true)?,
            Wanted::Several => (several && class.any(Class::ROLE.with(Class::UNNAMED))).then_some(true)?,
        };
        let called = name.strip_prefix("the ").and_then(|role| self.called(index, span, role));
        let party = called.unwrap_or_else(|| Party { name: Some(name.into()), person: None });
        Some((Some(span), Candidate { party, rank: Rank::Subject, sure }))
    }
}

/// Of whom a pronoun tells that they are a man or a woman.
pub(super) fn gender(pronoun: &str) -> Option<Gender> {
    let is = |words: [&str; 2]| words.iter().any(|word| pronoun.eq_ignore_ascii_case(word));
    let she = is(["she", "her"]).then_some(Gender::She);
    she.or_else(|| is(["he", "his"]).then_some(Gender::He))
}

fn party(joined: &Joined<'_>) -> Party {
    Party { name: joined.speaker.clone(), person: joined.person }
}

/// Whether a source that is no person of the story is one all the same: a name, or a noun for a person.
fn is_somebody(kind: SourceKind, speaker: &str) -> bool {
    let noun = noun(speaker);
    let person = class_of(noun).any(Class::ROLE.with(Class::UNNAMED)) || gender_of_title(noun).is_some();
    (kind == SourceKind::Named || person && kind != SourceKind::Vague) && !is_plural(speaker)
}

/// Whether a pronoun can be for the bearer of a role, and whether that is sure: "spokeswoman".
fn fits(role: &str, gender: Gender) -> Option<bool> {
    match gender_of_title(noun(role)) {
        Some(known) => (known == gender).then_some(true),
        None => Some(false),
    }
}

enum Choice {
    Nobody,
    One(Party),
    Several,
}

/// The one among the candidates of a sentence for whom the pronoun is, if there is just one: of those who rank highest,
/// one of whom it is known that the pronoun fits; but who speaks needs no more than not to be known otherwise.
fn choose(mut candidates: Vec<(Option<Span>, Candidate)>) -> Choice {
    let best = |of: &[(Option<Span>, Candidate)], sure: bool| {
        of.iter()
            .map(|(_, candidate)| candidate)
            .filter(|candidate| candidate.sure || !sure)
            .map(|candidate| candidate.rank)
            .max()
    };
    let Some(highest) = best(&candidates, false) else { return Choice::Nobody };
    match best(&candidates, true) {
        Some(sure) if sure == highest => candidates.retain(|(_, candidate)| candidate.sure),
        Some(_) if highest < Rank::Speaker => return Choice::Several,
        _ => {}
    }
    let mut best = candidates.into_iter().map(|(_, candidate)| candidate).filter(|candidate| candidate.rank == highest);
    let Some(first) = best.next() else { return Choice::Nobody };
    if best.all(|other| other.party == first.party) { Choice::One(first.party) } else { Choice::Several }
}

/// Whether a sentence opens with the same pronoun.
fn goes_on(paragraph: &Paragraph<'_>, sentence: usize, wanted: Wanted) -> bool {
    let prose = &paragraph.facts.prose;
    let opening = prose.tokens_of(&prose.sentences[sentence]).first().filter(|token| !token.quoted);
    let pronoun = match wanted {
        Wanted::One(Gender::He) => "he",
        Wanted::One(Gender::She) => "she",
        Wanted::Thing => "it",
        Wanted::Several => "they",
    };
    opening.is_some_and(|token| token.of(paragraph.text).eq_ignore_ascii_case(pronoun))
}

/// Whether two names are joined by "and", with no more than a title between.
fn paired(paragraph: &Paragraph<'_>, one: Span, two: Span) -> bool {
    let between = paragraph.facts.prose.tokens_in(Span::new(one.end, two.start));
    between.split_first().is_some_and(|(and, title)| {
        and.of(paragraph.text) == "and"
            && title.iter().all(|token| token.case == Case::Title || token.class.any(Class::TITLE.with(Class::ROLE)))
    })
}

/// Whether a name stands where a sentence that begins at `start` has its subject: with no verb before it, and no
/// preposition that governs it. Who owns the subject will do: "One of Quill's cars broke down. He said".
fn is_subject(paragraph: &Paragraph<'_>, start: usize, name: Span) -> bool {
    let ahead = paragraph.facts.prose.tokens_in(Span::new(start, name.start));
    let verbs = Class::AUXILIARY.with(Class::MODAL).with(Class::SPEECH);
    if ahead.iter().any(|token| token.class.any(verbs) && token.case == Case::Lower && !token.quoted) {
        return false;
    }
    // "On Monday, Quill": a comma ends what a preposition governs.
    let phrase = ahead.rsplit(|token| token.kind == Kind::Mark).next().unwrap_or_default();
    !phrase.iter().any(|token| token.class.any(Class::PREPOSITION) && token.of(paragraph.text) != "of")
}
