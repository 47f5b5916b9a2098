//! What may be said of people before a court has spoken.

pub(super) mod guilt_label;
