//! Semantic tokens: what is quoted, whose word it is, by which words, and what is on nobody's word. Only where the editor's
//! settings ask for them: not everybody likes colors in copy.

use std::sync::{Arc, PoisonError};

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    self as lsp, SemanticToken, SemanticTokenType, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams,
    SemanticTokensEdit, SemanticTokensFullDeltaResult, SemanticTokensFullOptions, SemanticTokensLegend,
    SemanticTokensOptions, SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult,
    SemanticTokensResult, Uri, WorkDoneProgressOptions,
};

use super::analysis::{self, Missing};
use super::convert::Places;
use super::session::{Session, Snapshot};
use super::sources::UNATTRIBUTED;
use crate::format::Draft;
use crate::story::Story;
use crate::text::Span;

/// The types of tokens, by which a token names its own. They are ours: an editor gives them colors if it knows them.
const TYPES: [SemanticTokenType; 4] = [
    SemanticTokenType::new("quotation"),
    SemanticTokenType::new("source"),
    SemanticTokenType::new("cue"),
    SemanticTokenType::new("unattributed"),
];
const QUOTATION: u32 = 0;
const SOURCE: u32 = 1;
const CUE: u32 = 2;
const NOBODYS: u32 = 3;

/// What the server offers.
pub(super) fn offer() -> SemanticTokensOptions {
    SemanticTokensOptions {
        work_done_progress_options: WorkDoneProgressOptions::default(),
        legend: SemanticTokensLegend { token_types: TYPES.into(), token_modifiers: Vec::new() },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
    }
}

/// The tokens that a client was given of a document, and what it knows them by.
pub(super) struct Given {
    id: String,
    tokens: Vec<SemanticToken>,
}

/// The tokens of a draft; none where the settings don't ask for them.
pub(super) async fn tokens(
    session: &Arc<Session>,
    params: SemanticTokensParams,
) -> Result<Option<SemanticTokensResult>> {
    let given = give(session, &params.text_document.uri).await?;
    Ok(given.map(|(tokens, _)| SemanticTokensResult::Tokens(tokens)))
}

/// What has changed in them since the client was given some; all of them, if those were not the last.
pub(super) async fn changes(
    session: &Arc<Session>,
    params: SemanticTokensDeltaParams,
) -> Result<Option<SemanticTokensFullDeltaResult>> {
    let given = give(session, &params.text_document.uri).await?;
    Ok(given.map(|(tokens, before)| match before.filter(|before| before.id == params.previous_result_id) {
        None => SemanticTokensFullDeltaResult::Tokens(tokens),
        Some(before) => {
            let edits = difference(&before.tokens, &tokens.data).into_iter().collect();
            let delta = SemanticTokensDelta { result_id: tokens.result_id, edits };
            SemanticTokensFullDeltaResult::TokensDelta(delta)
        }
    }))
}

/// The tokens of a draft, and those that the client was given before.
async fn give(session: &Arc<Session>, uri: &Uri) -> Result<Option<(SemanticTokens, Option<Given>)>> {
    let snapshot = session.snapshot(uri).ok_or(Missing::Unopened)?;
    let (id, last) = (snapshot.generation.to_string(), Arc::clone(&snapshot.colored));
    let Some(data) = read(session, snapshot, None).await? else { return Ok(None) };
    let given = Given { id: id.clone(), tokens: data.clone() };
    let before = last.lock().unwrap_or_else(PoisonError::into_inner).replace(given);
    Ok(Some((SemanticTokens { result_id: Some(id), data }, before)))
}

/// The one edit that makes `after` of `before`, if they differ: all between what they begin and end with alike. Each token is
/// five numbers to the protocol. As each says how far it stands from the one before, those after an edited line are as they
/// were.
fn difference(before: &[SemanticToken], after: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    const NUMBERS: usize = 5;
    let start = before.iter().zip(after).take_while(|(before, after)| before == after).count();
    let (before, after) = (&before[start..], &after[start..]);
    let end = before.iter().rev().zip(after.iter().rev()).take_while(|(before, after)| before == after).count();
    let (gone, new) = (before.len() - end, &after[..after.len() - end]);
    (gone > 0 || !new.is_empty()).then(|| SemanticTokensEdit {
        start: u32::try_from(start * NUMBERS).unwrap_or(u32::MAX),
        delete_count: u32::try_from(gone * NUMBERS).unwrap_or(u32::MAX),
        data: Some(new.to_vec()),
    })
}

/// Those of them that reach into a range: what an editor shows first of a long draft.
pub(super) async fn tokens_in(
    session: &Arc<Session>,
    params: SemanticTokensRangeParams,
) -> Result<Option<SemanticTokensRangeResult>> {
    let snapshot = session.snapshot(&params.text_document.uri).ok_or(Missing::Unopened)?;
    let data = read(session, snapshot, Some(params.range)).await?;
    Ok(data.map(|data| SemanticTokensRangeResult::Tokens(SemanticTokens { result_id: None, data })))
}

async fn read(
    session: &Arc<Session>,
    snapshot: Snapshot,
    range: Option<lsp::Range>,
) -> Result<Option<Vec<SemanticToken>>> {
    if !session.configuration.editor_for(snapshot.path.as_deref()).semantic_tokens {
        return Ok(None);
    }
    let report = analysis::report_on(session, snapshot.clone()).await?;
    let read = analysis::read(session, snapshot, move |story, draft, places| {
        let claims = report.diagnostics.iter().filter(|found| UNATTRIBUTED.contains(&found.rule));
        let mut spans: Vec<(Span, u32)> = told(story, draft);
        spans.extend(claims.map(|found| (found.span, NOBODYS)));
        let within = range.map_or(Span::new(0, usize::MAX), |range| places.span(range));
        encode(spans, within, places)
    });
    Ok(read.await?)
}

/// The quotations of the copy, and the sources and cues of its attributions, at places of the file.
fn told(story: &Story<'_>, draft: &Draft<'_>) -> Vec<(Span, u32)> {
    let mut spans = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.is_copy()) {
        let quotations = paragraph.facts.prose.quotations.iter();
        spans.extend(quotations.map(|quotation| (draft.locate(index, quotation.outer()), QUOTATION)));
    }
    for joined in &story.attributions {
        let attribution = joined.attribution;
        let source = attribution.source.iter().map(|span| (*span, SOURCE));
        let cues = attribution.cue.iter().map(|span| (*span, CUE));
        spans.extend(source.chain(cues).map(|(span, kind)| (draft.locate(joined.paragraph, span), kind)));
    }
    spans
}

/// The tokens as the protocol has them: in order, none over another or over the end of a line, each by how far it stands
/// from the one before. Where two overlap, the one that begins first stays. Those that do not reach into `within` are left
/// out.
fn encode(mut spans: Vec<(Span, u32)>, within: Span, places: &Places<'_>) -> Vec<SemanticToken> {
    spans.sort_unstable_by_key(|(span, kind)| (span.start, *kind));
    let text = places.document.text();
    let mut tokens = Vec::with_capacity(spans.len());
    let (mut line, mut column, mut covered) = (0, 0, 0);
    for (span, token_type) in spans {
        if span.start < covered || span.is_empty() {
            continue;
        }
        covered = span.end;
        let mut start = span.start;
        for piece in span.of(&text).split_inclusive(['\n', '\r']) {
            let words = piece.trim_end_matches(['\n', '\r']);
            let place = Span::new(start, start + words.len());
            start += piece.len();
            if words.trim().is_empty() || !place.overlaps(within) {
                continue;
            }
            let range = places.range(place);
            let same = range.start.line == line;
            tokens.push(SemanticToken {
                delta_line: range.start.line - line,
                delta_start: if same { range.start.character - column } else { range.start.character },
                length: range.end.character - range.start.character,
                token_type,
                token_modifiers_bitset: 0,
            });
            (line, column) = (range.start.line, range.start.character);
        }
    }
    tokens
}
