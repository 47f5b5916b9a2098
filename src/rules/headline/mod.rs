//! Headlines, and what they promise of the story.

pub(super) mod case;
pub(super) mod length;
pub(super) mod not_in_story;
pub(super) mod unattributed_claim;

use crate::prose::{Case, Kind, Token};

/// Shorter words have no capital in a headline that has them on all others.
const SHORTEST: usize = 4;

/// Whether a headline has capitals on names only, as a sentence has: few of the longer words after the first.
fn is_sentence_case(text: &str, tokens: &[Token]) -> bool {
    let long = |token: &&Token| token.kind == Kind::Word && token.of(text).chars().nth(SHORTEST - 1).is_some();
    let (mut lower, mut capital) = (0, 0);
    for token in tokens.iter().skip(1).filter(long) {
        *if token.case == Case::Lower { &mut lower } else { &mut capital } += 1;
    }
    lower > 0 && lower >= capital
}
