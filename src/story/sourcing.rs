//! On whose word each sentence stands.

use super::Paragraph;
use super::attribution::{Act, Attribution, stands_alone};
use crate::lexicon::Class;
use crate::prose::{Case, Kind, Prose, Quotation};
use crate::text::Span;

/// On whose word a sentence stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sourcing {
    /// It is, or holds, a quotation whose speaker the story names.
    Quoted,
    /// It has its own attribution.
    Attributed,
    /// It plainly goes on with the source before it.
    Carried,
    /// Nobody's.
    #[default]
    None,
}

/// The sourcing that a paragraph gives its sentences by itself: by its attributions, and by a speaker's label.
pub fn read(text: &str, prose: &Prose, attributions: &[Attribution]) -> Vec<Sourcing> {
    let mut sourcing = vec![Sourcing::None; prose.sentences.len()];
    if opens_with_label(text, prose) {
        sourcing.fill(Sourcing::Quoted);
        return sourcing;
    }
    for attribution in attributions {
        for span in attribution.cue.iter().chain(&attribution.content).chain(&attribution.source) {
            let first = prose.sentence_at(span.start).unwrap_or(0);
            for (sentence, sourcing) in prose.sentences.iter().zip(&mut sourcing).skip(first) {
                if sentence.span.start >= span.end {
                    break;
                }
                let quoted = attribution.act == Act::Speech && sentence.quoted;
                *sourcing = if quoted { Sourcing::Quoted } else { Sourcing::Attributed };
            }
        }
    }
    sourcing
}

/// Whether a speaker's label opens the paragraph, also inside the quotation marks: "LEE: We won."
fn opens_with_label(text: &str, prose: &Prose) -> bool {
    let tokens = &prose.tokens;
    let first = usize::from(tokens.first().is_some_and(|token| token.kind == Kind::Quote));
    let label = tokens[first.min(tokens.len())..].iter().take(4);
    let label = label.take_while(|token| token.kind == Kind::Word && token.case != Case::Lower).count();
    label > 0 && tokens.get(first + label).is_some_and(|token| token.of(text) == ":")
}

/// The sourcing of every sentence of every paragraph.
pub fn join(paragraphs: &[Paragraph<'_>]) -> Vec<Vec<Sourcing>> {
    let mut joined: Vec<Vec<Sourcing>> = Vec::with_capacity(paragraphs.len());
    // The last paragraph of copy, and whether its last sentence stands on somebody's word.
    let mut before: Option<(&Paragraph<'_>, bool)> = None;
    for paragraph in paragraphs {
        if !paragraph.is_copy() {
            joined.push(vec![Sourcing::None; paragraph.facts.sourcing.len()]);
            continue;
        }
        let mut sourcing = paragraph.facts.sourcing.clone();
        if before.is_some_and(|(earlier, sourced)| introduces(earlier) || sourced && runs_on(earlier)) {
            take_over(paragraph, &mut sourcing);
        }
        carry(paragraph, &mut sourcing);
        before = Some((paragraph, sourcing.last().is_some_and(|last| *last != Sourcing::None)));
        joined.push(sourcing);
    }
    joined
}

/// Whether the paragraph's last quotation is left open, so that the next paragraph goes on with it.
fn runs_on(paragraph: &Paragraph<'_>) -> bool {
    paragraph.facts.prose.quotations.last().is_some_and(Quotation::is_open)
}

/// Whether the paragraph ends by announcing what the next one quotes: "She went on to say:".
fn introduces(paragraph: &Paragraph<'_>) -> bool {
    paragraph.text.trim_end().ends_with(':')
}

/// Gives the quotations with which the paragraph opens to the source before it.
fn take_over(paragraph: &Paragraph<'_>, sourcing: &mut [Sourcing]) {
    let prose = &paragraph.facts.prose;
    for (sentence, sourcing) in prose.sentences.iter().zip(sourcing) {
        if !sentence.quoted {
            return;
        }
        *sourcing = Sourcing::Quoted;
    }
}

/// Carries a source on to the sentences that plainly go on with it.
fn carry(paragraph: &Paragraph<'_>, sourcing: &mut [Sourcing]) {
    let prose = &paragraph.facts.prose;
    for index in 1..sourcing.len() {
        if sourcing[index] == Sourcing::None && sourcing[index - 1] != Sourcing::None {
            let opening = prose.tokens_of(&prose.sentences[index]).iter().find(|token| token.kind == Kind::Word);
            let goes_on = opening.is_some_and(|token| {
                token.class.any(Class::PRONOUN.with(Class::POSSESSIVE))
                    || ["this", "that", "these", "those"]
                        .iter()
                        .any(|word| token.of(paragraph.text).eq_ignore_ascii_case(word))
            });
            if goes_on {
                sourcing[index] = Sourcing::Carried;
            }
        }
    }
}

/// Whether a quotation stands alone in its sentences, with nobody's word for it.
pub(crate) fn is_orphan(paragraph: &Paragraph<'_>, sourcing: &[Sourcing], outer: Span) -> bool {
    let prose = &paragraph.facts.prose;
    let first = prose.sentence_at(outer.start).unwrap_or(0);
    let sentences = prose.sentences.iter().zip(sourcing).skip(first);
    let mut sentences = sentences.take_while(|(sentence, _)| sentence.span.start < outer.end);
    sentences.all(|(_, sourcing)| *sourcing == Sourcing::None) && stands_alone(prose, outer)
}
