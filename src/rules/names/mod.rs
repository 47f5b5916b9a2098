//! What people are called.

pub(super) mod courtesy_title;
pub(super) mod inconsistent_spelling;
