//! What a story says around somebody's name.

use crate::lexicon::{self, Class};
use crate::prose::{Kind, Sentence, Token};
use crate::story::attribution::{Act, Joined};
use crate::story::{Paragraph, Place, Story};
use crate::text::Span;

/// A place in running copy, outside quotation marks, that names somebody.
#[derive(Clone, Copy)]
pub(super) struct Naming<'a, 's> {
    pub paragraph: &'a Paragraph<'s>,
    /// The name.
    pub place: Place,
    /// Index of the sentence in the paragraph.
    pub index: usize,
    pub sentence: &'a Sentence,
    /// Index of the first token of the name, or of the title before it.
    pub first: usize,
    /// Index of the first token after the name.
    pub end: usize,
}

/// The namings of one of the story's people.
pub(super) fn namings<'a, 's>(story: &'a Story<'s>, person: usize) -> impl Iterator<Item = Naming<'a, 's>> {
    story.people[person].mentions.iter().filter_map(|(place, title)| {
        let paragraph = story.paragraphs.get(place.paragraph)?;
        if !paragraph.is_copy() || paragraph.said(place.span) {
            return None;
        }
        let prose = &paragraph.facts.prose;
        let index = prose.sentence_at(place.span.start)?;
        let sentence = prose.sentences.get(index)?;
        let start = title.map_or(place.span.start, |title| title.span.start.min(place.span.start));
        let end = prose.token_at(place.span.end.saturating_sub(1)) + 1;
        Some(Naming { paragraph, place: *place, index, sentence, first: prose.token_at(start), end })
    })
}

/// The story's people, each at the first naming of theirs that `is` takes.
pub(super) fn first_namings(story: &Story<'_>, is: impl Fn(&Naming<'_, '_>) -> bool) -> Vec<(usize, Place)> {
    let first = |person| namings(story, person).find(&is).map(|naming| (person, naming.place));
    (0..story.people.len()).filter_map(first).collect()
}

/// Whether the story tells that somebody is dead or missing.
pub(super) fn is_gone(story: &Story<'_>, person: usize) -> bool {
    let guilt = lexicon::guilt();
    namings(story, person).any(|naming| naming.beside(&guilt.gone).is_some() || naming.has(&guilt.death))
}

/// How many words between commas may describe somebody: "Roe, 34, of Linden Falls,".
const DESCRIBED: usize = 14;
/// Most tokens of a phrase in the lexicon.
const LONGEST: usize = 3;
/// What may stand between somebody and what they did.
const BETWEEN: [&str; 9] = ["also", "first", "had", "has", "later", "once", "repeatedly", "then", "twice"];

impl<'a> Naming<'a, '_> {
    /// The tokens at which it may be said what they did or what was done to them: after the name, after "who", after what
    /// describes them between commas.
    fn predicates(&self) -> impl Iterator<Item = usize> + use<'a, '_> {
        let naming = *self;
        let comma = self.is(self.end, ",");
        let who = comma && self.is(self.end + 1, "who");
        let next = self.end + 1;
        // "Roe, Quill, 34, stabbed": what Quill did.
        let described = comma && !who && !self.paragraph.facts.prose.tokens.get(next).is_some_and(Token::is_proper);
        let last = (next + DESCRIBED).min(self.sentence.tokens.end as usize);
        let after = (next..if described { last } else { next }).filter(move |at| naming.is(*at, ",")).map(|at| at + 1);
        (!comma).then_some(self.end).into_iter().chain(who.then_some(next + 1)).chain(after)
    }

    /// The tokens, from the first to behind the last, of one of `deeds` that they are said to have done to somebody.
    pub fn does(&self, deeds: &[String]) -> Option<(usize, usize)> {
        self.predicates().find_map(|at| {
            let at = self.past(at, &BETWEEN);
            let end = at + phrase(self.paragraph, at, deeds)?;
            // "Roe, 34, stabbed in May" and "Roe, kidnapped last month" were; only an object shows who did it.
            let object = self.paragraph.facts.prose.tokens.get(end)?;
            let taken = matches!(self.paragraph.token(at), "stole" | "took");
            (taken || is_object(self.paragraph, object)).then_some((at, end))
        })
    }

    /// Whether one of `deeds` was done to them: "Roe was stabbed", "Roe, 34, who has been stabbed".
    pub fn suffers(&self, deeds: &[String]) -> bool {
        const HELPERS: [&str; 12] =
            ["also", "been", "being", "had", "has", "have", "is", "later", "reportedly", "then", "was", "were"];
        self.predicates().any(|start| {
            let at = self.past(start, &HELPERS);
            let helped = at > start && matches!(self.paragraph.token(at - 1), "been" | "being" | "is" | "was" | "were");
            helped && phrase(self.paragraph, at, deeds).is_some()
        })
    }

    /// Whether one of `phrases` stands right before them, but for their age or title: "raping 34-year-old Ann Roe".
    pub fn follows(&self, phrases: &[String]) -> bool {
        let between =
            |token: &Token| token.kind == Kind::Number || self.paragraph.words(token.span()).ends_with("-year-old");
        let tokens = &self.paragraph.facts.prose.tokens;
        let end = self.first - tokens[..self.first].iter().rev().take_while(|token| between(token)).count();
        let reaches = |at: &usize| phrase(self.paragraph, *at, phrases).is_some_and(|taken| *at + taken == end);
        (end.saturating_sub(LONGEST)..end).any(|at| reaches(&at))
    }

    /// The first token from `at` on that is none of `words`.
    fn past(&self, at: usize, words: &[&str]) -> usize {
        at + (at..).take_while(|at| words.contains(&self.paragraph.token(*at))).count()
    }

    /// Whether it tells of something of theirs: "Roe’s mother".
    pub fn is_owner(&self) -> bool {
        self.paragraph.facts.prose.tokens.get(self.end).is_some_and(|token| token.kind == Kind::Possessive)
    }

    /// Whether one of `nouns` is of them: "the killing of 9-year-old Ann Roe", "Ann Roe’s killing".
    pub fn has(&self, nouns: &[String]) -> bool {
        const FARTHEST: usize = 4;
        let noun = |at: usize| phrase(self.paragraph, at, nouns).is_some();
        let tokens = &self.paragraph.facts.prose.tokens;
        let between = |token: &Token| token.kind != Kind::Mark && !token.class.any(Class::PREPOSITION);
        let from = self.first.saturating_sub(FARTHEST);
        self.is_owner() && noun(self.end + 1)
            || (from..self.first)
                .rev()
                .find(|at| !between(&tokens[*at]))
                .is_some_and(|at| at > 0 && self.is(at, "of") && noun(at - 1))
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.paragraph.token(at) == word
    }

    /// The tokens, from the first to behind the last, of the first of the phrases that stands in the sentence, outside
    /// quotation marks.
    pub fn beside(&self, phrases: &[String]) -> Option<(usize, usize)> {
        let tokens = self.sentence.tokens.start as usize..self.sentence.tokens.end as usize;
        let own = |at: &usize| self.paragraph.facts.prose.tokens.get(*at).is_some_and(|token| !token.quoted);
        tokens.filter(own).find_map(|at| Some((at, at + phrase(self.paragraph, at, phrases)?)))
    }

    /// Whether the sentence tells of a time long past: it names a year, or says "ago".
    pub fn is_history(&self) -> bool {
        let tokens = self.paragraph.facts.prose.tokens_of(self.sentence);
        tokens.iter().map(|token| token.of(self.paragraph.text)).any(|word| {
            let year = word.len() == 4 && word.parse().is_ok_and(|year: u16| (1000..2100).contains(&year));
            year || matches!(word, "ago" | "century")
        })
    }
}

/// Whether the token begins the words for somebody or something: "a clerk", "her", "Ann Roe", "$40,000".
fn is_object(paragraph: &Paragraph<'_>, token: &Token) -> bool {
    const CLASSES: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::PRONOUN).with(Class::NUMBER);
    let word = token.of(paragraph.text);
    let day = matches!(word, "this" | "that" | "every" | "each");
    !day && (word == "$" || token.kind == Kind::Number || token.is_proper() || token.class.any(CLASSES))
}

/// How many tokens one of the phrases takes that begins with the token at `at`.
pub(super) fn phrase(paragraph: &Paragraph<'_>, at: usize, phrases: &[String]) -> Option<usize> {
    let first = paragraph.token(at);
    phrases.iter().find_map(|phrase| {
        let mut words = phrase.split(' ');
        if !words.next()?.eq_ignore_ascii_case(first) {
            return None;
        }
        let rest = words.clone().count();
        (at + 1..).zip(words).all(|(at, word)| paragraph.token(at) == word).then_some(rest + 1)
    })
}

/// Whether one of the phrases stands anywhere in a paragraph.
pub(super) fn tells(paragraph: &Paragraph<'_>, phrases: &[String]) -> bool {
    (0..paragraph.facts.prose.tokens.len()).any(|at| phrase(paragraph, at, phrases).is_some())
}

/// Whether one of the phrases stands anywhere in the story.
pub(super) fn story_tells(story: &Story<'_>, phrases: &[String]) -> bool {
    story.paragraphs.iter().any(|paragraph| tells(paragraph, phrases))
}

/// Whether somebody in the story was found guilty or pleaded so; "not guilty" is neither.
pub(super) fn tells_of_verdict(story: &Story<'_>) -> bool {
    let proved = &lexicon::guilt().proved;
    let in_paragraph = |paragraph: &Paragraph<'_>| {
        let is = |index: usize, word: &str| paragraph.token(index).eq_ignore_ascii_case(word);
        let tells = |index: usize| {
            // What somebody is quoted as saying proves nothing.
            let own = paragraph.facts.prose.tokens.get(index).is_some_and(|token| !token.quoted);
            own && proved.contains(paragraph.token(index).to_lowercase().as_str())
        };
        let denied = |index: usize| index > 0 && (is(index - 1, "not") || is(index - 1, "never"));
        (0..paragraph.facts.prose.tokens.len()).any(|index| tells(index) && !denied(index))
    };
    story.paragraphs.iter().any(in_paragraph)
}

/// Whether the story has somebody's own words, and not only those that they had to say in court.
pub(super) fn speaks(story: &Story<'_>, person: usize) -> bool {
    let spoken = |joined: &Joined<'_>| {
        let paragraph = &story.paragraphs[joined.paragraph];
        let in_court = |cue: &Span| matches!(paragraph.words(*cue), "testified" | "testify" | "pleaded");
        joined.attribution.act == Act::Speech && !joined.attribution.cue.iter().any(in_court)
    };
    story.attributions.iter().any(|joined| joined.person == Some(person) && spoken(joined))
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::check::Checker;
    use crate::format::Format;
    use crate::settings::Settings;

    /// What `detect` finds in a story, as `show` shows it.
    pub fn found<T>(
        text: &str,
        detect: impl Fn(&Story<'_>) -> Vec<T>,
        show: impl Fn(&Story<'_>, &T) -> String,
    ) -> Vec<String> {
        Checker::default().story(text, Format::Plain, &Settings::default(), |story, _| {
            detect(story).iter().map(|found| show(story, found)).collect()
        })
    }
}
