//! Marks and the space around them.

pub(super) mod abbreviation_stops;
pub(super) mod dash;
pub(super) mod serial_comma;
pub(super) mod spacing;
pub(super) mod symbol;

use super::rule::{Finding, Repair};
use crate::fix::Applicability;
use crate::prose::{Kind, Token};
use crate::story::Place;

/// Something that is not as the house sets it, and what should stand there.
struct Slip {
    place: Place,
    right: String,
}

/// How a writer sets a mark is a habit: it is told once in a story, where it is first seen, and mended everywhere.
/// `message` is given "", or in how many more places it is.
fn once(slips: Vec<Slip>, mend: (&str, Applicability), message: impl Fn(&Slip, &str) -> String) -> Option<Finding> {
    let more = match slips.len() {
        0 | 1 => String::new(),
        2 => ", and in one more place".into(),
        n => format!(", and in {} more places", n - 1),
    };
    let first = slips.first()?;
    let finding = Finding::new(first.place, message(first, &more));
    let (title, applicability) = (mend.0.to_owned(), mend.1);
    let edits = slips.into_iter().map(|slip| (slip.place, slip.right)).collect();
    Some(finding.mended_by(vec![Repair { title, applicability, edits }]))
}

const fn is_word(token: &Token) -> bool {
    matches!(token.kind, Kind::Word | Kind::Number | Kind::Possessive)
}
