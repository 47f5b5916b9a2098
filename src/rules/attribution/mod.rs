//! Who said it.

pub(super) mod bare_source;
pub(super) mod loaded_verb;
mod offer;
pub(super) mod truth_verb;
pub(super) mod unattributed_claim;
pub(super) mod unattributed_quote;
pub(super) mod unnamed_critics;
pub(super) mod unnamed_media;
mod verbs;
