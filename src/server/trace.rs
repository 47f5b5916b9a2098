//! What the server does, for a client that traces it: `$/logTrace`, as `$/setTrace` asks.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tower_lsp::ls_types::notification::{LogTrace, Notification};
use tower_lsp::ls_types::{LogTraceParams, TraceValue};

use super::analysis::Report;
use super::diagnostics;
use super::session::Session;

/// A document was checked.
pub(super) fn checked(session: &Arc<Session>, report: &Report, took: Duration) {
    log(session, || {
        let found = report.diagnostics.len();
        let message = format!("Checked {}, version {}: {found} found.", report.uri.as_str(), report.version);
        (message, format!("{:.1} ms for {} bytes", took.as_secs_f64() * 1e3, report.document.len()))
    });
}

/// A file that configures drafts was read.
pub(super) fn read(session: &Arc<Session>, path: &Path, mistakes: usize) {
    log(session, || (format!("Read {}.", path.display()), format!("mistakes: {mistakes}")));
}

/// Tells the client what was done, with more for one that wants to hear all.
fn log(session: &Arc<Session>, what: impl FnOnce() -> (String, String)) {
    let trace = session.trace();
    if trace == TraceValue::Off {
        return;
    }
    let (message, more) = what();
    let params = LogTraceParams { message, verbose: (trace == TraceValue::Verbose).then_some(more) };
    let session = Arc::clone(session);
    tokio::spawn(async move { diagnostics::notify(&session, LogTrace::METHOD, params).await });
}
