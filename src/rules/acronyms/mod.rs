//! Short names made of initials, and where a story explains them.

pub(super) mod in_parentheses;
pub(super) mod undefined;
pub(super) mod unused;

use crate::lexicon::Class;
use crate::prose::{Case, Kind, Token};
use crate::story::Paragraph;
use crate::text::Span;

/// An acronym in brackets after what it is short for: "World Fund for Oceans (WFO)".
struct Introduced {
    /// The acronym alone.
    acronym: Span,
    /// It with its brackets.
    brackets: Span,
}

/// Whether a word is written as acronyms are: two to six capitals, with stops or without, perhaps with an "s".
fn is_acronym(word: &str) -> bool {
    (2..=6).contains(&letters(word).count())
        && word.trim_end_matches('s').bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.')
}

/// The letters of an acronym.
fn letters(word: &str) -> impl Iterator<Item = u8> + Clone + '_ {
    word.bytes().filter(u8::is_ascii_uppercase)
}

/// The acronyms that a paragraph introduces in brackets.
fn introduced<'a>(paragraph: &'a Paragraph<'_>) -> impl Iterator<Item = Introduced> + 'a {
    let tokens = &paragraph.facts.prose.tokens;
    paragraph.facts.acronyms.iter().filter_map(move |at| {
        let before = tokens.get(..at.checked_sub(1)?)?;
        let [open, acronym, close] = tokens.get(at - 1..at + 2)? else { return None };
        let word = acronym.of(paragraph.text);
        let bracketed = open.of(paragraph.text) == "(" && close.of(paragraph.text) == ")";
        (bracketed && is_acronym(word) && ends_with_full(paragraph, before, word))
            .then(|| Introduced { acronym: acronym.span(), brackets: open.span().cover(close.span()) })
    })
}

/// Words that an acronym has no letter for.
const SMALL: Class = Class::PREPOSITION.with(Class::CONJUNCTION).with(Class::DETERMINER);

/// Whether the tokens end with the words that the acronym is short for.
fn ends_with_full(paragraph: &Paragraph<'_>, tokens: &[Token], acronym: &str) -> bool {
    let wanted: Vec<u8> = letters(acronym).collect();
    // How many letters may be left to find: "for" has one in some acronyms and none in others.
    let mut left = 1_u8 << wanted.len();
    for token in tokens.iter().rev().take(3 * wanted.len() + 2) {
        if token.kind == Kind::Possessive || token.of(paragraph.text) == "," {
            continue;
        }
        if token.kind != Kind::Word {
            return false;
        }
        let word = token.of(paragraph.text);
        let parts = word.rmatch_indices(['-', '.']).map(|(at, _)| at + 1).filter(|at| *at < word.len());
        for at in parts.chain([0]) {
            let first = word[at..].bytes().next().map(|first| first.to_ascii_uppercase());
            let found = (1..=wanted.len()).filter(|left| Some(wanted[*left - 1]) == first);
            let found = found.fold(0, |found, count| found | (left >> count & 1) << (count - 1));
            // "Self-Defense" has one letter or two, and so has "U.S."
            left = if at > 0 || token.class.any(SMALL) { found | left } else { found };
        }
        if left & 1 == 1 {
            return true;
        }
        if left == 0 {
            return false;
        }
    }
    false
}

/// Whether the token is an acronym in a line that is not all capitals.
fn stands_alone(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let tokens = &paragraph.facts.prose.tokens;
    let shouts = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Word && token.case == Case::Upper && token.end - token.start > 1)
    };
    !(at > 0 && shouts(at - 1) || shouts(at + 1))
}
