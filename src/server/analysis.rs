//! Checks a document off the server's thread, and keeps the newest result.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::sync::OwnedMutexGuard;
use tower_lsp::jsonrpc;
use tower_lsp::ls_types::{self as lsp, Uri};

use super::convert::Places;
use super::housekeeping;
use super::session::{Kind, Session, Snapshot};
use super::transport::panic_message;
use crate::check::{Cancelled, Checker};
use crate::config;
use crate::config::discover;
use crate::diagnostic::Diagnostic;
use crate::format::Draft;
use crate::settings::Settings;
use crate::story::Story;
use crate::text::Document;

/// Where one document is checked again and again.
#[derive(Default)]
pub(super) struct Desk {
    /// Keeps what it knows of the paragraphs that did not change.
    checker: Checker,
    report: Option<Arc<Report>>,
}

/// What a check found.
pub(super) struct Report {
    pub uri: Uri,
    pub version: i32,
    /// The moment of the document that was checked.
    pub generation: u64,
    /// Tells these diagnostics from others; the same as before where the diagnostics are the same as before.
    pub id: String,
    pub document: Document,
    pub diagnostics: Vec<Diagnostic>,
    /// The same diagnostics, as the client gets them.
    pub items: Vec<lsp::Diagnostic>,
}

impl Report {
    /// The places of the text that was checked, in the client's terms.
    pub fn places<'r>(&'r self, session: &'r Session) -> Places<'r> {
        Places { document: &self.document, uri: &self.uri, abilities: session.abilities() }
    }
}

/// Why there is no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// The document is not open.
    Unopened,
    /// The document changed while it was checked, or before.
    Stale,
    /// The check failed; why is in the log.
    Failed,
}

impl From<Missing> for jsonrpc::Error {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Unopened => Self::invalid_params("The document is not open."),
            Missing::Stale => Self::content_modified(),
            Missing::Failed => Self::internal_error(),
        }
    }
}

/// The report on a document as it is when this is first polled.
///
/// # Errors
///
/// See [`Missing`].
pub(super) async fn report(session: &Arc<Session>, uri: &Uri) -> Result<Arc<Report>, Missing> {
    let snapshot = session.snapshot(uri).ok_or(Missing::Unopened)?;
    report_on(session, snapshot).await
}

/// The report on a document as it was at one moment: the last one if nothing changed since, else a new one.
///
/// One check of a document runs at a time. Those that wait for it and are stale when it is done end there, so that a
/// fast typist never queues up work.
///
/// # Errors
///
/// See [`Missing`].
pub(super) async fn report_on(session: &Arc<Session>, snapshot: Snapshot) -> Result<Arc<Report>, Missing> {
    let desk = Arc::clone(&snapshot.desk).lock_owned().await;
    if snapshot.stale() {
        return Err(Missing::Stale);
    }
    if let Some(report) = desk.report.as_ref().filter(|report| report.generation == snapshot.generation) {
        return Ok(Arc::clone(report));
    }
    let session = Arc::clone(session);
    aside(desk, move |desk| {
        let text = snapshot.document.text();
        let diagnostics = find(desk, &session, &snapshot, &text).map_err(|Cancelled| Missing::Stale)?;
        Ok(keep(desk, &session, snapshot, diagnostics))
    })
    .await?
}

/// What there is to say of `text` if it were the document's.
///
/// # Errors
///
/// [`Cancelled`] if the document has changed.
pub(super) fn find(
    desk: &mut Desk,
    session: &Arc<Session>,
    snapshot: &Snapshot,
    text: &str,
) -> Result<Vec<Diagnostic>, Cancelled> {
    if let Some(sheet) = snapshot.path.as_deref().and_then(|path| session.configuration.roster_at(path)) {
        return Ok(config::roster(text, sheet).1);
    }
    match snapshot.kind {
        Kind::Draft(format) => desk.checker.check(text, format, &settings(session, snapshot), &|| snapshot.stale()),
        Kind::Configuration => Ok(match &snapshot.path {
            Some(path) => discover::mistakes(path, text),
            None => config::read(text).1,
        }),
        Kind::Other => Ok(Vec::new()),
    }
}

/// What `with` makes of a draft as it was at one moment, read as a story; none if the document is no draft.
///
/// What the checks know of the paragraphs is used, and kept for them: nothing is analysed twice.
///
/// # Errors
///
/// See [`Missing`].
pub(super) async fn read<T: Send + 'static>(
    session: &Arc<Session>,
    snapshot: Snapshot,
    with: impl FnOnce(&Story<'_>, &Draft<'_>, &Places<'_>) -> T + Send + 'static,
) -> Result<Option<T>, Missing> {
    let Kind::Draft(format) = snapshot.kind else { return Ok(None) };
    let desk = Arc::clone(&snapshot.desk).lock_owned().await;
    if snapshot.stale() {
        return Err(Missing::Stale);
    }
    let session = Arc::clone(session);
    let read = aside(desk, move |desk| {
        let settings = settings(&session, &snapshot);
        let places = Places { document: &snapshot.document, uri: &snapshot.uri, abilities: session.abilities() };
        let with = |story: &Story<'_>, draft: &Draft<'_>| with(story, draft, &places);
        let text = snapshot.document.text();
        let read = desk.checker.story_unless(&text, format, &settings, &|| snapshot.stale(), with);
        read.ok().filter(|_| !snapshot.stale()).ok_or(Missing::Stale)
    });
    read.await?.map(Some)
}

/// How a document is to be checked.
fn settings(session: &Arc<Session>, snapshot: &Snapshot) -> Settings {
    session.configuration.settings(snapshot.path.as_deref(), |trouble| housekeeping::tell(session, trouble))
}

/// Runs `work` at a document's desk on a thread of its own.
///
/// # Errors
///
/// [`Missing::Failed`] if it panics; the desk is cleared then, as it may have been left in disorder.
pub(super) async fn aside<T: Send + 'static>(
    mut desk: OwnedMutexGuard<Desk>,
    work: impl FnOnce(&mut Desk) -> T + Send + 'static,
) -> Result<T, Missing> {
    let work = move || {
        catch_unwind(AssertUnwindSafe(|| work(&mut desk))).map_err(|panic| {
            tracing::error!("a check failed: {}", panic_message(panic.as_ref()));
            *desk = Desk::default();
            Missing::Failed
        })
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| Missing::Failed)?
}

fn keep(desk: &mut Desk, session: &Session, snapshot: Snapshot, diagnostics: Vec<Diagnostic>) -> Arc<Report> {
    let Snapshot { uri, version, document, generation, .. } = snapshot;
    let places = Places { document: &document, uri: &uri, abilities: session.abilities() };
    let items: Vec<_> = diagnostics.iter().map(|diagnostic| places.diagnostic(diagnostic)).collect();
    let before = desk.report.take().filter(|before| before.items == items);
    let id = before.map_or_else(|| generation.to_string(), |before| before.id.clone());
    let report = Arc::new(Report { uri, version, generation, id, document, diagnostics, items });
    desk.report = Some(Arc::clone(&report));
    report
}
