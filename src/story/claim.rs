//! Sentences that sound like a claim that needs a source.

use crate::prose::Prose;

/// The kind of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Claim {
    /// That somebody did wrong.
    Accusation,
    /// What will happen.
    Prediction,
    /// What something is worth.
    Judgement,
    /// Why somebody did it.
    Motive,
    /// What brought it about.
    Cause,
}

/// For each sentence, the claim it makes.
pub fn claims(text: &str, prose: &Prose) -> Vec<Option<Claim>> {
    let _ = text;
    vec![None; prose.sentences.len()]
}
