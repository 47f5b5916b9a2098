//! What may be said of people before a court has spoken.

pub(super) mod abuse_victim_named;
pub(super) mod crime_as_fact;
pub(super) mod guilt_label;
pub(super) mod minor_named;
mod naming;
pub(super) mod naming_before_charge;
