//! Packs what was learned into the file that the program embeds.

use copydesk::story::attribution::tagger::LABELS;
use copydesk::story::attribution::tagger::model::{CHECKED, SLOT, bucket, check, slot};

use crate::crf::{Transitions, Weights};

/// What a weight of one is in the file's units.
pub const UNIT: f32 = 100.0;
/// Features a bucket, on average.
const BUCKET: usize = 4;
/// The share of slots that are taken.
const LOAD: f64 = 0.97;

/// The weights of a feature in the file's units; `None` where nothing is left of them.
pub fn quantised(weights: &Weights) -> Option<[i8; CHECKED]> {
    let mut units = [0; CHECKED];
    for label in 0..LABELS {
        units[label] = (weights[label] * UNIT).round().clamp(-127.0, 127.0) as i8;
    }
    units.iter().any(|unit| *unit != 0).then_some(units)
}

/// The bytes of a model. `bonus`: what is added to each label after any.
pub fn pack(features: &[(u64, [i8; CHECKED])], transitions: &Transitions, bonus: impl Fn(usize) -> f32) -> Vec<u8> {
    let buckets = features.len().div_ceil(BUCKET).max(1);
    let slots = (features.len() as f64 / LOAD) as usize + 1;
    let (seeds, taken) = placed(features, buckets, slots);
    let mut bytes = Vec::new();
    bytes.extend((buckets as u32).to_le_bytes());
    bytes.extend((slots as u32).to_le_bytes());
    for after in transitions.iter().flatten() {
        for (label, weight) in after[..LABELS].iter().enumerate() {
            let units = ((weight + bonus(label)) * UNIT).round();
            bytes.extend((units as i16).to_le_bytes());
        }
    }
    seeds.iter().for_each(|seed| bytes.extend(seed.to_le_bytes()));
    for feature in taken {
        let mut slot = [0; SLOT];
        if let Some((feature, weights)) = feature.map(|at| features[at]) {
            slot[..CHECKED].copy_from_slice(&weights.map(i8::cast_unsigned));
            slot[CHECKED..].copy_from_slice(&check(feature));
        }
        bytes.extend(slot);
    }
    bytes
}

/// A seed for each bucket that gives all its features free slots, and what each slot then holds.
fn placed(features: &[(u64, [i8; CHECKED])], buckets: usize, slots: usize) -> (Vec<u16>, Vec<Option<usize>>) {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); buckets];
    for (at, (feature, _)) in features.iter().enumerate() {
        members[bucket(*feature, buckets)].push(at);
    }
    let mut order: Vec<usize> = (0..buckets).collect();
    order.sort_by_key(|bucket| std::cmp::Reverse(members[*bucket].len()));
    let mut seeds = vec![0; buckets];
    let mut taken: Vec<Option<usize>> = vec![None; slots];
    for bucket in order {
        let places =
            |seed: u16| -> Vec<usize> { members[bucket].iter().map(|at| slot(features[*at].0, seed, slots)).collect() };
        let free = |seed: &u16| {
            let mut places = places(*seed);
            let empty = places.iter().all(|place| taken[*place].is_none());
            places.sort_unstable();
            empty && places.windows(2).all(|pair| pair[0] != pair[1])
        };
        let seed = (0..=u16::MAX).find(free).expect("a seed for each bucket; lower the load");
        for (at, place) in members[bucket].iter().zip(places(seed)) {
            taken[place] = Some(*at);
        }
        seeds[bucket] = seed;
    }
    (seeds, taken)
}
