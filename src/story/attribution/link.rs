//! From tagged spans to attributions: each source and each piece of content goes to the cue on the side that its label
//! names.

use super::Attribution;
use super::grammar;
use super::tagger::{Segment, label};
use crate::lexicon::Class;
use crate::prose::Prose;
use crate::text::Span;

/// How many tokens may stand between two halves of one source: "Moe, Lee and Orr".
const SEAM: usize = 2;

/// The attributions that the segments of a paragraph make, in the order of their cues.
pub(super) fn attributions(text: &str, prose: &Prose, segments: &[Segment]) -> Vec<Attribution> {
    let cues: Vec<&Segment> = segments.iter().filter(|segment| segment.label == label::CUE).collect();
    let mut found: Vec<Attribution> = cues.iter().map(|cue| attribution(prose, cue)).collect();
    let mut sources: Vec<Option<(usize, usize)>> = vec![None; cues.len()];
    let mut contents: Vec<Vec<&Segment>> = vec![Vec::new(); cues.len()];
    for segment in segments.iter().filter(|segment| segment.label != label::CUE) {
        let Some(cue) = cue_of(segment, &cues) else { continue };
        match segment.label {
            label::CONTENT_BEFORE | label::CONTENT_AFTER => contents[cue].push(segment),
            _ => sources[cue] = Some(widened(sources[cue], segment, cues[cue])),
        }
    }
    share_out(&mut contents, &cues);
    for (attribution, content) in found.iter_mut().zip(contents) {
        attribution.content = content.iter().map(|segment| span(prose, segment.first, segment.last)).collect();
    }
    for cue in 0..cues.len() {
        if sources[cue].is_none() && cue > 0 && shares_source(prose, text, cues[cue - 1], cues[cue]) {
            sources[cue] = sources[cue - 1];
            // "A source, who asked for more, said": the second verb is not the relative clause's.
            if let Some((_, last)) = sources[cue]
                && prose.tokens[last].of(text).eq_ignore_ascii_case("who")
            {
                sources[cue] = grammar::antecedent(text, prose, last);
            }
        }
        if let Some((first, last)) = sources[cue] {
            let attribution = &mut found[cue];
            attribution.source = Some(span(prose, first, last));
            attribution.source_kind = grammar::source_kind(text, prose, first, last);
        }
    }
    found
}

fn attribution(prose: &Prose, cue: &Segment) -> Attribution {
    let cue_span = span(prose, cue.first, cue.last);
    Attribution {
        sentence: prose.sentence_at(cue_span.start).unwrap_or(0),
        cue: vec![cue_span],
        confidence: confidence(cue.margin),
        ..Attribution::default()
    }
}

/// How many in a hundred of the cues that win by so much are cues: measured on stories that the tagger was not trained
/// on (`model/README.md`).
const CALIBRATION: [(i32, u8); 5] = [(600, 98), (400, 96), (300, 85), (200, 78), (150, 72)];
/// … and of those that win by less.
pub(super) const CLOSE: u8 = 59;

/// What a tagger's margin is worth.
fn confidence(margin: i32) -> u8 {
    CALIBRATION.iter().find(|(from, _)| margin >= *from).map_or(CLOSE, |(_, percent)| *percent)
}

/// The index of the cue that a source or a piece of content belongs to.
fn cue_of(segment: &Segment, cues: &[&Segment]) -> Option<usize> {
    let next = cues.partition_point(|cue| cue.first < segment.first);
    let after = (next < cues.len()).then_some(next);
    let before = next.checked_sub(1);
    match segment.label {
        label::SOURCE_BEFORE | label::CONTENT_BEFORE => after.or(before),
        _ => before.or(after),
    }
}

/// Gives cues that were left without content what stands between them and a neighbour that has more.
fn share_out(contents: &mut [Vec<&Segment>], cues: &[&Segment]) {
    for cue in 0..cues.len() {
        if contents[cue].is_empty() && cue > 0 && contents[cue - 1].len() > 1 {
            let between = contents[cue - 1].pop_if(|last| last.first > cues[cue - 1].last);
            contents[cue].extend(between);
        }
        if contents[cue].is_empty() && cue + 1 < cues.len() && contents[cue + 1].len() > 1 {
            let between = contents[cue + 1][0].last < cues[cue + 1].first;
            if between {
                let first = contents[cue + 1].remove(0);
                contents[cue].push(first);
            }
        }
    }
}

/// The source of a cue with one more piece: both where they are one, else the one nearer to the cue.
fn widened(source: Option<(usize, usize)>, segment: &Segment, cue: &Segment) -> (usize, usize) {
    let piece = (segment.first, segment.last);
    let Some(source) = source else { return piece };
    if piece.0 <= source.1 + 1 + SEAM {
        return (source.0, piece.1);
    }
    // What stands within the cue is beside nothing.
    let after = |first: usize| first.checked_sub(cue.last).unwrap_or(usize::MAX);
    let distance = |piece: (usize, usize)| if piece.1 < cue.first { cue.first - piece.1 } else { after(piece.0) };
    if distance(piece) < distance(source) { piece } else { source }
}

/// Whether a cue without a source of its own has that of the cue before it: "Lee said … and added …, saying …".
fn shares_source(prose: &Prose, text: &str, before: &Segment, cue: &Segment) -> bool {
    let at = |segment: &Segment| prose.sentence_at(prose.tokens[segment.first].start as usize);
    let ahead = prose.tokens[..cue.first].iter().rev().find(|token| !token.class.any(Class::ADVERB));
    let joined =
        ahead.is_some_and(|token| matches!(token.of(text), "and" | "but" | "or" | "," | "”" | "\"" | "by" | "then"));
    at(before) == at(cue) && joined
}

fn span(prose: &Prose, first: usize, last: usize) -> Span {
    Span::new(prose.tokens[first].start as usize, prose.tokens[last].end as usize)
}
