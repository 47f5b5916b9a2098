//! Hearing of changes to the configuration, and telling its mistakes.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::ls_types::{
    ConfigurationItem, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, MessageType, OneOf,
    Registration, RelativePattern, Uri,
};

use super::configuration::Trouble;
use super::convert::{self, Places};
use super::diagnostics;
use super::editor::{Editor, Scopes};
use super::session::Session;
use super::trace;
use crate::baseline;
use crate::config::discover::Source;
use crate::config::{Config, FILE};
use crate::format::Format;
use crate::text::Document;

/// The section of the editor's settings that is ours.
const SECTION: &str = "copydesk";

/// The client is ready: asks to be told of changes to the configuration, and asks for the editor's settings.
pub(super) fn begin(session: &Arc<Session>) {
    let abilities = session.abilities();
    let mut registrations = Vec::new();
    if abilities.watches {
        let files = [FILE, baseline::FILE].map(everywhere).into();
        registrations.push(watch("watch-configuration".into(), files));
    }
    if abilities.watches && session.configuration.editor().whole_folder {
        let endings = Format::ENDINGS.iter().flat_map(|(_, endings)| *endings);
        let drafts = endings.map(|ending| everywhere(&format!("*.{ending}"))).collect();
        registrations.push(watch("watch-drafts".into(), drafts));
    }
    if abilities.registers_configuration {
        registrations.push(Registration {
            id: "configuration".into(),
            method: "workspace/didChangeConfiguration".into(),
            register_options: Some(json!({"section": SECTION})),
        });
    }
    if !registrations.is_empty() {
        register(session, registrations);
    }
    ask(session);
}

/// Files of that name, wherever they are in the client's folders.
fn everywhere(file: &str) -> GlobPattern {
    GlobPattern::String(format!("**/{file}"))
}

/// What asks to be told of changes to these files.
fn watch(id: String, files: Vec<GlobPattern>) -> Registration {
    let watcher = |glob_pattern| FileSystemWatcher { glob_pattern, kind: None };
    let options = DidChangeWatchedFilesRegistrationOptions { watchers: files.into_iter().map(watcher).collect() };
    Registration {
        id,
        method: "workspace/didChangeWatchedFiles".into(),
        register_options: serde_json::to_value(options).ok(),
    }
}

fn register(session: &Session, registrations: Vec<Registration>) {
    let client = session.client.clone();
    tokio::spawn(async move {
        if let Err(error) = client.register_capability(registrations).await {
            tracing::warn!("the client won't tell of changes to the configuration: {error}");
        }
    });
}

/// Asks for the editor's settings, if the client can be asked, and checks anew if there are any. Of several folders each
/// may have its own.
pub(super) fn ask(session: &Arc<Session>) {
    if !session.abilities().configuration {
        return;
    }
    let session = Arc::clone(session);
    let mut folders = session.configuration.folders();
    if folders.len() == 1 {
        folders.clear();
    }
    let item = |scope_uri| ConfigurationItem { scope_uri, section: Some(SECTION.into()) };
    let items = [item(None)].into_iter().chain(folders.iter().map(|folder| item(Uri::from_file_path(folder))));
    let items = items.collect();
    tokio::spawn(async move {
        match session.client.configuration(items).await {
            // Null is no answer: what came with `initialize` stays.
            Ok(sections) => {
                let mut sections = sections.into_iter().map(|section| Some(section).filter(|it| !it.is_null()));
                let all = sections.next().flatten();
                let own = folders.into_iter().zip(sections);
                let own: Vec<_> = own.filter_map(|(folder, section)| Some((folder, section?))).collect();
                if all.is_some() || !own.is_empty() {
                    take_over(&session, all.as_ref(), &own);
                } else {
                    tracing::debug!("the client has no settings for us");
                }
            }
            Err(error) => tracing::warn!("the client does not tell its settings: {error}"),
        }
    });
}

/// Takes over settings that the client sent, as the section itself or as an object that holds it, and checks anew.
pub(super) fn accept(session: &Arc<Session>, settings: &Value) {
    take_over(session, Some(settings.get(SECTION).unwrap_or(settings)), &[]);
}

fn take_over(session: &Arc<Session>, all: Option<&Value>, own: &[(PathBuf, Value)]) {
    let before = session.configuration.scopes();
    let mistakes = session.configuration.edit(all, own);
    shown_anew(session, &before);
    if !mistakes.is_empty() {
        show(session, format!("In the settings of Copydesk: {}", mistakes.join(" ")));
    }
    check_all(session);
}

/// Colors and hints are asked for only when a draft is opened or edited: where the settings turned them on or off, the
/// client is told to ask again.
fn shown_anew(session: &Session, before: &Scopes) {
    if session.snapshots().is_empty() {
        return;
    }
    let (now, abilities) = (session.configuration.scopes(), session.abilities());
    let changed = |what: fn(&Editor) -> bool| now.each(what) != before.each(what);
    if abilities.refreshes_tokens && changed(|editor| editor.semantic_tokens) {
        let client = session.client.clone();
        tokio::spawn(async move { client.semantic_tokens_refresh().await });
    }
    if abilities.refreshes_hints && changed(|editor| editor.inlay_hints) {
        let client = session.client.clone();
        tokio::spawn(async move { client.inlay_hint_refresh().await });
    }
}

/// Configuration files have changed: reads them again when they are next needed, and checks anew.
pub(super) fn files_changed(session: &Arc<Session>) {
    session.configuration.forget();
    check_all(session);
}

/// A document was opened or edited. What other documents are checked against may be in it.
pub(super) fn edited(session: &Arc<Session>, uri: Uri) {
    let is_baseline = |path: &Path| session.configuration.baseline_at(path).is_some();
    if convert::path(&uri).is_some_and(|path| is_baseline(&path)) {
        diagnostics::all_changed(session);
    } else {
        diagnostics::changed(session, uri);
    }
}

/// Other entries of the baseline than before hold nothing back in the draft at `path`: that is told in the baseline, if it
/// is open.
pub(super) fn idle_changed(session: &Arc<Session>, path: &Path) {
    let baseline = session.configuration.baseline(path).and_then(|file| Uri::from_file_path(&file.source.path));
    if let Some(uri) = baseline.filter(|uri| session.renew_one(uri)) {
        diagnostics::renewed(session, vec![uri]);
    }
}

fn check_all(session: &Arc<Session>) {
    for uri in session.configuration.take_pushed() {
        // One that was opened meanwhile has its own.
        if session.snapshot(&uri).is_none() {
            push(session, uri, Vec::new());
        }
    }
    diagnostics::all_changed(session);
}

/// A configuration was read for a draft: watches the files that it names, and tells what is wrong with them.
pub(super) fn tell(session: &Arc<Session>, trouble: Trouble) {
    match trouble {
        Trouble::Unreadable(unreadable) => show_of(session, &unreadable.path, unreadable.to_string()),
        Trouble::Read(found) => {
            let Config { extends, rosters, word_lists, baseline_file, rules, vale, .. } = &found.config;
            let named = extends.iter().chain(rosters).chain(word_lists).map(|named| &named.path);
            named.chain(baseline_file).for_each(|path| watch_file(session, path, ""));
            // Vocabularies and lists of words are among the rules.
            let folders = rules.iter().map(|named| &named.path).chain(vale.iter().map(|vale| &vale.path));
            folders.for_each(|path| watch_file(session, path, "/**"));
            for source in found.sources() {
                // A baseline need not be there.
                if !source.text.is_empty() {
                    trace::read(session, &source.path, source.mistakes.len());
                }
                tell_of(session, source);
            }
        }
    }
}

/// Asks to be told of changes to a file that the configuration names, or to what is `below` a folder. A house's files may
/// be outside the client's folders, where only some clients can watch.
fn watch_file(session: &Session, path: &Path, below: &str) {
    let Some(name) = path.file_name().and_then(OsStr::to_str) else { return };
    let file = format!("{name}{below}");
    let above = path.parent().and_then(Uri::from_file_path).filter(|_| session.abilities().watches_anywhere);
    let (id, pattern) = match above {
        Some(base) => {
            let id = format!("watch-{}{below}", path.display());
            (id, GlobPattern::Relative(RelativePattern { base_uri: OneOf::Right(base), pattern: file }))
        }
        None => (format!("watch-{file}"), everywhere(&file)),
    };
    if session.abilities().watches && session.configuration.watches(&id) {
        register(session, vec![watch(id, vec![pattern])]);
    }
}

/// Tells what is wrong with a file, if the editor does not show it anyway.
fn tell_of(session: &Arc<Session>, found: &Source) {
    if found.mistakes.is_empty() {
        return show_of(session, &found.path, String::new());
    }
    let Some(uri) = Uri::from_file_path(&found.path) else { return };
    if session.snapshot(&uri).is_some() {
        return;
    }
    if session.abilities().pulls {
        // Nobody asks for the diagnostics of a file that is not open.
        let first = found.mistakes.first().map_or("", |mistake| &mistake.message);
        let message = format!("{}: {first} Open the file to see all that is wrong in it.", found.path.display());
        return show_of(session, &found.path, message);
    }
    let items = items(session, &uri, found);
    session.configuration.pushed(uri.clone());
    push(session, uri, items);
}

fn items(session: &Session, uri: &Uri, found: &Source) -> Vec<tower_lsp::ls_types::Diagnostic> {
    let document = Document::new(&found.text);
    let places = Places { document: &document, uri, abilities: session.abilities() };
    found.mistakes.iter().map(|mistake| places.diagnostic(mistake, None)).collect()
}

fn push(session: &Arc<Session>, uri: Uri, items: Vec<tower_lsp::ls_types::Diagnostic>) {
    let session = Arc::clone(session);
    tokio::spawn(async move { diagnostics::publish(&session, &uri, &items, None).await });
}

/// Shows what is wrong with a file, unless that was shown before: it is read again on every save.
fn show_of(session: &Session, path: &Path, message: String) {
    if session.configuration.shows(path, &message) && !message.is_empty() {
        show(session, message);
    }
}

fn show(session: &Session, message: String) {
    tracing::warn!("{message}");
    let client = session.client.clone();
    tokio::spawn(async move { client.show_message(MessageType::WARNING, message).await });
}
