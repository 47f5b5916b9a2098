//! Whether a sentence repeats what the story gives a source for elsewhere.

use crate::lexicon::Class;
use crate::prose::{Kind, Token};

/// The content words of a sentence, a bit each, several to a bit: tells quickly that two sentences share too few.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Print(u128);

/// Fewest content words by which a repetition can be told.
const FEWEST: usize = 4;

/// Words that carry no content.
const EMPTY: Class = Class::DETERMINER
    .with(Class::PRONOUN)
    .with(Class::POSSESSIVE)
    .with(Class::PREPOSITION)
    .with(Class::CONJUNCTION)
    .with(Class::AUXILIARY)
    .with(Class::MODAL)
    .with(Class::ADVERB)
    .with(Class::SPEECH);

/// A content word by its first six letters, so that "election" is "elections".
fn content<'t>(text: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = u32> + 't {
    let words = tokens.iter().filter(|token| token.kind == Kind::Word && !token.class.any(EMPTY));
    words.map(|token| token.of(text).as_bytes()).filter(|word| word.len() > 3).map(|word| {
        let stem = word.iter().take(6);
        stem.fold(0, |hash: u32, letter| hash.wrapping_mul(31).wrapping_add(u32::from(letter.to_ascii_lowercase())))
    })
}

impl Print {
    pub(super) fn of(text: &str, tokens: &[Token]) -> Self {
        Self(content(text, tokens).fold(0, |print, word| print | 1 << (word.wrapping_mul(0x9E37_79B9) >> 25)))
    }

    /// Whether most of these words may be among the `other` sentence's.
    pub(super) fn is_mostly_in(self, other: Self) -> bool {
        is_most((self.0 & other.0).count_ones() as usize, self.0.count_ones() as usize)
    }
}

const fn is_most(shared: usize, of: usize) -> bool {
    shared * 4 >= of * 3
}

/// Whether most content words of a sentence are in the other.
pub(super) fn repeats(text: &str, tokens: &[Token], other_text: &str, other: &[Token]) -> bool {
    let theirs: Vec<u32> = content(other_text, other).collect();
    let mut own: Vec<u32> = content(text, tokens).collect();
    own.sort_unstable();
    own.dedup();
    own.len() >= FEWEST && is_most(own.iter().filter(|word| theirs.contains(word)).count(), own.len())
}
