//! Checks a document off the server's thread, and keeps the newest result.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use rustc_hash::FxHashSet;
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use tokio::sync::OwnedMutexGuard;
use tower_lsp::jsonrpc;
use tower_lsp::ls_types::{self as lsp, Uri};

use super::convert::Places;
use super::session::{Kind, Session, Snapshot};
use super::transport::panic_message;
use super::{housekeeping, trace};
use crate::baseline::Sorted;
use crate::check::{Cancelled, Checker};
use crate::config;
use crate::config::discover::{self, BaselineFile};
use crate::diagnostic::Diagnostic;
use crate::format::Draft;
use crate::rules;
use crate::settings::Settings;
use crate::story::Story;
use crate::text::Document;

/// Where one document is checked again and again.
#[derive(Default)]
pub(super) struct Desk {
    /// Keeps what it knows of the paragraphs that did not change.
    checker: Checker,
    report: Option<Arc<Report>>,
    /// The entries of the baseline that held nothing back in the text that was reported on.
    idle: Vec<usize>,
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
    /// The same diagnostics, written down as the client gets them.
    pub items: Box<RawValue>,
    /// Where the rules of the house's own, of those that found something, say that there is more to read.
    links: HashMap<&'static str, Uri>,
}

impl Report {
    /// The places of the text that was checked, in the client's terms.
    pub fn places<'r>(&'r self, session: &'r Session) -> Places<'r> {
        Places { document: &self.document, uri: &self.uri, abilities: session.abilities() }
    }

    /// A diagnostic of the report, by index, as the client gets it.
    pub fn item(&self, session: &Session, index: usize) -> lsp::Diagnostic {
        let found = &self.diagnostics[index];
        self.places(session).diagnostic(found, self.links.get(found.rule))
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
    let path = snapshot.path.clone();
    let begun = Instant::now();
    let (report, changed) = {
        let session = Arc::clone(session);
        aside(desk, move |desk| {
            let text = snapshot.document.text();
            let found = find(desk, &session, &snapshot, &text).map_err(|Cancelled| Missing::Stale)?;
            settings(&session, &snapshot).words.given_up().for_each(|rule| tracing::warn!("{rule}"));
            let changed = desk.idle != found.idle;
            desk.idle = found.idle;
            let links = links(&session, &snapshot, &found.new);
            Ok((keep(desk, &session, snapshot, found.new, links)?, changed))
        })
        .await??
    };
    trace::checked(session, &report, begun.elapsed());
    if let Some(path) = path.filter(|_| changed) {
        housekeeping::idle_changed(session, &path);
    }
    Ok(report)
}

/// What there is to say of `text` if it were the document's, and what the baseline makes of it.
///
/// # Errors
///
/// [`Cancelled`] if the document has changed.
pub(super) fn find(
    desk: &mut Desk,
    session: &Arc<Session>,
    snapshot: &Snapshot,
    text: &str,
) -> Result<Sorted, Cancelled> {
    let only = |new: Vec<Diagnostic>| Sorted { new, ..Sorted::default() };
    let path = snapshot.path.as_deref();
    if let Some(mistakes) = path.and_then(|path| session.configuration.sheet_mistakes(path, text)) {
        return Ok(only(mistakes));
    }
    if let Some(path) = path.filter(|path| session.configuration.is_extended(path)) {
        return Ok(only(discover::mistakes(path, text)));
    }
    if let Some((path, found)) = path.and_then(|path| Some((path, session.configuration.rules_at(path)?))) {
        return Ok(only(found.rule_mistakes(path, text)));
    }
    if let Some(path) = path.filter(|path| session.configuration.baseline_at(path).is_some()) {
        return stands(session, snapshot, &BaselineFile::of(path.into(), text.into())).map(only);
    }
    match snapshot.kind {
        Kind::Draft(format) => {
            let found = desk.checker.check(text, format, &settings(session, snapshot), &|| snapshot.stale())?;
            Ok(match path.and_then(|path| Some((path, session.baseline(path)?))) {
                Some((path, file)) if !file.baseline.entries().is_empty() => {
                    file.baseline.sort(&file.name_of(path), found, text, format)
                }
                _ => only(found),
            })
        }
        Kind::Configuration => Ok(only(match path {
            Some(path) => discover::mistakes(path, text),
            None => config::read(text).1,
        })),
        Kind::Other => Ok(Sorted::default()),
    }
}

/// What is wrong with a baseline: its mistakes, and the entries that hold nothing back in the drafts that are open.
fn stands(session: &Arc<Session>, snapshot: &Snapshot, file: &BaselineFile) -> Result<Vec<Diagnostic>, Cancelled> {
    let mut wrong = file.source.mistakes.clone();
    for open in session.snapshots() {
        let (Kind::Draft(format), Some(path)) = (open.kind, open.path.as_deref()) else { continue };
        let name = file.name_of(path);
        let counts = session.configuration.baseline(path).is_some_and(|counts| counts.source.path == file.source.path);
        if !counts || file.baseline.of(&name).is_empty() {
            continue;
        }
        let (text, settings) = (open.document.text(), settings(session, &open));
        let found = Checker::default().check(&text, format, &settings, &|| snapshot.stale())?;
        let idle = file.baseline.sort(&name, found, &text, format).idle;
        wrong.extend(config::idle(&file.baseline, &idle, &file.source.text, &settings));
    }
    wrong.sort_by_key(|wrong| wrong.span);
    Ok(wrong)
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
pub(super) fn settings(session: &Arc<Session>, snapshot: &Snapshot) -> Settings {
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

/// Where the rules that the house brings with it, of those that found something, say that there is more to read.
fn links(session: &Arc<Session>, snapshot: &Snapshot, found: &[Diagnostic]) -> HashMap<&'static str, Uri> {
    let names: FxHashSet<&'static str> = found.iter().map(|found| found.rule).collect();
    let mut own = names.into_iter().filter(|name| rules::find(name).is_none()).peekable();
    if own.peek().is_none() {
        return HashMap::new();
    }
    let words = settings(session, snapshot).words;
    let link = |name: &str| words.written(name).map(|rule| &rule.link).filter(|link| !link.is_empty());
    own.filter_map(|name| Some((name, link(name)?.parse().ok()?))).collect()
}

/// Keeps the newest report.
///
/// # Errors
///
/// [`Missing::Failed`] if it can't be written down.
fn keep(
    desk: &mut Desk,
    session: &Session,
    snapshot: Snapshot,
    diagnostics: Vec<Diagnostic>,
    links: HashMap<&'static str, Uri>,
) -> Result<Arc<Report>, Missing> {
    let Snapshot { uri, version, document, generation, .. } = snapshot;
    let places = Places { document: &document, uri: &uri, abilities: session.abilities() };
    let items = to_raw_value(&Items { places, diagnostics: &diagnostics, links: &links }).map_err(|error| {
        tracing::error!("diagnostics that can't be written down: {error}");
        Missing::Failed
    })?;
    let before = desk.report.take().filter(|before| before.items.get() == items.get());
    let id = before.map_or_else(|| generation.to_string(), |before| before.id.clone());
    let report = Arc::new(Report { uri, version, generation, id, document, diagnostics, items, links });
    desk.report = Some(Arc::clone(&report));
    Ok(report)
}

/// The list of a document's diagnostics, each made as it is written down.
struct Items<'a> {
    places: Places<'a>,
    diagnostics: &'a [Diagnostic],
    links: &'a HashMap<&'static str, Uri>,
}

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { places, diagnostics, links } = self;
        serializer.collect_seq(diagnostics.iter().map(|found| places.item(found, links.get(found.rule))))
    }
}
