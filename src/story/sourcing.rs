//! On whose word each sentence stands.

use super::Paragraph;
use super::attribution::Joined;

/// On whose word a sentence stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sourcing {
    /// It is, or holds, a quotation whose speaker the story names.
    Quoted,
    /// It has its own attribution.
    Attributed,
    /// It plainly goes on with the source before it.
    Carried,
    /// Nobody's.
    #[default]
    None,
}

/// The sourcing of every sentence of every paragraph.
pub fn join(paragraphs: &[Paragraph<'_>], attributions: &[Joined<'_>]) -> Vec<Vec<Sourcing>> {
    let _ = attributions;
    paragraphs.iter().map(|paragraph| vec![Sourcing::None; paragraph.facts.prose.sentences.len()]).collect()
}
