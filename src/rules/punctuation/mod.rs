//! Marks and the space around them.

pub(super) mod abbreviation_stops;
pub(super) mod dash;
pub(super) mod serial_comma;
pub(super) mod spacing;
pub(super) mod symbol;

use crate::prose::{Kind, Token};

const fn is_word(token: &Token) -> bool {
    matches!(token.kind, Kind::Word | Kind::Number | Kind::Possessive)
}
