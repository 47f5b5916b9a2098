//! The tagger: which words are source, cue and content.
//!
//! A linear-chain conditional random field, learned offline from annotated news (`model/README.md`). Its labels say not
//! only what a word is but also on which side of it the cue stands that it belongs to, so that the spans join into
//! attributions by themselves. All arithmetic is on integers: the same text has the same tags on every machine.

mod features;
pub mod model;

use std::ops::Range;

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
        label != OUTSIDE && label.is_multiple_of(2)
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

/// A score for each label; the last lanes are to spare, so that the compiler can use whole registers. Sums saturate.
type Scores = [i16; model::SLOT];

/// Lower than any score, and far enough from the lowest number that sums stay apart.
const NEVER: i16 = i16::MIN / 2;

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

/// Scores of the labels of a run of tokens, kept from run to run for their memory. Those of each token are relative to
/// its best one, so that they stay small however long the run is.
#[derive(Default)]
struct Chain {
    features: Vec<u64>,
    /// What each token by itself gives each label.
    emissions: Vec<Scores>,
    seams: Vec<usize>,
    /// The score of the best labels up to a token that end in each label.
    ahead: Vec<Scores>,
    /// The score of the best labels from after a token on, given its label.
    behind: Vec<Scores>,
}

impl Chain {
    /// Reads a run of tokens: forward for the best labels (Viterbi), backward for how sure they are.
    fn read(&mut self, model: &Model, view: &View, run: Range<usize>) {
        self.emissions.clear();
        self.seams.clear();
        for at in run {
            self.features.clear();
            view.features(at, &mut self.features);
            let mut scores = Scores::default();
            self.features.iter().for_each(|feature| model.add(*feature, &mut scores));
            scores[LABELS..].fill(NEVER);
            self.emissions.push(scores);
            self.seams.push(view.seam(at));
        }
        self.forward();
        self.backward();
    }

    fn forward(&mut self) {
        self.ahead.clear();
        for (at, emissions) in self.emissions.iter().enumerate() {
            let mut scores = match at.checked_sub(1) {
                None => std::array::from_fn(|label| if label::continues(label) { NEVER } else { 0 }),
                Some(last) => best(&self.ahead[last], &model::transitions().onward[self.seams[at]]),
            };
            add(&mut scores, emissions);
            relative(&mut scores);
            self.ahead.push(scores);
        }
    }

    fn backward(&mut self) {
        let len = self.emissions.len();
        self.behind.clear();
        self.behind.resize(len, Scores::default());
        for at in (1..len).rev() {
            let mut scores = self.behind[at];
            add(&mut scores, &self.emissions[at]);
            scores = best(&scores, &model::transitions().back[self.seams[at]]);
            relative(&mut scores);
            self.behind[at - 1] = scores;
        }
    }

    /// The segments of the best labels, added to `segments`. The run begins at the token `start` of its paragraph.
    fn best(&self, start: usize, segments: &mut Vec<Segment>) {
        let Some(last) = self.ahead.last() else { return };
        let mut label = highest(last, |_| 0);
        let first = segments.len();
        let mut end = self.ahead.len();
        for at in (0..self.ahead.len()).rev() {
            if label == label::OUTSIDE {
                end = at;
            } else if !label::continues(label) {
                let margin = self.margin(at, label);
                segments.push(Segment { label, first: start + at, last: start + end - 1, margin });
                end = at;
            }
            if let Some(before) = at.checked_sub(1) {
                let back = &model::transitions().back[self.seams[at]][label];
                label = highest(&self.ahead[before], |before| back[before]);
            }
        }
        segments[first..].reverse();
    }

    fn margin(&self, at: usize, chosen: Label) -> i32 {
        let score = |label: usize| i32::from(self.ahead[at][label]) + i32::from(self.behind[at][label]);
        let best = |same| (0..LABELS).filter(|label| (label::opening(*label) == chosen) == same).map(score).max();
        best(true).zip(best(false)).map_or(0, |(with, without)| with - without)
    }
}

/// For each label, the best of `scores` with the transition to it.
fn best(scores: &Scores, transitions: &[Scores; LABELS]) -> Scores {
    let mut best = [i16::MIN; model::SLOT];
    for (score, transitions) in scores.iter().zip(transitions) {
        for (best, transition) in best.iter_mut().zip(transitions) {
            *best = (*best).max(score.saturating_add(*transition));
        }
    }
    best
}

fn add(scores: &mut Scores, others: &Scores) {
    for (score, other) in scores.iter_mut().zip(others) {
        *score = score.saturating_add(*other);
    }
}

/// Makes the best score nought, and none lower than [`NEVER`].
fn relative(scores: &mut Scores) {
    let best = scores[..LABELS].iter().copied().max().unwrap_or(0);
    for score in scores {
        *score = score.saturating_sub(best).max(NEVER);
    }
}

/// The label with the highest score, the first of equals. `transition` is added to each.
fn highest(scores: &Scores, transition: impl Fn(usize) -> i16) -> Label {
    let score = |label: &usize| scores[*label].saturating_add(transition(*label));
    (0..LABELS).rev().max_by_key(score).unwrap_or(label::OUTSIDE)
}
