//! People: their names, their titles, and every place where they are mentioned.

use super::{Paragraph, Place};
use crate::prose::Prose;
use crate::text::Span;

/// A person named in a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mention {
    /// The name: "Pete Hegseth".
    pub span: Span,
    /// The title that stands with it: "War Secretary", "a Japanese military analyst".
    pub title: Option<Span>,
}

/// A person of the story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The fullest name the story gives.
    pub name: String,
    /// The titles the story gives them, each once, in order.
    pub titles: Vec<String>,
    /// Every naming, in order, with the place of the title that stands with it.
    pub mentions: Vec<(Place, Option<Place>)>,
}

/// The people named in a paragraph.
pub fn mentions(text: &str, prose: &Prose) -> Vec<Mention> {
    let _ = (text, prose);
    Vec::new()
}

/// The people of the story.
pub fn join(paragraphs: &[Paragraph<'_>]) -> Vec<Person> {
    let _ = paragraphs;
    Vec::new()
}
