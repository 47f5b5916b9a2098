//! All that the server knows: who the client is, which documents are open, how the house is configured.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use tokio::sync::watch;
use tower_lsp::Client;
use tower_lsp::ls_types::{ProgressToken, TextDocumentContentChangeEvent, TextDocumentItem, TraceValue, Uri};

use super::analysis::Desk;
use super::capabilities::Abilities;
use super::configuration::Configuration;
use super::convert;
use super::semantic_tokens::Given;
use super::transport::Bodies;
use super::workspace::Folder;
use crate::config::discover::BaselineFile;
use crate::format::Format;
use crate::text::Document;

/// A generation that no document ever has: what is checked under it is stale.
const GONE: u64 = u64::MAX;

/// What a document is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A draft.
    Draft(Format),
    /// `copydesk.toml`.
    Configuration,
    /// Nothing that we read.
    Other,
}

/// The one owner of the server's state.
pub(super) struct Session {
    /// Where notifications and requests to the client go. Requests are spawned, never awaited in a handler.
    pub client: Client,
    /// Where diagnostics go.
    pub bodies: Bodies,
    /// How drafts are to be checked.
    pub configuration: Configuration,
    /// What the drafts came to that are not open.
    pub folder: Folder,
    /// Held by who writes to the house's files: two at once would undo each other's work.
    pub house: tokio::sync::Mutex<()>,
    abilities: OnceLock<Abilities>,
    parent: watch::Sender<Option<u32>>,
    moment: watch::Sender<Moment>,
    state: Mutex<State>,
}

/// Tells from an earlier one whether the drafts that are not open may be others, or be checked against something else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Moment {
    /// Raised when what drafts are checked against has changed.
    pub house: u64,
    /// Raised when other drafts than before are open, or their files have changed.
    drafts: u64,
}

#[derive(Default)]
struct State {
    documents: HashMap<Uri, Open>,
    /// The last generation given to a document. Generations are never used twice, so that a result's id tells it
    /// from every other of the session.
    generation: u64,
    shut_down: bool,
    /// How much of what is done the client wants to hear.
    trace: TraceValue,
    /// What the user may cancel, by its token.
    cancellable: HashMap<ProgressToken, Arc<AtomicBool>>,
}

/// A document that is open in the client.
struct Open {
    version: i32,
    /// When it was last edited, if it was.
    typed: Option<Instant>,
    document: Document,
    kind: Kind,
    generation: Arc<AtomicU64>,
    desk: Arc<tokio::sync::Mutex<Desk>>,
    colored: Arc<Mutex<Option<Given>>>,
}

impl Open {
    fn new(text: &str, kind: Kind, version: i32, generation: u64) -> Self {
        let generation = Arc::new(AtomicU64::new(generation));
        let document = Document::new(text);
        Self { version, typed: None, document, kind, generation, desk: Arc::default(), colored: Arc::default() }
    }

    fn snapshot(&self, uri: &Uri) -> Snapshot {
        Snapshot {
            uri: uri.clone(),
            path: convert::path(uri),
            version: self.version,
            document: self.document.clone(),
            kind: self.kind,
            generation: self.generation.load(Ordering::Relaxed),
            desk: Arc::clone(&self.desk),
            colored: Arc::clone(&self.colored),
            current: Arc::clone(&self.generation),
        }
    }
}

/// A document as it was at one moment.
#[derive(Clone)]
pub(super) struct Snapshot {
    pub uri: Uri,
    /// The file that the document is, unless it has none yet.
    pub path: Option<PathBuf>,
    pub version: i32,
    pub document: Document,
    pub kind: Kind,
    pub generation: u64,
    /// Where the document is checked, one check at a time.
    pub desk: Arc<tokio::sync::Mutex<Desk>>,
    /// The semantic tokens that the client was last given.
    pub colored: Arc<Mutex<Option<Given>>>,
    current: Arc<AtomicU64>,
}

impl Snapshot {
    /// Whether the document has changed since, or what it is to be checked against has.
    pub fn stale(&self) -> bool {
        self.current.load(Ordering::Relaxed) != self.generation
    }
}

impl Session {
    pub fn new(client: Client, bodies: Bodies) -> Self {
        Self {
            client,
            bodies,
            configuration: Configuration::default(),
            folder: Folder::default(),
            house: tokio::sync::Mutex::default(),
            abilities: OnceLock::new(),
            parent: watch::Sender::new(None),
            moment: watch::Sender::default(),
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing is left half done by a panic: each change below is one assignment or insertion.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes down what the client can do, and its process if that can be watched; the first word counts.
    pub fn begin(&self, abilities: Abilities, process: Option<u32>) {
        _ = self.abilities.set(abilities);
        self.parent.send_replace(process);
    }

    /// Whether the client has said what it can do.
    pub fn begun(&self) -> bool {
        self.abilities.get().is_some()
    }

    /// What the client can do.
    pub fn abilities(&self) -> &Abilities {
        static NONE: Abilities = Abilities::NONE;
        self.abilities.get().unwrap_or(&NONE)
    }

    /// The client's process, once it is known.
    pub async fn parent(&self) -> u32 {
        let mut parent = self.parent.subscribe();
        match parent.wait_for(Option::is_some).await {
            Ok(parent) => parent.unwrap_or_default(),
            Err(_) => std::future::pending().await,
        }
    }

    /// Takes down that the client asked to shut down.
    pub fn close_up(&self) {
        self.state().shut_down = true;
    }

    /// Whether the client asked to shut down.
    pub fn shut_down(&self) -> bool {
        self.state().shut_down
    }

    /// The client says how much of what is done it wants to hear.
    pub fn set_trace(&self, trace: TraceValue) {
        self.state().trace = trace;
    }

    /// How much of what is done the client wants to hear.
    pub fn trace(&self) -> TraceValue {
        self.state().trace
    }

    /// A token that nothing else goes under.
    pub fn new_token(&self) -> ProgressToken {
        let mut state = self.state();
        state.generation += 1;
        ProgressToken::String(format!("copydesk-{}", state.generation))
    }

    /// Tells, once the user has cancelled what goes under that token, that it is so.
    pub fn cancels(&self, token: &ProgressToken) -> Arc<AtomicBool> {
        Arc::clone(self.state().cancellable.entry(token.clone()).or_default())
    }

    /// What goes under that token has ended.
    pub fn forget_token(&self, token: &ProgressToken) {
        self.state().cancellable.remove(token);
    }

    /// The user cancels what goes under that token.
    pub fn cancel(&self, token: &ProgressToken) {
        if let Some(cancelled) = self.state().cancellable.get(token) {
            cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// A document was opened, or opened again with another text.
    pub fn open(&self, item: TextDocumentItem) {
        let mut state = self.state();
        state.generation += 1;
        let kind = convert::kind(&item.uri, &item.language_id);
        let open = Open::new(&item.text, kind, item.version, state.generation);
        if let Some(before) = state.documents.insert(item.uri, open) {
            before.generation.store(GONE, Ordering::Relaxed);
        }
        drop(state);
        self.drafts_changed();
    }

    /// Makes the client's changes, in their order. False if the document is not open.
    pub fn change(&self, uri: &Uri, version: i32, changes: &[TextDocumentContentChangeEvent]) -> bool {
        let encoding = self.abilities().encoding;
        let mut state = self.state();
        let generation = state.generation + 1;
        let Some(open) = state.documents.get_mut(uri) else { return false };
        for change in changes {
            match change.range {
                Some(range) => open.document.change(convert::range(range), &change.text, encoding),
                None => open.document = Document::new(&change.text),
            }
        }
        open.version = version;
        open.typed = Some(Instant::now());
        open.generation.store(generation, Ordering::Relaxed);
        state.generation = generation;
        true
    }

    /// A document was closed: the client's text no longer counts. False if it was not open.
    pub fn close(&self, uri: &Uri) -> bool {
        let closed = self.state().documents.remove(uri);
        if let Some(open) = &closed {
            open.generation.store(GONE, Ordering::Relaxed);
            self.drafts_changed();
        }
        closed.is_some()
    }

    /// What documents are checked against has changed: gives each a new generation, and names them.
    pub fn renew(&self) -> Vec<Uri> {
        self.moment.send_modify(|moment| moment.house += 1);
        let mut state = self.state();
        let State { documents, generation, .. } = &mut *state;
        for open in documents.values() {
            *generation += 1;
            open.generation.store(*generation, Ordering::Relaxed);
        }
        documents.keys().cloned().collect()
    }

    /// A document is to be checked anew: gives it a new generation. False if it is not open.
    pub fn renew_one(&self, uri: &Uri) -> bool {
        let mut state = self.state();
        let State { documents, generation, .. } = &mut *state;
        let Some(open) = documents.get(uri) else { return false };
        *generation += 1;
        open.generation.store(*generation, Ordering::Relaxed);
        true
    }

    /// A document that is not open, with what its file says.
    pub fn unopened(&self, uri: Uri, text: &str) -> Snapshot {
        let mut state = self.state();
        state.generation += 1;
        Open::new(text, convert::kind(&uri, ""), 0, state.generation).snapshot(&uri)
    }

    /// Files of drafts have changed, or which of them are open.
    pub fn drafts_changed(&self) {
        self.moment.send_modify(|moment| moment.drafts += 1);
    }

    /// What to wait for before the drafts that are not open need be looked at again.
    pub fn moments(&self) -> watch::Receiver<Moment> {
        self.moment.subscribe()
    }

    /// The document as it is now, if it is open.
    pub fn snapshot(&self, uri: &Uri) -> Option<Snapshot> {
        self.state().documents.get(uri).map(|open| open.snapshot(uri))
    }

    /// When the document was last edited, if it is open and was.
    pub fn typed(&self, uri: &Uri) -> Option<Instant> {
        self.state().documents.get(uri)?.typed
    }

    /// All documents that are open, as they are now.
    pub fn snapshots(&self) -> Vec<Snapshot> {
        self.state().documents.iter().map(|(uri, open)| open.snapshot(uri)).collect()
    }

    /// The baseline that counts for the draft at `path`: as it is typed where it is open, else as its file has it.
    pub fn baseline(&self, path: &Path) -> Option<Arc<BaselineFile>> {
        let file = self.configuration.baseline(path)?;
        let open = Uri::from_file_path(&file.source.path).and_then(|uri| self.snapshot(&uri));
        let Some(open) = open else { return Some(file) };
        let path = &file.source.path;
        Some(self.configuration.typed(path, open.generation, || BaselineFile::of(path.clone(), open.document.text())))
    }
}
