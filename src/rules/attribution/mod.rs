//! Who said it.

pub(super) mod agentless_belief;
pub(super) mod bare_source;
pub(super) mod channel_clash;
pub(super) mod loaded_verb;
mod near;
mod offer;
pub(super) mod reportedly;
pub(super) mod social_origin;
pub(super) mod thin_identification;
pub(super) mod truth_verb;
pub(super) mod unattributed_claim;
pub(super) mod unattributed_quote;
pub(super) mod unnamed_critics;
pub(super) mod unnamed_media;
pub(super) mod unnamed_study;
pub(super) mod unverified_media;
mod verbs;
