//! What is read from `rules/lexicon/`, once: the words, titles and places that an editor can change without
//! knowing Rust.

pub mod calendar;
mod claims;
mod class;
pub mod places;
mod verbs;
mod words;

pub use claims::{Claim, claim_phrases};
pub use class::Class;
pub use verbs::{Form, Verb, VerbClass, verb};
pub use words::class_of;
