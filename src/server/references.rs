//! First mention, all mentions, and the mentions highlighted: of a person, a title or a body.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams, GotoDefinitionResponse,
    Location, Range, ReferenceParams, TextDocumentPositionParams,
};

use super::analysis::{self, Missing};
use super::cast;
use super::session::Session;
use crate::story::Place;

/// The first mention of whom or what the words at a position name.
pub(super) async fn definition(
    session: &Arc<Session>,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>> {
    let at = params.text_document_position_params;
    let uri = at.text_document.uri.clone();
    let Some(mentions) = mentions(session, at).await? else { return Ok(None) };
    Ok(mentions.first.map(|range| Location { uri, range }.into()))
}

/// All mentions; without the first one, if the client asks for no declaration.
pub(super) async fn references(session: &Arc<Session>, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
    let at = params.text_document_position;
    let uri = at.text_document.uri.clone();
    let Some(Mentions { first, all }) = mentions(session, at).await? else { return Ok(None) };
    let wanted = all.into_iter().filter(|range| params.context.include_declaration || Some(*range) != first);
    Ok(Some(wanted.map(|range| Location { uri: uri.clone(), range }).collect()))
}

/// All mentions, to be highlighted; the first one otherwise than those after it.
pub(super) async fn highlights(
    session: &Arc<Session>,
    params: DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>> {
    let Some(Mentions { first, all }) = mentions(session, params.text_document_position_params).await? else {
        return Ok(None);
    };
    let kind = |range| if first == Some(range) { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ };
    Ok(Some(all.into_iter().map(|range| DocumentHighlight { range, kind: Some(kind(range)) }).collect()))
}

/// Where a person, a title or a body is named.
struct Mentions {
    /// The first mention: of a title, the first of its bearer.
    first: Option<Range>,
    all: Vec<Range>,
}

async fn mentions(session: &Arc<Session>, at: TextDocumentPositionParams) -> Result<Option<Mentions>> {
    let snapshot = session.snapshot(&at.text_document.uri).ok_or(Missing::Unopened)?;
    let found = analysis::read(session, snapshot, move |story, draft, places| {
        let (paragraph, offset) = draft.prose_at(places.offset(at.position))?;
        let (subject, _) = cast::at(story, paragraph, offset)?;
        let range = |place: Place| places.range(draft.locate(place.paragraph, place.span));
        let first = cast::first(story, &subject).map(range);
        let all = cast::uses(story, &subject).into_iter().map(|used| range(used.place)).collect();
        Some(Mentions { first, all })
    });
    Ok(found.await?.flatten())
}
