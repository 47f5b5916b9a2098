//! The grammar of news attribution: what it alone can tell of a paragraph. It is right four times out of five and
//! misses half; what it reads is evidence for the tagger.

mod clause;
mod cue;
mod frame;
mod source;

use super::{Act, Attribution, GRAMMAR_ALONE, SourceKind, Speech};
use crate::lexicon::{Form, verb};
use crate::prose::Prose;
use crate::text::Span;

pub(super) use cue::is_credit;
pub(crate) use frame::{carry_quotations, is_dash, stands_alone};

/// The attributions that the grammar finds, in the order of their cues. The copy begins at `opening`.
pub(super) fn read(text: &str, prose: &Prose, opening: usize) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    for (index, sentence) in prose.sentences.iter().enumerate() {
        let clause = clause::Clause::new(text, prose, index, sentence, opening);
        frame::attributions(&clause, &mut found);
    }
    found.sort_by_key(|attribution| attribution.cue.first().map(|cue| cue.start));
    frame::carry_quotations(prose, &mut found, |attribution| attribution.act == Act::Speech);
    found
}

/// Whether a cue is the look-alike of one: a verb that does other things too, and nothing said after it ("added two
/// points"), or one that ends its clause ("after most precincts had reported").
pub(super) fn is_look_alike(text: &str, prose: &Prose, attribution: &Attribution) -> bool {
    let Some((found, cue)) = prose.sentences.get(attribution.sentence).zip(attribution.cue.last()) else {
        return false;
    };
    let clause = clause::Clause::new(text, prose, attribution.sentence, found, 0);
    frame::is_look_alike(&clause, *cue, attribution)
}

/// Who says something in the passive, what kind of source they are, and what follows them that may be said: "was warned
/// by the sheriff to stay".
pub(super) fn agent(text: &str, prose: &Prose, attribution: &Attribution) -> Option<(Span, SourceKind, Option<Span>)> {
    let found = prose.sentences.get(attribution.sentence)?;
    let clause = clause::Clause::new(text, prose, attribution.sentence, found, 0);
    let (first, last) = clause.tokens_in(*attribution.cue.last()?)?;
    let by = (last..=last + 1).find(|at| clause.any(*at, &["by"]))?;
    let told = verb(clause.word(by.checked_sub(1)?)).filter(|verb| matches!(verb.form, Form::Past | Form::Participle));
    let passive = (first.saturating_sub(2)..by).any(|at| clause.any(at, BE)) || attribution.source.is_none();
    let source = source::after(&clause, by + 1, clause.end(), false).filter(|_| told.is_some() && passive)?;
    // "told by the insurer that": who tells is somebody.
    let next = source.last + 1;
    let plain = source::is_somebody(&clause, source) || clause.any(next, &["that"]);
    let said = clause.any(next, &["that", "to", "of", "for"]) && next < clause.end();
    plain.then(|| {
        let said = said.then(|| clause.span(next, clause.end() - 1));
        (clause.span(source.first, source.last), source.kind, said)
    })
}

/// The subject right before a cue that has no source of its own: "The Lees, who had been there, derided it".
pub(super) fn subject(text: &str, prose: &Prose, attribution: &Attribution) -> Option<(Span, SourceKind)> {
    let found = prose.sentences.get(attribution.sentence)?;
    let clause = clause::Clause::new(text, prose, attribution.sentence, found, 0);
    let (first, last) = clause.tokens_in(*attribution.cue.first()?)?;
    let spoken = (first..=last).rev().find_map(|at| verb(clause.word(at)))?;
    let finite = matches!(spoken.form, Form::Past | Form::Third) && !(first..=last).any(|at| clause.any(at, BE));
    let source = source::before(&clause, first).filter(|source| finite && source::is_somebody(&clause, *source))?;
    // The comma that closes an appositive is the source's.
    let span = clause.span(source.first, first - 1);
    let taken = attribution.content.iter().any(|content| content.overlaps(span) || content.end <= span.start);
    (!taken).then_some((span, source.kind))
}

/// The forms of the verb that makes a passive.
pub(super) const BE: &[&str] = &["is", "are", "was", "were", "be", "been", "being"];

/// The first and last token of the phrase that the relative pronoun at the token `who` is about.
pub(super) fn antecedent(text: &str, prose: &Prose, who: usize) -> Option<(usize, usize)> {
    let sentence = prose.sentence_at(prose.tokens[who].start as usize)?;
    let found = &prose.sentences[sentence];
    let clause = clause::Clause::new(text, prose, sentence, found, 0);
    let start = found.tokens.start as usize;
    let source = source::before(&clause, who + 1 - start)?;
    Some((source.first + start, source.last + start))
}

/// What kind of source the tokens from `first` to `last` of a paragraph name.
pub(super) fn source_kind(text: &str, prose: &Prose, first: usize, last: usize) -> SourceKind {
    let sentence = prose.sentence_at(prose.tokens[first].start as usize).unwrap_or(0);
    let Some(found) = prose.sentences.get(sentence) else { return SourceKind::default() };
    let clause = clause::Clause::new(text, prose, sentence, found, 0);
    let start = found.tokens.start as usize;
    source::kind_of(&clause, first - start, (last - start).min(clause.tokens.len() - 1)).unwrap_or_default()
}
