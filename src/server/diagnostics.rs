//! Diagnostics: pulled where the client can pull and refresh, else pushed.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response, Result};
use tower_lsp::ls_types::error_codes::SERVER_CANCELLED;
use tower_lsp::ls_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::ls_types::request::{DocumentDiagnosticRequest, Request as _};
use tower_lsp::ls_types::{DiagnosticServerCancellationData, DocumentDiagnosticParams, MessageType, Uri};

use super::analysis::{self, Missing, Report};
use super::session::Session;
use super::{convert, workspace};

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
        wait(&session, &uri).await;
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

/// Waits as long as the editor's settings want a draft to be left alone after a keystroke.
async fn wait(session: &Session, uri: &Uri) {
    let editor = session.configuration.editor_for(convert::path(uri).as_deref());
    let delay = Duration::from_millis(editor.typing_delay.into());
    if let Some(left) = session.typed(uri).and_then(|typed| delay.checked_sub(typed.elapsed())) {
        tokio::time::sleep(left).await;
    }
}

/// The diagnostics of what has none.
const NOTHING: [(); 0] = [];

/// A document was closed: takes the diagnostics back that were pushed for it.
pub(super) fn closed(session: &Arc<Session>, uri: Uri) {
    if session.abilities().pulls {
        return;
    }
    let session = Arc::clone(session);
    tokio::spawn(async move { publish(&session, &uri, &NOTHING, None).await });
}

/// Pushes a file's diagnostics.
pub(super) async fn publish(session: &Session, uri: &Uri, diagnostics: &(impl Serialize + Sync), version: Option<i32>) {
    let params = Params { uri, diagnostics, version };
    notify(session, PublishDiagnostics::METHOD, params).await;
}

/// Sends a notification that may be long.
pub(super) async fn notify(session: &Session, method: &'static str, params: impl Serialize) {
    match serde_json::to_vec(&Notice { jsonrpc: "2.0", method, params }) {
        // Who no longer reads needs none.
        Ok(notice) => _ = session.bodies.send(notice).await,
        Err(error) => tracing::error!("{method} that can't be written down: {error}"),
    }
}

#[derive(Serialize)]
struct Notice<P> {
    jsonrpc: &'static str,
    method: &'static str,
    params: P,
}

#[derive(Serialize)]
struct Params<'n, D> {
    uri: &'n Uri,
    diagnostics: &'n D,
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

/// Answers a request for a document's diagnostics past the service, which would copy them twice; `None` where the request
/// is another, or is for the service to refuse.
pub(super) fn answer(session: &Arc<Session>, request: &Request) -> Option<BoxFuture<'static, Vec<u8>>> {
    let asks = request.method() == DocumentDiagnosticRequest::METHOD && session.begun() && !session.shut_down();
    let (id, params) = request.id().zip(request.params()).filter(|_| asks)?;
    let (id, params) = (id.clone(), DocumentDiagnosticParams::deserialize(params).ok()?);
    let session = Arc::clone(session);
    let answer = async move {
        let written = match pull(&session, params).await {
            Ok((report, previous)) => {
                let unchanged = previous.is_some_and(|previous| previous == report.id);
                let kind = if unchanged { "unchanged" } else { "full" };
                let items = (!unchanged).then_some(&*report.items);
                serde_json::to_vec(&Answer {
                    jsonrpc: "2.0",
                    id: &id,
                    result: Pulled { kind, result_id: &report.id, items },
                })
            }
            Err(error) => serde_json::to_vec(&Response::from_error(id, error)),
        };
        // Strings and numbers can always be written down.
        written.unwrap_or_default()
    };
    Some(answer.boxed())
}

#[derive(Serialize)]
struct Answer<'a> {
    jsonrpc: &'static str,
    id: &'a Id,
    result: Pulled<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Pulled<'a> {
    kind: &'static str,
    result_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<&'a RawValue>,
}

/// The report that the client asks for, and the one that it has.
async fn pull(session: &Arc<Session>, params: DocumentDiagnosticParams) -> Result<(Arc<Report>, Option<String>)> {
    let uri = &params.text_document.uri;
    wait(session, uri).await;
    let report = match analysis::report(session, uri).await {
        // A client that asks for the whole folder asks for a document a last time when it is closed.
        Err(Missing::Unopened) if session.configuration.editor().whole_folder => {
            analysis::report_on(session, workspace::unopened(session, uri).await).await
        }
        report => report,
    };
    Ok((report.map_err(error)?, params.previous_result_id))
}
