//! Figures that contradict each other. A wrong accusation costs more than ten catches: where a reading is open, these
//! rules say nothing.

pub(super) mod place_region;
pub(super) mod unit_conversion;
