//! Who said it.

pub(super) mod agentless_belief;
pub(super) mod ambiguous_speaker;
pub(super) mod anonymous_and_declined;
pub(super) mod anonymous_no_byline;
pub(super) mod anonymous_no_reason;
pub(super) mod anonymous_only;
pub(super) mod anonymous_opinion;
pub(super) mod anonymous_rote_reason;
pub(super) mod bare_source;
pub(super) mod channel_clash;
pub(super) mod fragment_quote;
pub(super) mod inverted_said;
pub(super) mod late_speaker;
pub(super) mod loaded_verb;
pub(super) mod mind_reading;
mod near;
pub(super) mod nonspeech_verb;
mod offer;
pub(super) mod plural_sources;
pub(super) mod reportedly;
pub(super) mod run_on_speakers;
pub(super) mod social_origin;
pub(super) mod stiff_verb;
pub(super) mod tense_mix;
pub(super) mod thin_identification;
pub(super) mod truth_verb;
pub(super) mod unattributed_claim;
pub(super) mod unattributed_quote;
pub(super) mod unnamed_critics;
pub(super) mod unnamed_media;
pub(super) mod unnamed_study;
pub(super) mod unverified_media;
pub(super) mod vague_source;
mod verbs;

/// Whether somebody is "the" such and such.
fn is_definite(who: &str) -> bool {
    who.split_whitespace().next() == Some("the")
}
