//! Attributions: source, cue, content.

use super::Paragraph;
use super::people::Person;
use crate::prose::Prose;
use crate::text::Span;

/// A passage said, written or thought by a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Index of the sentence in which the cue stands.
    pub sentence: usize,
    /// Who: "Yoshihiro Inaba, a Japanese military analyst".
    pub source: Option<Span>,
    /// By which words it is attributed: "said", "according to".
    pub cue: Vec<Span>,
    /// What is attributed.
    pub content: Vec<Span>,
    /// In their words or the reporter's.
    pub kind: Speech,
    /// Said, or thought.
    pub act: Act,
    /// What kind of source it is.
    pub source_kind: SourceKind,
}

/// In whose words something is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speech {
    /// In quotation marks.
    Direct,
    /// In the reporter's words.
    #[default]
    Indirect,
    /// Partly quoted.
    Mixed,
}

/// What somebody is reported to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Act {
    /// Say or write it.
    #[default]
    Speech,
    /// Think, want or feel it.
    Thought,
}

/// What kind of source it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A person by name.
    Named,
    /// A person or people by role: "the analyst", "police officials".
    #[default]
    Role,
    /// A body: "the Pentagon", "Japan's Ministry of Defense".
    Organization,
    /// A document: "the report", "court records".
    Document,
    /// Unnamed on purpose: "a source", "a person familiar with the talks".
    Anonymous,
    /// Nobody in particular: "critics", "media outlets".
    Vague,
    /// "He", "they".
    Pronoun,
}

/// An attribution in its story.
#[derive(Clone, Debug)]
pub struct Joined<'s> {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// What the paragraph says.
    pub attribution: &'s Attribution,
    /// Who speaks, as far as the story tells: a person's full name, a body's name.
    pub speaker: Option<String>,
    /// Index of the person in the story's people, where the speaker is one.
    pub person: Option<usize>,
}

/// The attributions of a paragraph.
pub fn attributions(text: &str, prose: &Prose) -> Vec<Attribution> {
    let _ = (text, prose);
    Vec::new()
}

/// The attributions of the story, with their speakers.
pub fn join<'s>(paragraphs: &[Paragraph<'s>], people: &[Person]) -> Vec<Joined<'s>> {
    let _ = (paragraphs, people);
    Vec::new()
}
