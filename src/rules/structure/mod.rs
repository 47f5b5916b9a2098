//! What belongs in the file and not in the paper.

pub(super) mod advisory_left;
pub(super) mod buried_source;
pub(super) mod placeholder;
