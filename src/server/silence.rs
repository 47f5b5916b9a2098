//! Quick fixes that silence a rule: a comment in Markdown and HTML; in plain text, which has none, an entry in the baseline.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, ResourceOp, TextDocumentEdit, Uri, WorkspaceEdit,
};

use super::analysis::Report;
use super::convert::Places;
use super::session::{Kind, Session};
use crate::baseline::Entry;
use crate::config::discover::BaselineFile;
use crate::diagnostic::Diagnostic;
use crate::format::{self, Format};
use crate::suppress::{Offer, offer};
use crate::text::Document;

/// What is written to silence a rule.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Silence {
    /// A comment, for the match alone.
    Here,
    /// A comment, for the paragraph.
    Paragraph,
    /// A comment, for the file.
    File,
    /// An entry in the baseline.
    Baseline,
}

/// Where more is reported at one place, nobody asks how to silence it.
const MOST: usize = 8;

/// The ways to silence what is found, each with its index and a title: what they write is known once one is chosen.
pub(super) fn ways(session: &Session, report: &Report, found: &[usize]) -> Vec<(usize, Silence, String)> {
    let Some(snapshot) = session.snapshot(&report.uri).filter(|_| found.len() <= MOST) else { return Vec::new() };
    let ways: &[(Silence, &str)] = match snapshot.kind {
        Kind::Draft(Format::Markdown | Format::Html) => &[
            (Silence::Here, "Ignore here"),
            (Silence::Paragraph, "Ignore in this paragraph"),
            (Silence::File, "Ignore in this file"),
        ],
        Kind::Draft(Format::Plain) if snapshot.path.as_deref().is_some_and(|path| has_baseline(session, path)) => {
            &[(Silence::Baseline, "Add to the baseline")]
        }
        _ => return Vec::new(),
    };
    let rule = |index: usize| report.diagnostics.get(index).map(|found| found.rule.to_string());
    let found = found.iter().filter_map(|index| Some((*index, rule(*index)?)));
    // A mistake in what silences is to be mended.
    let found = found.filter(|(_, rule)| !rule.starts_with("config/"));
    found
        .flat_map(|(index, rule)| ways.iter().map(move |(way, title)| (index, *way, format!("{title}: {rule}"))))
        .collect()
}

/// Whether there is a baseline for the draft, or one can be made.
fn has_baseline(session: &Session, path: &Path) -> bool {
    let file = session.baseline(path);
    file.is_some_and(|file| session.abilities().creates || file.source.path.exists())
}

/// The edit that silences what is found; `None` where nothing can be written.
pub(super) fn edit(session: &Session, report: &Report, found: &Diagnostic, way: Silence) -> Option<WorkspaceEdit> {
    let text = report.document.text();
    let snapshot = session.snapshot(&report.uri)?;
    let Kind::Draft(format) = snapshot.kind else { return None };
    let comment = |what| offer(&text, format, found, what);
    let edit = match way {
        // Words that are too long for a comment, or can't stand in one, leave the paragraph.
        Silence::Here => comment(Offer::Match).or_else(|| comment(Offer::Paragraph)),
        Silence::Paragraph => comment(Offer::Paragraph),
        Silence::File => comment(Offer::File),
        Silence::Baseline => {
            let path = snapshot.path?;
            let file = session.baseline(&path)?;
            let draft = format::read(&text, format);
            return stand(session, &file, &Entry::of(&file.name_of(&path), found, &draft, &text));
        }
    };
    Some(report.places(session).workspace_edit(&[edit?], report.version))
}

/// The edit that adds an entry to a baseline, and makes the file where there is none.
fn stand(session: &Session, file: &Arc<BaselineFile>, entry: &Entry) -> Option<WorkspaceEdit> {
    let path: &PathBuf = &file.source.path;
    let uri = Uri::from_file_path(path)?;
    let open = session.snapshot(&uri);
    let document = open.as_ref().map_or_else(|| Document::new(&file.source.text), |open| open.document.clone());
    let edit = file.baseline.add(entry, &document.text())?;
    let places = Places { document: &document, uri: &uri, abilities: session.abilities() };
    if let Some(open) = open {
        return Some(places.workspace_edit(&[edit], open.version));
    }
    let edits = places.edits(&[edit]);
    if path.exists() && !session.abilities().versioned_edits {
        return Some(WorkspaceEdit { changes: Some([(uri, edits)].into()), ..WorkspaceEdit::default() });
    }
    let create = (!path.exists()).then(|| {
        let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
        let create = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
        DocumentChangeOperation::Op(ResourceOp::Create(create))
    });
    let text_document = OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: None };
    let edits = edits.into_iter().map(OneOf::Left).collect();
    let edit = DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits });
    let changes = DocumentChanges::Operations(create.into_iter().chain([edit]).collect());
    Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}
