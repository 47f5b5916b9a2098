//! The lexicon's phrases, where they stand in a sentence.

use crate::lexicon::Class;
use crate::prose::Token;

/// Most adverbs in a row.
const ADVERBS: usize = 2;

/// Where a phrase ends that opens with the token at `at`.
pub(crate) fn opening(text: &str, tokens: &[Token], at: usize, phrase: &[&str]) -> Option<usize> {
    let (first, rest) = phrase.split_first()?;
    let first = is(text, tokens.get(at)?, first).then_some(at);
    let next = |last: usize, word: &&str| nearest(text, tokens, last + 1..tokens.len(), word);
    rest.iter().try_fold(first?, next).map(|last| last + 1)
}

/// Where a phrase begins that ends with the token at `at`.
pub(super) fn ending(text: &str, tokens: &[Token], at: usize, phrase: &[&str]) -> Option<usize> {
    let (last, rest) = phrase.split_last()?;
    let last = is(text, tokens.get(at)?, last).then_some(at);
    rest.iter().rev().try_fold(last?, |first, word| nearest(text, tokens, (0..first).rev(), word))
}

/// Where `word` stands among the tokens at `places`, with nothing but adverbs before it.
pub(super) fn nearest(text: &str, tokens: &[Token], places: impl Iterator<Item = usize>, word: &str) -> Option<usize> {
    let mut places = places.take(ADVERBS + 1);
    let stop = |at: &usize| is(text, &tokens[*at], word) || !tokens[*at].class.any(Class::ADVERB);
    places.find(stop).filter(|at| is(text, &tokens[*at], word))
}

/// Whether a token is that word; "not" is "n't" as well, and a curly apostrophe a straight one.
pub(super) fn is(text: &str, token: &Token, word: &str) -> bool {
    let written = token.of(text);
    let negates = word == "not" && (written.ends_with("n't") || written.ends_with("n’t"));
    let straight = || word.contains('\'') && written.replace('’', "'").eq_ignore_ascii_case(word);
    negates || written.eq_ignore_ascii_case(word) || straight()
}
