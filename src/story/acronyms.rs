//! Words that may be acronyms.

use crate::prose::Prose;

/// The tokens with two capitals or more, by index: acronyms, and words that have one as a part. Few words do, so that
/// what looks for acronyms need not read the rest.
pub fn mentions(text: &str, prose: &Prose) -> Vec<usize> {
    let capitals = |word: &str| word.bytes().filter(u8::is_ascii_uppercase).nth(1).is_some();
    let tokens = prose.tokens.iter().enumerate();
    tokens.filter(|(_, token)| capitals(token.of(text))).map(|(index, _)| index).collect()
}
