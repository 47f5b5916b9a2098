//! From tagged spans to attributions: each source and each piece of content goes to the cue on the side that its label
//! names.

use super::grammar;
use super::tagger::{Segment, label};
use super::{Act, Attribution};
use crate::lexicon::{Class, Verb, VerbClass, verb};
use crate::prose::{Kind, Prose, Token};
use crate::text::Span;

/// How many tokens may stand between two halves of one source: "Moe, Lee and Orr".
const SEAM: usize = 2;

/// The attributions that the segments of a paragraph make, in the order of their cues.
pub(super) fn attributions(text: &str, prose: &Prose, segments: &[Segment]) -> Vec<Attribution> {
    let cues: Vec<&Segment> = segments.iter().filter(|segment| segment.label == label::CUE).collect();
    let mut found: Vec<Attribution> = cues.iter().map(|cue| attribution(text, prose, cue)).collect();
    let mut sources: Vec<Option<(usize, usize)>> = vec![None; cues.len()];
    for segment in segments.iter().filter(|segment| segment.label != label::CUE) {
        let Some(cue) = cue_of(segment, &cues) else { continue };
        match segment.label {
            label::CONTENT_BEFORE | label::CONTENT_AFTER => {
                found[cue].content.push(span(prose, segment.first, segment.last));
            }
            _ => sources[cue] = Some(widened(sources[cue], segment, cues[cue])),
        }
    }
    for cue in 0..cues.len() {
        let own = sources[cue];
        if own.is_none() && cue > 0 && shares_source(prose, text, cues[cue - 1], cues[cue]) {
            sources[cue] = sources[cue - 1];
        }
        if let Some((first, last)) = sources[cue] {
            let attribution = &mut found[cue];
            attribution.source = Some(span(prose, first, last));
            attribution.source_kind = grammar::source_kind(text, prose, first, last);
        }
    }
    found
}

fn attribution(text: &str, prose: &Prose, cue: &Segment) -> Attribution {
    let cue_span = span(prose, cue.first, cue.last);
    Attribution {
        sentence: prose.sentence_at(cue_span.start).unwrap_or(0),
        cue: vec![cue_span],
        act: act(text, &prose.tokens[cue.first..=cue.last]),
        confidence: cue.margin,
        ..Attribution::default()
    }
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

/// The source of a cue with one more piece: both where they are one, else the one nearer to the cue.
fn widened(source: Option<(usize, usize)>, segment: &Segment, cue: &Segment) -> (usize, usize) {
    let piece = (segment.first, segment.last);
    let Some(source) = source else { return piece };
    if piece.0 <= source.1 + 1 + SEAM {
        return (source.0, piece.1);
    }
    let distance = |piece: (usize, usize)| if piece.1 < cue.first { cue.first - piece.1 } else { piece.0 - cue.last };
    if distance(piece) < distance(source) { piece } else { source }
}

/// Whether a cue without a source of its own has that of the cue before it: "Lee said … and added …, saying …".
fn shares_source(prose: &Prose, text: &str, before: &Segment, cue: &Segment) -> bool {
    let at = |segment: &Segment| prose.sentence_at(prose.tokens[segment.first].start as usize);
    let ahead = prose.tokens[..cue.first].iter().rev().find(|token| !token.class.any(Class::ADVERB));
    let joined = ahead.is_some_and(|token| matches!(token.of(text), "and" | "but" | "or" | "," | "”" | "\"" | "by" | "then"));
    at(before) == at(cue) && joined
}

/// Whether a cue reports what was said or what was thought: as its first verb has it.
fn act(text: &str, cue: &[Token]) -> Act {
    let verb = cue.iter().filter(|token| token.kind == Kind::Word).find_map(|token| verb(token.of(text)));
    match verb {
        Some(Verb { class: VerbClass::Thought, .. }) => Act::Thought,
        _ => Act::Speech,
    }
}

fn span(prose: &Prose, first: usize, last: usize) -> Span {
    Span::new(prose.tokens[first].start as usize, prose.tokens[last].end as usize)
}
