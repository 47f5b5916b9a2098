//! The model: a weight for each feature, read in place.

/// How many weights there are; a feature's number is below it.
pub const SIZE: usize = 1 << 17;
/// What a weight of one is in the file.
pub const SCALE: f32 = 64.0;

static WEIGHTS: &[u8; SIZE] = include_bytes!("../../../model/claims.bin");

/// The weight of a feature.
pub(super) fn weight(feature: u32) -> i32 {
    WEIGHTS.get(feature as usize).map_or(0, |weight| i32::from(weight.cast_signed()))
}
