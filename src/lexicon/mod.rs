//! What is read from `rules/lexicon/`, once: the words, titles and places that an editor can change without
//! knowing Rust.

pub mod calendar;
mod class;
pub mod places;
mod verbs;
mod words;

pub use class::Class;
pub use verbs::{Form, Verb, VerbClass, verb};
pub use words::class_of;
