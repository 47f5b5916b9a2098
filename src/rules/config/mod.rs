//! What a house tells Copydesk itself: its configuration, and the comments that silence a rule.

pub(super) mod mistake;
pub(super) mod suppression_reason;
pub(super) mod unused_suppression;
