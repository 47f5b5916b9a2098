//! Diagnostics: pulled where the client can pull and refresh, else pushed.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::error_codes::SERVER_CANCELLED;
use tower_lsp::ls_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::ls_types::{
    self as lsp, DiagnosticServerCancellationData, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, MessageType, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri,
};

use super::analysis::{self, Missing};
use super::session::Session;

/// A document was opened or changed: pushes its diagnostics, once they are there, unless it has changed again by
/// then. A client that pulls asks by itself.
pub(super) fn changed(session: &Arc<Session>, uri: Uri) {
    if session.abilities().pulls {
        return;
    }
    // What this is about is the document as it is now: of many changes in a row only the last one gets its report.
    let Some(snapshot) = session.snapshot(&uri) else { return };
    let session = Arc::clone(session);
    tokio::spawn(async move {
        wait(&session).await;
        let report = match analysis::report_on(&session, snapshot).await {
            Ok(report) => report,
            Err(Missing::Failed) => {
                let message = format!("{} could not be checked; the log says why.", uri.as_str());
                return session.client.log_message(MessageType::ERROR, message).await;
            }
            Err(Missing::Stale | Missing::Unopened) => return,
        };
        let newest = session.snapshot(&uri).is_some_and(|now| now.generation == report.generation);
        if newest {
            publish(&session, &uri, &report.items, Some(report.version)).await;
        }
    });
}

/// Waits as long as the editor's settings want a draft to be left alone.
async fn wait(session: &Session) {
    let delay = Duration::from_millis(session.configuration.editor().typing_delay.into());
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
}

/// A document was closed: takes the diagnostics back that were pushed for it.
pub(super) fn closed(session: &Arc<Session>, uri: Uri) {
    if session.abilities().pulls {
        return;
    }
    let session = Arc::clone(session);
    tokio::spawn(async move { publish(&session, &uri, &[], None).await });
}

/// Pushes a file's diagnostics. A long draft's take a megabyte and more at each keystroke, so they are written down once,
/// from where they are.
pub(super) async fn publish(session: &Session, uri: &Uri, diagnostics: &[lsp::Diagnostic], version: Option<i32>) {
    let params = Params { uri, diagnostics, version };
    let notice = Notice { jsonrpc: "2.0", method: PublishDiagnostics::METHOD, params };
    match serde_json::to_vec(&notice) {
        // Who no longer reads needs no diagnostics.
        Ok(notice) => _ = session.notices.send(notice).await,
        Err(error) => tracing::error!("diagnostics that can't be written down: {error}"),
    }
}

#[derive(Serialize)]
struct Notice<'n> {
    jsonrpc: &'static str,
    method: &'static str,
    params: Params<'n>,
}

#[derive(Serialize)]
struct Params<'n> {
    uri: &'n Uri,
    diagnostics: &'n [lsp::Diagnostic],
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
}

/// What documents are checked against has changed: checks all that are open anew.
pub(super) fn all_changed(session: &Arc<Session>) {
    renewed(session, session.renew());
}

/// These documents are to be checked anew.
pub(super) fn renewed(session: &Arc<Session>, open: Vec<Uri>) {
    if session.abilities().pulls && !open.is_empty() {
        let client = session.client.clone();
        tokio::spawn(async move {
            if let Err(error) = client.workspace_diagnostic_refresh().await {
                tracing::warn!("the client won't ask for diagnostics again: {error}");
            }
        });
    }
    for uri in open {
        changed(session, uri);
    }
}

/// Unlike other requests, one for diagnostics that came too late says that it may be made again.
fn error(missing: Missing) -> Error {
    if missing != Missing::Stale {
        return missing.into();
    }
    Error {
        code: ErrorCode::ServerError(SERVER_CANCELLED),
        message: "The document has changed.".into(),
        data: serde_json::to_value(DiagnosticServerCancellationData { retrigger_request: true }).ok(),
    }
}

/// The client asks for a document's diagnostics.
pub(super) async fn pull(
    session: &Arc<Session>,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult> {
    wait(session).await;
    let report = analysis::report(session, &params.text_document.uri).await.map_err(error)?;
    let id = report.id.clone();
    let answer: DocumentDiagnosticReport = if params.previous_result_id.as_ref() == Some(&id) {
        let unchanged = UnchangedDocumentDiagnosticReport { result_id: id };
        RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: unchanged,
        }
        .into()
    } else {
        let full = FullDocumentDiagnosticReport { result_id: Some(id), items: report.items.clone() };
        RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report: full }.into()
    };
    Ok(answer.into())
}
