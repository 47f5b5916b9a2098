//! The tagger: which words are source, cue and content.
//!
//! A linear-chain conditional random field, learned offline from annotated news (`model/README.md`). Its labels say not
//! only what a word is but also on which side of it the cue stands that it belongs to, so that the spans join into
//! attributions by themselves. All arithmetic is on integers: the same text has the same tags on every machine.

mod features;
pub mod model;

pub use features::View;
pub use label::{LABELS, Label};
use model::Model;

use super::Attribution;
use crate::prose::Prose;

/// The labels of a token.
pub mod label {
    /// What a token is.
    ///
    /// Each part of an attribution has a label for its first token and one for its others, so that two beside each
    /// other stay two.
    pub type Label = usize;

    /// How many labels there are.
    pub const LABELS: usize = 11;

    /// No part of an attribution.
    pub const OUTSIDE: Label = 0;
    /// Opens a source whose cue follows; the label after each of these goes on with it.
    pub const SOURCE_BEFORE: Label = 1;
    /// Opens a source whose cue went before.
    pub const SOURCE_AFTER: Label = 3;
    /// Opens a cue.
    pub const CUE: Label = 5;
    /// Opens content whose cue follows.
    pub const CONTENT_BEFORE: Label = 7;
    /// Opens content whose cue went before.
    pub const CONTENT_AFTER: Label = 9;

    /// Whether the label goes on with what another opened.
    pub const fn continues(label: Label) -> bool {
        label != OUTSIDE && label % 2 == 0
    }

    /// The label that opens what this one is part of.
    pub const fn opening(label: Label) -> Label {
        if continues(label) { label - 1 } else { label }
    }

    /// Whether one label may follow another: what goes on must have been opened.
    pub const fn may_follow(before: Label, label: Label) -> bool {
        !continues(label) || opening(before) == opening(label) && before != OUTSIDE
    }
}

/// How often a word must be a cue to be in the highest of the classes that [`View`] tells apart.
pub const MAX_CUE: u8 = 5;

/// The scores of a token's labels; the last lanes are to spare.
type Scores = [i16; model::SLOT];

/// A run of tokens that are one part of an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// The label that opens it.
    pub(super) label: Label,
    /// Its first and its last token.
    pub(super) first: usize,
    pub(super) last: usize,
    /// By how much the best reading of the text in which its first token is part of an attribution's same part beats
    /// the best in which it is not.
    pub(super) margin: i32,
}

/// The parts of attributions in a paragraph, in order. The copy begins at the byte at `opening`; `read` is what the
/// grammar finds there.
pub(super) fn segments(text: &str, prose: &Prose, opening: usize, read: &[Attribution]) -> Vec<Segment> {
    let model = model::attribution();
    let view = View::new(text, prose, read, |word| model.cue(word));
    let mut segments = Vec::new();
    let mut chain = Chain::default();
    let first = prose.tokens.partition_point(|token| (token.start as usize) < opening);
    for run in view.worth_reading() {
        let run = run.start.max(first)..run.end.max(first);
        chain.read(model, &view, run.clone());
        chain.best(run.start, &mut segments);
    }
    segments
}

/// Scores of the labels of a run of tokens, kept from run to run for their memory.
#[derive(Default)]
struct Chain {
    features: Vec<u64>,
    /// What each token by itself gives each label.
    emissions: Vec<[i32; LABELS]>,
    seams: Vec<usize>,
    /// The score of the best labels up to a token that end in each label.
    ahead: Vec<[i32; LABELS]>,
    /// The label before, in those.
    before: Vec<[u8; LABELS]>,
    /// The score of the best labels from after a token on, given its label.
    behind: Vec<[i32; LABELS]>,
}

/// Lower than any score.
const NEVER: i32 = i32::MIN / 2;

impl Chain {
    /// Reads a run of tokens: forward for the best labels (Viterbi), backward for how sure they are.
    fn read(&mut self, model: &Model, view: &View, run: std::ops::Range<usize>) {
        self.emissions.clear();
        self.seams.clear();
        for at in run {
            self.features.clear();
            view.features(at, &mut self.features);
            let mut scores = Scores::default();
            for feature in &self.features {
                model.add(*feature, &mut scores);
            }
            self.emissions.push(std::array::from_fn(|label| scores[label].into()));
            self.seams.push(view.seam(at));
        }
        self.forward(model);
        self.backward(model);
    }

    fn forward(&mut self, model: &Model) {
        self.ahead.clear();
        self.before.clear();
        for (at, emissions) in self.emissions.iter().enumerate() {
            let mut scores = [NEVER; LABELS];
            let mut befores = [0; LABELS];
            for label in 0..LABELS {
                let (score, before) = match at.checked_sub(1) {
                    None if label::continues(label) => continue,
                    None => (0, 0),
                    Some(last) => (0..LABELS)
                        .filter(|before| label::may_follow(*before, label))
                        .map(|before| {
                            (self.ahead[last][before] + model.transition(self.seams[at], before, label), before)
                        })
                        .max_by_key(|(score, before)| (*score, std::cmp::Reverse(*before)))
                        .unwrap_or((NEVER, 0)),
                };
                scores[label] = (score + emissions[label]).max(NEVER);
                befores[label] = before as u8;
            }
            self.ahead.push(scores);
            self.before.push(befores);
        }
    }

    fn backward(&mut self, model: &Model) {
        let len = self.emissions.len();
        self.behind.clear();
        self.behind.resize(len, [0; LABELS]);
        for at in (0..len.saturating_sub(1)).rev() {
            let next = at + 1;
            self.behind[at] = std::array::from_fn(|before| {
                (0..LABELS)
                    .filter(|label| label::may_follow(before, *label))
                    .map(|label| {
                        let transition = model.transition(self.seams[next], before, label);
                        transition + self.emissions[next][label] + self.behind[next][label]
                    })
                    .max()
                    .unwrap_or(NEVER)
            });
        }
    }

    /// The segments of the best labels, added to `segments`. The run begins at the token `start` of its paragraph.
    fn best(&self, start: usize, segments: &mut Vec<Segment>) {
        let Some(last) = self.ahead.last() else { return };
        let mut label = (0..LABELS).max_by_key(|label| (last[*label], std::cmp::Reverse(*label))).unwrap_or(0);
        let first = segments.len();
        let mut end = self.ahead.len();
        for at in (0..self.ahead.len()).rev() {
            if label == label::OUTSIDE {
                end = at;
            } else if !label::continues(label) {
                segments.push(Segment {
                    label,
                    first: start + at,
                    last: start + end - 1,
                    margin: self.margin(at, label),
                });
                end = at;
            }
            label = self.before[at][label].into();
        }
        segments[first..].reverse();
    }

    fn margin(&self, at: usize, chosen: Label) -> i32 {
        let score = |label: &usize| self.ahead[at][*label] + self.behind[at][*label];
        let best = |same: bool| {
            (0..LABELS).filter(|label| (label::opening(*label) == chosen) == same).map(|label| score(&label)).max()
        };
        best(true).zip(best(false)).map_or(0, |(with, without)| with - without)
    }
}
