//! The attribution tagger: which words are source, cue and content.

use std::collections::HashMap;
use std::error::Error;
use std::time::Instant;

use copydesk::story::attribution::tagger::model::{CHECKED, cue_feature};
use copydesk::story::attribution::tagger::{View, label};

use crate::corpus::{self, Paragraph};
use crate::crf::{self, Course, Sequence};
use crate::pack;

/// Where the model goes.
const MODEL: &str = "model/attribution.bin";

const COURSE: Course = Course { epochs: 15, rate: 0.1, penalty: 4.0, dropout: 0.2, runs: 4 };
/// A feature seen less often says too little.
const SEEN: u32 = 4;
/// Added to the labels that open something: the likeliest labelling misses more than it makes up.
const BOLDNESS: f32 = 0.35;

/// Learns the tagger and writes it.
pub fn train(corpus: &str) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let paragraphs = corpus::read(corpus)?;
    let cues = cues(&paragraphs);
    let views: Vec<View> = paragraphs.iter().map(|paragraph| paragraph.view(|word| class(&cues, word))).collect();
    let numbers = numbered(&views);
    let sequences: Vec<Sequence> =
        views.iter().zip(&paragraphs).map(|(view, paragraph)| sequence(view, paragraph, &numbers)).collect();
    println!("{} paragraphs, {} cue words, {} features", sequences.len(), cues.len(), numbers.len());
    let field = crf::learn(&sequences, numbers.len(), &COURSE);
    let mut features: Vec<(u64, [i8; CHECKED])> = numbers
        .iter()
        .filter_map(|(feature, number)| Some((*feature, pack::quantised(&field.weights[*number as usize])?)))
        .collect();
    println!("{} features have weight", features.len());
    features.extend(cues.iter().map(|(word, class)| {
        let mut slot = [0; CHECKED];
        slot[0] = class.cast_signed();
        (cue_feature(*word), slot)
    }));
    features.sort_unstable();
    let opens = |label: label::Label| label != label::OUTSIDE && !label::continues(label);
    let bytes = pack::pack(&features, &field.transitions, |label| if opens(label) { BOLDNESS } else { 0.0 });
    std::fs::write(MODEL, &bytes)?;
    println!("{MODEL}: {} bytes, {:.0} s", bytes.len(), begun.elapsed().as_secs_f32());
    Ok(())
}

/// The words that are often (part of) a cue, and how often, in classes.
fn cues(paragraphs: &[Paragraph]) -> HashMap<u64, u8> {
    let mut counts: HashMap<u64, (u32, u32)> = HashMap::new();
    for paragraph in paragraphs {
        let view = paragraph.view(|_| 0);
        for (at, label) in paragraph.labels.iter().enumerate() {
            let (cue, all) = counts.entry(view.word(at)).or_default();
            *cue += u32::from(label::opening(*label) == label::CUE);
            *all += 1;
        }
    }
    let class = |(cue, all): (u32, u32)| match f64::from(cue) / f64::from(all) {
        _ if cue < 3 => 0,
        share if share > 0.8 => 5,
        share if share > 0.55 => 4,
        share if share > 0.3 => 3,
        share if share > 0.15 => 2,
        share if share > 0.07 => 1,
        _ => 0,
    };
    counts.into_iter().map(|(word, counts)| (word, class(counts))).filter(|(_, class)| *class > 0).collect()
}

fn class(cues: &HashMap<u64, u8>, word: u64) -> u8 {
    cues.get(&word).copied().unwrap_or(0)
}

/// A number for each feature that is seen often enough.
fn numbered(views: &[View]) -> HashMap<u64, u32> {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    let mut features = Vec::new();
    for view in views {
        for at in 0..view.len() {
            features.clear();
            view.features(at, &mut features);
            features.iter().for_each(|feature| *counts.entry(*feature).or_default() += 1);
        }
    }
    let mut often: Vec<u64> =
        counts.into_iter().filter(|(_, count)| *count >= SEEN).map(|(feature, _)| feature).collect();
    often.sort_unstable();
    often.into_iter().zip(0..).collect()
}

fn sequence(view: &View, paragraph: &Paragraph, numbers: &HashMap<u64, u32>) -> Sequence {
    let mut sequence = Sequence { features: Vec::new(), bounds: vec![0], seams: Vec::new(), labels: Vec::new() };
    let mut features = Vec::new();
    for at in 0..view.len() {
        features.clear();
        view.features(at, &mut features);
        sequence.features.extend(features.iter().filter_map(|feature| numbers.get(feature)));
        sequence.bounds.push(sequence.features.len() as u32);
        sequence.seams.push(view.seam(at));
        sequence.labels.push(paragraph.labels[at]);
    }
    sequence
}
