//! Names: given names, initials, particles, surname, suffix.

use super::reader::Reader;
use crate::lexicon::{self, Class};
use crate::prose::{Case, Kind};

/// A name, as indices of tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub start: usize,
    /// Index of the first token of the surname.
    pub surname: usize,
    /// One past the surname's last token.
    pub surname_end: usize,
    /// One past the last token.
    pub end: usize,
}

impl Name {
    /// Whether there is more than a surname.
    pub(super) fn full(&self) -> bool {
        self.surname > self.start
    }
}

/// Most words in a name.
const LONGEST: usize = 6;

/// Words that are never part of a name, even with a capital.
const NEVER: Class = Class::DETERMINER
    .with(Class::PRONOUN)
    .with(Class::POSSESSIVE)
    .with(Class::PREPOSITION)
    .with(Class::CONJUNCTION)
    .with(Class::AUXILIARY)
    .with(Class::WEEKDAY)
    .with(Class::COURTESY);

/// Words that are no part of a name where every word has a capital.
const IN_HEADLINE: Class = Class::SPEECH
    .with(Class::THOUGHT)
    .with(Class::COMMON)
    .with(Class::MODAL)
    .with(Class::OPENER)
    .with(Class::ADVERB)
    .with(Class::NUMBER);

/// Abbreviated names of countries, which look like initials.
const COUNTRIES: [&str; 6] = ["U.S.", "U.K.", "U.N.", "E.U.", "D.C.", "U.A.E."];

impl Reader<'_> {
    /// The name that starts at token `start`, as far as it looks like one.
    pub(super) fn name(&self, start: usize) -> Option<Name> {
        let headline = self.headline(start);
        let mut at = start;
        let mut surname = None;
        let mut last_capital = None;
        while at < start + LONGEST {
            if self.is_particle(at) && self.leads_to_capital(at) {
                surname = surname.or(Some(at));
                at += 1;
                continue;
            }
            if !self.name_word(at, headline) || (at > start && self.opens_title(at)) {
                break;
            }
            // A capitalised particle opens the surname too, unless it is a given name: "Ben", "Al".
            let particle = self.tokens[at].class.any(Class::PARTICLE) && !self.tokens[at].class.any(Class::GIVEN);
            if surname.is_none() && particle && self.name_word(at + 1, headline) {
                surname = Some(at);
            }
            last_capital = Some(at);
            at += 1;
            if self.kind(at) == Some(Kind::Possessive) {
                break;
            }
        }
        let last = last_capital?;
        // A particle where the name breaks off opens nothing.
        let surname = surname.filter(|at| *at <= last).unwrap_or(last);
        let mut name = Name { start, surname, surname_end: last + 1, end: last + 1 };
        let comma = usize::from(self.word(name.end) == ",");
        if name.full() && self.class(name.end + comma).any(Class::SUFFIX) && self.capital(name.end + comma) {
            name.end += comma + 1;
        }
        Some(name)
    }

    /// Whether the token can be a word of a name.
    fn name_word(&self, at: usize, headline: bool) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        // "Mayor Per Quill", but not "Per Quill, it fell".
        let given = token.class.any(Class::GIVEN) && token.class.any(Class::PREPOSITION) && !self.opens(at);
        if token.kind != Kind::Word || token.class.any(NEVER) && !given || token.class.any(Class::SUFFIX) {
            return false;
        }
        let word = self.word(at);
        let written = match token.case {
            Case::Title => true,
            // Initials, together ("J.D.") or bare ("JD", "AJ").
            Case::Upper => word.len() == 2 || word.as_bytes().get(1) == Some(&b'.') && !COUNTRIES.contains(&word),
            _ => false,
        };
        // "out-Roe" and "R-Ill" are none, but "al-Quill" is.
        let prefix = word.find('-').unwrap_or(0);
        let prefixed = prefix == 1 || prefix > 2 && word.starts_with(char::is_lowercase);
        if !written || prefixed || (word.ends_with('.') && word.len() > 2 && token.case == Case::Title) {
            return false;
        }
        if token.class.any(Class::MONTH) && !token.class.any(Class::GIVEN) {
            return false;
        }
        !(headline && token.class.any(IN_HEADLINE) && !token.class.any(Class::GIVEN))
    }

    fn is_particle(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.case == Case::Lower && token.class.any(Class::PARTICLE))
    }

    /// Whether only particles stand between the token and a capitalised word.
    fn leads_to_capital(&self, at: usize) -> bool {
        let mut next = at + 1;
        while next < at + 3 && self.is_particle(next) {
            next += 1;
        }
        self.name_word(next, false)
    }

    /// Whether a title rather than more of the name starts here.
    fn opens_title(&self, at: usize) -> bool {
        let surname = lexicon::surname_too(self.word(at)) && !self.name_word(at + 1, false);
        !surname && self.class(at).any(Class::TITLE.with(Class::OFFICE)) && self.title(at).is_some()
    }
}
