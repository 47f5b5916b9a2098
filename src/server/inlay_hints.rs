//! Inlay hints: who "he" is. Only where the editor's settings ask for them.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintParams};

use super::analysis::{self, Missing};
use super::session::Session;
use crate::story::attribution::SourceKind;

/// Behind each pronoun that speaks in the range, the name of who that is, as far as the story tells.
pub(super) async fn hints(session: &Arc<Session>, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
    let snapshot = session.snapshot(&params.text_document.uri).ok_or(Missing::Unopened)?;
    if !session.configuration.editor_for(snapshot.path.as_deref()).inlay_hints {
        return Ok(None);
    }
    let read = analysis::read(session, snapshot, move |story, draft, places| {
        let shown = places.span(params.range);
        let pronouns = story.attributions.iter().filter(|it| it.attribution.source_kind == SourceKind::Pronoun);
        let hints = pronouns.filter_map(|joined| {
            let (speaker, source) = (joined.speaker.as_deref()?, joined.attribution.source?);
            let span = draft.locate(joined.paragraph, source);
            let surname = joined.person.map(|person| story.people[person].surname.as_str());
            let inside = shown.start <= span.end && span.end <= shown.end;
            inside.then(|| hint(places.range(span).end, surname.unwrap_or(speaker), speaker))
        });
        hints.collect()
    });
    Ok(read.await?)
}

fn hint(position: tower_lsp::ls_types::Position, name: &str, whole: &str) -> InlayHint {
    InlayHint {
        position,
        label: InlayHintLabel::String(format!("({name})")),
        kind: None,
        text_edits: None,
        tooltip: Some(format!("{whole} speaks here.").into()),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}
