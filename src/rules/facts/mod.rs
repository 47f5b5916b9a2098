//! Figures that contradict each other. A wrong accusation costs more than ten catches: where a reading is open, these
//! rules say nothing.

pub(super) mod age_birth;
pub(super) mod number_mismatch;
pub(super) mod percent_change;
pub(super) mod place_region;
pub(super) mod sum;
pub(super) mod unit_conversion;
