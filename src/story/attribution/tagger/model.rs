//! The learned weights, read where they lie: nothing is unpacked.
//!
//! A model is one table of features. A feature's slot is found from its hash without search (hash and displace; see
//! Belazzougui, Botelho and Dietzfelbinger, "Hash, displace, and compress", 2009). Three bytes of check tell a feature
//! that the model knows from one that it doesn't.

use std::array;
use std::sync::LazyLock;

use super::label::may_follow;
use super::{LABELS, NEVER, Scores};

/// The weights of the tagger; `model/README.md` says what they were learned from and how good they are.
static ATTRIBUTION: Model = Model::of(include_bytes!("../../../../model/attribution.bin"));

/// How many tables of transitions there are, one for each kind of seam between two tokens.
pub const SEAMS: usize = 12;
/// Bytes of a slot: a weight for each label, some to spare, and the check.
pub const SLOT: usize = 16;
/// Bytes of a slot before its check.
pub const CHECKED: usize = 13;

/// A model in memory: the numbers of buckets and of slots (`u32`), the transitions (`i16`, by seam, label before and
/// label), a seed for each bucket (`u16`), and the slots. All numbers are little-endian.
pub(super) struct Model {
    transitions: &'static [u8],
    seeds: &'static [[u8; 2]],
    slots: &'static [[u8; SLOT]],
}

/// The model of the program.
pub(super) fn attribution() -> &'static Model {
    &ATTRIBUTION
}

/// The transitions over each kind of seam, ready to be added to the scores of all labels at once.
pub(super) struct Transitions {
    /// By the label before: what it adds to go on to each label.
    pub(super) onward: [[Scores; LABELS]; SEAMS],
    /// By label: what it adds to come from each label before.
    pub(super) back: [[Scores; LABELS]; SEAMS],
}

/// The transitions of the program's model: a few kilobytes, laid out when first asked for.
pub(super) fn transitions() -> &'static Transitions {
    static TRANSITIONS: LazyLock<Transitions> = LazyLock::new(|| {
        let table = |of: fn(usize, usize, usize) -> i16| {
            array::from_fn(|seam| array::from_fn(|one| array::from_fn(|other| of(seam, one, other))))
        };
        Transitions {
            onward: table(|seam, before, label| ATTRIBUTION.transition(seam, before, label)),
            back: table(|seam, label, before| ATTRIBUTION.transition(seam, before, label)),
        }
    });
    &TRANSITIONS
}

impl Model {
    const fn of(bytes: &'static [u8]) -> Self {
        let (header, rest) = bytes.split_at(8);
        let buckets = u32::from_le_bytes([header[0], header[1], header[2], header[3]]) as usize;
        let slots = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
        let (transitions, rest) = rest.split_at(2 * SEAMS * LABELS * LABELS);
        let (seeds, rest) = rest.split_at(2 * buckets);
        let (slots, _) = rest.split_at(SLOT * slots);
        let ((seeds, _), (slots, _)) = (seeds.as_chunks(), slots.as_chunks());
        Self { transitions, seeds, slots }
    }

    /// What going from one label to another over a seam adds to the score.
    fn transition(&self, seam: usize, before: usize, label: usize) -> i16 {
        if before >= LABELS || label >= LABELS || !may_follow(before, label) {
            return NEVER;
        }
        let at = 2 * ((seam * LABELS + before) * LABELS + label);
        i16::from_le_bytes([self.transitions[at], self.transitions[at + 1]])
    }

    /// Adds the weights of a feature, if the model knows it, to the scores of a token's labels.
    pub(super) fn add(&self, feature: u64, scores: &mut Scores) {
        let slot = self.slot(feature);
        // No branch: half of all features are unknown, and nobody can guess which.
        let known = -i16::from(slot[CHECKED..] == check(feature));
        for (score, weight) in scores.iter_mut().zip(slot) {
            *score = score.saturating_add(i16::from(weight.cast_signed()) & known);
        }
    }

    /// How often a word is (part of) a cue, from 0 (hardly ever) to [`MAX_CUE`](super::MAX_CUE).
    pub(super) fn cue(&self, word: u64) -> u8 {
        let feature = cue_feature(word);
        let slot = self.slot(feature);
        if slot[CHECKED..] == check(feature) { slot[0] } else { 0 }
    }

    /// The slot in which a feature stands, if anywhere.
    fn slot(&self, feature: u64) -> &'static [u8; SLOT] {
        let bucket = bucket(feature, self.seeds.len());
        let seed = u16::from_le_bytes(self.seeds[bucket]);
        &self.slots[slot(feature, seed, self.slots.len())]
    }
}

/// The feature under which the table keeps how often a word is a cue.
pub const fn cue_feature(word: u64) -> u64 {
    mix(0, word)
}

/// The bucket of a feature among `buckets`.
pub const fn bucket(feature: u64, buckets: usize) -> usize {
    (((feature >> 32) * buckets as u64) >> 32) as usize
}

/// The slot of a feature among `slots`, given its bucket's seed.
pub const fn slot(feature: u64, seed: u16, slots: usize) -> usize {
    let mixed = (feature ^ (seed as u64 + 1).wrapping_mul(0xd6e8_feb8_6659_fd93)).wrapping_mul(MULTIPLIER);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (((mixed >> 32) * slots as u64) >> 32) as usize
}

/// What a slot keeps of a feature to tell it from others.
pub const fn check(feature: u64) -> [u8; SLOT - CHECKED] {
    let [.., a, b, c] = feature.wrapping_mul(0x94d0_49bb_1331_11eb).to_le_bytes();
    [a, b, c]
}

/// The multiplier of Fibonacci hashing: 2^64 divided by the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes a part of a feature into its hash.
pub(super) const fn mix(hash: u64, part: u64) -> u64 {
    let mixed = (hash.rotate_left(23) ^ part).wrapping_mul(MULTIPLIER);
    mixed ^ (mixed >> 32)
}

/// The hash of a word, capitals taken as small letters.
pub(super) fn hash(word: &[u8]) -> u64 {
    word.iter().fold(0, |hash, byte| mix(hash, byte.to_ascii_lowercase().into()))
}
