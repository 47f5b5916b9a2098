//! Diagnostics of the drafts that are in the client's folders and not open, for who sets `wholeFolder`. Open documents
//! are asked for one by one.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    Diagnostic, FullDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReport, WorkspaceDiagnosticReportPartialResult, WorkspaceDiagnosticReportResult,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use super::analysis::{self, Report};
use super::convert;
use super::progress::Progress;
use super::session::{Session, Snapshot};
use crate::files::{self, Input};
use crate::format::Format;

/// What each draft came to when it was last checked: what did not change since is not read again.
#[derive(Default)]
pub(super) struct Folder {
    known: Mutex<HashMap<PathBuf, Known>>,
    /// Documents that were closed since the client was last answered: what was found in them is still shown.
    closed: Mutex<HashSet<Uri>>,
}

struct Known {
    stamp: Stamp,
    /// Tells its diagnostics from others.
    id: String,
}

/// Tells whether a draft, or what it is checked against, has changed.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    house: u64,
    modified: Option<SystemTime>,
    /// In bytes.
    size: u64,
}

/// A draft in one of the client's folders.
struct Draft {
    uri: Uri,
    path: PathBuf,
    stamp: Stamp,
}

impl Folder {
    /// A document was closed.
    pub fn closed(&self, uri: Uri) {
        lock(&self.closed).insert(uri);
    }

    fn id(&self, path: &Path, stamp: Stamp) -> Option<String> {
        lock(&self.known).get(path).filter(|known| known.stamp == stamp).map(|known| known.id.clone())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whatever is in here is whole at any moment.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a file is a draft by its name, and nothing that drafts are checked against.
pub(super) fn is_draft(session: &Session, uri: &Uri) -> bool {
    let is_rule = |path: PathBuf| session.configuration.is_below_rules(&path);
    Format::told_by(uri.path().as_str()).is_some() && !convert::path(uri).is_some_and(is_rule)
}

/// The diagnostics of the drafts that are not open, as far as the client does not have them.
///
/// A client that has them all is answered once there are others: it asks again at once or every few seconds, and each
/// answer would say the same. Where nobody wants the whole folder checked, that is never.
///
/// # Errors
///
/// None of its own: a draft that can't be read is told in the log, and left out.
pub(super) async fn pull(
    session: &Arc<Session>,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReportResult> {
    let mut had: HashMap<Uri, String> =
        params.previous_result_ids.into_iter().map(|previous| (previous.uri, previous.value)).collect();
    let mut moments = session.moments();
    let mut progress = Progress::of(session, params.work_done_progress_params.work_done_token);
    let partial = Progress::of(session, params.partial_result_params.partial_result_token);
    let first = had.is_empty();
    loop {
        let house = moments.borrow_and_update().house;
        if session.configuration.editor().whole_folder {
            let items = look(session, house, &mut had, &mut progress, &partial).await;
            if first || items.iter().any(is_new) {
                let items = if partial.is_heard() {
                    tell(&partial, items.into_iter().filter(|item| !is_new(item)).collect()).await;
                    Vec::new()
                } else {
                    items
                };
                partial.arrived().await;
                return Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items }));
            }
        }
        if moments.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

fn is_new(item: &WorkspaceDocumentDiagnosticReport) -> bool {
    matches!(item, WorkspaceDocumentDiagnosticReport::Full(_))
}

/// Tells a part of the answer.
async fn tell(partial: &Progress<'_>, items: Vec<WorkspaceDocumentDiagnosticReport>) {
    if !items.is_empty() {
        partial.send(&WorkspaceDiagnosticReportPartialResult { items }).await;
    }
}

/// Looks at all drafts once, and tells at once what is new, if it can be told in parts. What the client then has is in
/// `had`.
async fn look(
    session: &Arc<Session>,
    house: u64,
    had: &mut HashMap<Uri, String>,
    progress: &mut Progress<'_>,
    partial: &Progress<'_>,
) -> Vec<WorkspaceDocumentDiagnosticReport> {
    let drafts = drafts(session, house).await;
    let here: HashSet<&Uri> = drafts.iter().map(|draft| &draft.uri).collect();
    let mut gone = std::mem::take(&mut *lock(&session.folder.closed));
    // What is shown of one that was closed is what it was while it was open.
    had.retain(|uri, _| !gone.contains(uri));
    gone.extend(had.keys().cloned());
    gone.retain(|uri| !here.contains(uri) && session.snapshot(uri).is_none());
    let mut items: Vec<WorkspaceDocumentDiagnosticReport> = gone
        .into_iter()
        .map(|uri| {
            had.remove(&uri);
            full(uri, None, Vec::new())
        })
        .collect();
    tell(partial, items.clone()).await;
    progress.begin("Checking the drafts of the folder", false).await;
    for (done, draft) in drafts.iter().enumerate() {
        let uri = &draft.uri;
        progress.report(done, drafts.len()).await;
        // One that was opened meanwhile is asked for by itself.
        if session.snapshot(uri).is_some() {
            continue;
        }
        let Some(item) = check(session, draft, had.get(uri)).await else { continue };
        if let WorkspaceDocumentDiagnosticReport::Full(full) = &item {
            match full.full_document_diagnostic_report.result_id.clone() {
                Some(id) => had.insert(uri.clone(), id),
                None => had.remove(uri),
            };
            tell(partial, vec![item.clone()]).await;
        }
        items.push(item);
    }
    progress.end().await;
    items
}

/// The files of drafts in the client's folders. Waits for the disk.
pub(super) fn files(session: &Session) -> Vec<PathBuf> {
    let folders = session.configuration.folders();
    if folders.is_empty() {
        return Vec::new();
    }
    let (inputs, problems) = files::find(&folders);
    problems.iter().for_each(|problem| tracing::warn!("{problem}"));
    let paths = inputs.iter().map(|input| input.path().to_owned());
    paths.filter(|path| !session.configuration.is_below_rules(path)).collect()
}

/// The drafts in the client's folders.
async fn drafts(session: &Arc<Session>, house: u64) -> Vec<Draft> {
    let session = Arc::clone(session);
    let found = tokio::task::spawn_blocking(move || {
        let draft = |path: PathBuf| {
            let file = fs::metadata(&path).ok()?;
            let stamp = Stamp { house, modified: file.modified().ok(), size: file.len() };
            Some(Draft { uri: Uri::from_file_path(&path)?, path, stamp })
        };
        files(&session).into_iter().filter_map(draft).collect()
    });
    found.await.unwrap_or_default()
}

/// What the client is to be told of a draft. One that can't be read has no diagnostics: `None` if it had none before.
async fn check(
    session: &Arc<Session>,
    draft: &Draft,
    had: Option<&String>,
) -> Option<WorkspaceDocumentDiagnosticReport> {
    let Draft { uri, path, stamp } = draft;
    if let Some(id) = session.folder.id(path, *stamp).filter(|id| Some(id) == had) {
        return Some(unchanged(uri.clone(), id));
    }
    let Some(text) = read(path).await else { return had.map(|_| full(uri.clone(), None, Vec::new())) };
    let report = analysis::report_on(session, session.unopened(uri.clone(), &text)).await.ok()?;
    let id = id_of(&report);
    lock(&session.folder.known).insert(path.to_owned(), Known { stamp: *stamp, id: id.clone() });
    if Some(&id) == had {
        return Some(unchanged(uri.clone(), id));
    }
    let items = (0..report.diagnostics.len()).map(|index| report.item(session, index)).collect();
    Some(full(uri.clone(), Some(id), items))
}

/// A document that is not open: as its file has it, else without a word.
pub(super) async fn unopened(session: &Session, uri: &Uri) -> Snapshot {
    let text = match convert::path(uri) {
        Some(path) => read(&path).await,
        None => None,
    };
    session.unopened(uri.clone(), &text.unwrap_or_default())
}

/// What a file says; `None`, and a word in the log, if it can't be read.
async fn read(path: &Path) -> Option<String> {
    let input = Input::File(path.to_owned());
    let text = tokio::task::spawn_blocking(move || input.read()).await.ok()?;
    text.inspect_err(|problem| tracing::warn!("{problem}")).ok()
}

fn id_of(report: &Report) -> String {
    let mut hasher = DefaultHasher::new();
    report.items.get().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn full(uri: Uri, result_id: Option<String>, items: Vec<Diagnostic>) -> WorkspaceDocumentDiagnosticReport {
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id, items };
    WorkspaceFullDocumentDiagnosticReport { uri, version: None, full_document_diagnostic_report }.into()
}

fn unchanged(uri: Uri, result_id: String) -> WorkspaceDocumentDiagnosticReport {
    let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
    WorkspaceUnchangedDocumentDiagnosticReport { uri, version: None, unchanged_document_diagnostic_report }.into()
}
