//! Writing to the house's files, for the editor's commands: its configuration, its word list, its baseline.
//!
//! A file that is open gets an edit from the editor, so that nothing typed there is lost. Any other is written where it
//! is: an editor that gets an edit for it would open it somewhere unseen, and leave it unsaved.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::ls_types::{MessageType, Uri, WorkspaceEdit};

use super::convert::Places;
use super::session::Session;
use super::{fix_all, housekeeping};
use crate::config::add::NotAdded;
use crate::config::discover::Found;
use crate::config::{EXAMPLE, FILE};
use crate::files;

/// What to say where a thread of the server's did not end well.
pub(super) const FAILED: &str = "The server failed; why is in its log.";

/// The configuration that counts for a draft, or the one that will.
pub(super) struct House {
    /// What it says, if there is one.
    pub found: Option<Arc<Found>>,
    /// Its file.
    pub file: PathBuf,
}

impl House {
    /// The house of the draft in that file, or of one that is in no file yet. Waits for the disk.
    ///
    /// # Errors
    ///
    /// Its configuration can't be read, or there is no folder for one; in words for the user.
    pub fn of(session: &Session, path: Option<&Path>) -> Result<Self, String> {
        let Some(place) = session.configuration.place(path) else {
            return Err(
                "Save the draft first, or open the folder that it belongs to: a house is known by its folder.".into()
            );
        };
        let found = session.configuration.found(&place).map_err(|unreadable| unreadable.to_string())?;
        let new = || session.configuration.home(&place).join(FILE);
        let file = found.as_ref().map_or_else(new, |found| found.file.path.clone());
        Ok(Self { found, file })
    }

    /// Makes its file if there is none, and gives what it says.
    ///
    /// # Errors
    ///
    /// It can't be made; in words for the user.
    pub fn settle(self, session: &Session) -> Result<Arc<Found>, String> {
        if let Some(found) = self.found {
            return Ok(found);
        }
        files::put(&self.file, EXAMPLE).map_err(|error| unwritten(session, &self.file, &error.to_string()))?;
        session.configuration.forget();
        Ok(Arc::new(Found::of(self.file, EXAMPLE.into())))
    }
}

/// A text that a file of the house is to have.
pub(super) struct Written {
    /// The file.
    pub path: PathBuf,
    /// Whether it is open in the editor, where it has to be saved.
    pub open: bool,
}

/// Gives a file of the house the text that `make` makes of the one that it has, as it is typed where it is open; a file
/// that is not there yet has the text `begun`.
///
/// # Errors
///
/// What `make` says, or why the file can't be read or written; in words for the user.
pub(super) async fn write(
    session: &Arc<Session>,
    path: PathBuf,
    begun: &'static str,
    make: impl FnOnce(&str) -> Result<String, NotAdded> + Send + 'static,
) -> Result<Written, String> {
    let shown = shown(session, &path);
    let left = {
        let shown = shown.clone();
        move |why: NotAdded| format!("{shown} is left as it is: {why}")
    };
    if let Some(open) = Uri::from_file_path(&path).and_then(|uri| session.snapshot(&uri)) {
        let before = open.document.text();
        let edits = fix_all::difference(&before, &make(&before).map_err(left)?);
        let places = Places { document: &open.document, uri: &open.uri, abilities: session.abilities() };
        let edit = places.workspace_edit(&edits, open.version);
        apply(session, edit, shown);
        return Ok(Written { path, open: true });
    }
    let written = {
        let (path, session) = (path.clone(), Arc::clone(session));
        tokio::task::spawn_blocking(move || {
            let before = if path.exists() { read(&session, &path)? } else { begun.into() };
            let after = make(&before).map_err(left)?;
            files::put(&path, &after).map_err(|error| unwritten(&session, &path, &error.to_string()))
        })
    };
    written.await.map_err(|_| FAILED.to_owned())??;
    housekeeping::files_changed(session);
    Ok(Written { path, open: false })
}

/// Has the editor make an edit; where it does not, the user is told, by the name of what was to be edited.
pub(super) fn apply(session: &Session, edit: WorkspaceEdit, what: String) {
    let client = session.client.clone();
    tokio::spawn(async move {
        let refused = match client.apply_edit(edit).await {
            Ok(answer) => (!answer.applied).then(|| answer.failure_reason.unwrap_or_else(|| "no reason given".into())),
            Err(error) => Some(error.to_string()),
        };
        if let Some(why) = refused {
            let message = format!("The editor did not make the edit of {what} ({why}). Try again.");
            client.show_message(MessageType::WARNING, message).await;
        }
    });
}

/// The text of a file. Waits for the disk.
///
/// # Errors
///
/// It can't be read; in words for the user.
pub(super) fn read(session: &Session, path: &Path) -> Result<String, String> {
    let text = files::Input::File(path.to_owned()).read();
    text.map_err(|problem| format!("{}: {}", shown(session, path), problem.what))
}

fn unwritten(session: &Session, path: &Path, why: &str) -> String {
    format!("{} can’t be written: {why}", shown(session, path))
}

/// A path as the user knows it: from the folder that is open, if it is below one.
pub(super) fn shown(session: &Session, path: &Path) -> String {
    let folders = session.configuration.folders();
    let below = folders.iter().find_map(|folder| path.strip_prefix(folder).ok());
    below.unwrap_or(path).display().to_string()
}
