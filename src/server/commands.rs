//! Commands that the editor runs: what changes the house's files, or is asked for without a menu at hand.
//!
//! How a command went is a message to the user, whichever way the editor called it; an error is only for a call that
//! makes no sense.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{ExecuteCommandParams, MessageType, Range, TextDocumentIdentifier, Uri};

use super::analysis::{self, Report};
use super::house::{self, FAILED, House, Written, shown};
use super::progress::Progress;
use super::session::{Kind, Session, Snapshot};
use super::{convert, silence, workspace};
use crate::baseline::Entry;
use crate::check::Checker;
use crate::config::add::{self, NotAdded};
use crate::config::discover::Found;
use crate::config::renewal::{Renewal, Renewals, Renewed, Standing};
use crate::config::{self, EXAMPLE};
use crate::format::{self, Format};
use crate::style::Term;
use crate::text::{self, Span};

/// Silences what is reported at a place: [`Place`].
pub(super) const IGNORE: &str = "copydesk.ignore";
/// Adds a term to the house's: [`AddTerm`].
pub(super) const ADD_TERM: &str = "copydesk.addTerm";
/// Adds an acronym to those that the house's readers know: [`AddAcronym`].
pub(super) const ADD_ACRONYM: &str = "copydesk.addAcronym";
/// Lets stand what is found in a draft, or in all drafts of the folders: [`WriteBaseline`].
pub(super) const WRITE_BASELINE: &str = "copydesk.writeBaseline";

/// All of them.
pub(super) const ALL: [&str; 4] = [IGNORE, ADD_TERM, ADD_ACRONYM, WRITE_BASELINE];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    text_document: TextDocumentIdentifier,
    range: Range,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddTerm {
    text_document: TextDocumentIdentifier,
    /// What the house does not write.
    wrong: String,
    /// What it does.
    right: String,
    why: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddAcronym {
    text_document: TextDocumentIdentifier,
    acronym: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WriteBaseline {
    /// The draft; all of them, where none is named.
    text_document: Option<TextDocumentIdentifier>,
}

/// What to tell the user: that it is done, or why not.
type Told = std::result::Result<String, String>;

/// Runs a command.
///
/// # Errors
///
/// There is no such command, or its arguments are others.
pub(super) async fn execute(session: &Arc<Session>, params: ExecuteCommandParams) -> Result<Option<Value>> {
    let ExecuteCommandParams { command, arguments, work_done_progress_params } = params;
    let told = match command.as_str() {
        IGNORE => ignore(session, read(&command, arguments)?).await,
        ADD_TERM => add_term(session, read(&command, arguments)?).await,
        ADD_ACRONYM => add_acronym(session, read(&command, arguments)?).await,
        WRITE_BASELINE => {
            let none = arguments.first().is_none_or(Value::is_null);
            let which = if none { WriteBaseline::default() } else { read(&command, arguments)? };
            let mut progress = Progress::cancellable(session, work_done_progress_params.work_done_token).await;
            let told = write_baseline(session, which, &progress).await;
            progress.end().await;
            told
        }
        _ => {
            let message = format!("Copydesk has no command “{command}”, but {}.", ALL.join(", "));
            return Err(Error::invalid_params(message));
        }
    };
    let (kind, message) = match told {
        Ok(done) => (MessageType::INFO, done),
        Err(why) => (MessageType::WARNING, why),
    };
    session.client.show_message(kind, message).await;
    Ok(None)
}

/// A command's arguments: one object.
fn read<T: DeserializeOwned>(command: &str, arguments: Vec<Value>) -> Result<T> {
    let argument = arguments.into_iter().next().unwrap_or_default();
    serde_json::from_value(argument)
        .map_err(|error| Error::invalid_params(format!("{command} takes one object as its argument: {error}.")))
}

/// The house of a document.
async fn house_of(session: &Arc<Session>, uri: &Uri) -> std::result::Result<House, String> {
    let (session, path) = (Arc::clone(session), convert::path(uri));
    let house = tokio::task::spawn_blocking(move || House::of(&session, path.as_deref()));
    house.await.map_err(|_| FAILED.to_owned())?
}

async fn add_term(session: &Arc<Session>, params: AddTerm) -> Told {
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let why = params.why.map(words).filter(|why| !why.is_empty());
    let term = Term { wrong: words(params.wrong), right: words(params.right), why };
    let _alone = session.house.lock().await;
    let house = house_of(session, &params.text_document.uri).await?;
    let said = format!("The house writes “{}” for “{}” from now on.", term.right, term.wrong);
    let written = match house.found.as_deref().and_then(word_list) {
        Some(list) => house::write(session, list, "", move |text| add::row(text, &term)).await?,
        None => house::write(session, house.file, EXAMPLE, move |text| add::term(text, &term)).await?,
    };
    Ok(done(session, &said, &written))
}

/// The word list that a configuration names itself: those that it extends are others' too.
fn word_list(found: &Found) -> Option<PathBuf> {
    let own = config::read(&found.file.text).0.seen_from(found.file.path.parent()?);
    own.word_lists.into_iter().next().map(|named| named.path)
}

async fn add_acronym(session: &Arc<Session>, AddAcronym { text_document, acronym }: AddAcronym) -> Told {
    let _alone = session.house.lock().await;
    let house = house_of(session, &text_document.uri).await?;
    let said = format!("The house’s readers know “{acronym}” from now on.");
    let make = move |text: &str| add::acronym(text, &acronym);
    let written = house::write(session, house.file, EXAMPLE, make).await?;
    Ok(done(session, &said, &written))
}

/// What was done, and where.
fn done(session: &Session, said: &str, Written { path, open }: &Written) -> String {
    let shown = shown(session, path);
    match open {
        true => format!("{said} That is in {shown}, which is open: save it, and drafts are checked by it."),
        false => format!("{said} That is in {shown}."),
    }
}

async fn ignore(session: &Arc<Session>, Place { text_document, range }: Place) -> Told {
    let report = analysis::report(session, &text_document.uri).await.map_err(|_| MOVED.to_owned())?;
    let span = report.places(session).span(range);
    let touched = report.diagnostics.iter().enumerate().filter(|(_, found)| touches(found.span, span));
    let Some((index, found)) = touched.min_by_key(|(_, found)| found.span.len()) else {
        return Err("Nothing is reported here.".into());
    };
    let snapshot = session.snapshot(&report.uri).ok_or_else(|| MOVED.to_owned())?;
    if snapshot.kind == Kind::Draft(Format::Plain) {
        return let_stand(session, snapshot, &report, index).await;
    }
    let rule = found.rule;
    let edit = match silence::ways(session, &report, &[index]).first() {
        Some((_, way, _)) => silence::edit(session, &report, found, *way),
        None => None,
    };
    let edit = edit.ok_or_else(|| format!("No comment for “{rule}” can stand there without changing the copy."))?;
    house::apply(session, edit, shown(session, snapshot.path.as_deref().unwrap_or(Path::new("the draft"))));
    Ok(format!("“{rule}” is silent here. Say why in the comment."))
}

/// Silences a diagnostic of a plain text, which has no comments, in the baseline.
async fn let_stand(session: &Arc<Session>, snapshot: Snapshot, report: &Arc<Report>, index: usize) -> Told {
    let path = snapshot.path.as_deref();
    let (Some(path), Some(file)) = (path, path.and_then(|path| session.baseline(path))) else {
        let why =
            "What stands in plain text is kept in a baseline beside copydesk.toml, and there is none above this draft.";
        return Err(format!("{why} Make one, or write the baseline."));
    };
    let _alone = session.house.lock().await;
    let name = file.name_of(path);
    let (report, path) = (Arc::clone(report), file.source.path.clone());
    let rule = report.diagnostics.get(index).map_or("", |found| found.rule);
    let add = move |text: &str| {
        let copy = report.document.text();
        let draft = format::read(&copy, Format::Plain);
        let found = report.diagnostics.get(index).ok_or(NotAdded::Broken)?;
        let entry = Entry::of(&name, found, &draft, &copy);
        let edit = config::baseline(text).0.add(&entry, text).ok_or(NotAdded::Broken)?;
        Ok(text::apply(text, &[edit]))
    };
    let written = house::write(session, path, "", add).await?;
    Ok(done(session, &format!("“{rule}” stands here."), &written))
}

/// What to say where the draft changed under the command.
const MOVED: &str = "The draft changed meanwhile, or is not open. Try again.";

fn touches(found: Span, span: Span) -> bool {
    found.start <= span.end && span.start <= found.end
}

async fn write_baseline(session: &Arc<Session>, which: WriteBaseline, progress: &Progress<'_>) -> Told {
    let _alone = session.house.lock().await;
    let drafts = match which.text_document {
        Some(draft) => vec![draft.uri],
        None => all_drafts(session).await,
    };
    progress.begin("Writing the baseline", true).await;
    let mut renewals = Renewals::default();
    let mut wrong = Vec::new();
    for (done, uri) in drafts.iter().enumerate() {
        progress.report(done, drafts.len()).await;
        if progress.cancelled() {
            return Err("The baseline was left as it is.".into());
        }
        match standing(session, uri).await {
            Ok(standing) => standing.into_iter().for_each(|standing| renewals.add(standing)),
            Err(why) => wrong.push(why),
        }
    }
    let mut told = Vec::new();
    for renewal in renewals.all() {
        told.push(renew(session, renewal).await?);
    }
    // One is enough to begin with: they are often all the same.
    let left_out = wrong.first().map(|why| format!("{} left out: {why}", drafts_of(wrong.len())));
    if told.is_empty() {
        return Err(left_out.unwrap_or_else(|| "Nothing is found that could stand.".into()));
    }
    told.extend(left_out);
    Ok(told.join(" "))
}

fn drafts_of(count: usize) -> String {
    if count == 1 { "1 draft was".into() } else { format!("{count} drafts were") }
}

/// The drafts in the client's folders.
async fn all_drafts(session: &Arc<Session>) -> Vec<Uri> {
    let folders = Arc::clone(session);
    let files = tokio::task::spawn_blocking(move || workspace::files(&folders)).await.unwrap_or_default();
    files.iter().filter_map(Uri::from_file_path).collect()
}

/// All that is found in a draft now; `None` where that is nothing, and no house is there to know.
async fn standing(session: &Arc<Session>, uri: &Uri) -> std::result::Result<Option<Standing>, String> {
    let Some(path) = convert::path(uri) else {
        return Err("Save the draft first: the baseline knows each by its path.".into());
    };
    let (session, uri) = (Arc::clone(session), uri.clone());
    let work = move || {
        let snapshot = match session.snapshot(&uri) {
            Some(open) => open,
            None => session.unopened(uri, &house::read(&session, &path)?),
        };
        stands(&session, &snapshot, &path)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| FAILED.to_owned())?
}

fn stands(session: &Arc<Session>, snapshot: &Snapshot, path: &Path) -> std::result::Result<Option<Standing>, String> {
    let Kind::Draft(format) = snapshot.kind else { return Err(format!("{} is no draft.", shown(session, path))) };
    let (text, settings) = (snapshot.document.text(), analysis::settings(session, snapshot));
    let found = Checker::default().check(&text, format, &settings, &|| false).map_err(|_| MOVED.to_owned())?;
    let house = House::of(session, Some(path))?;
    if house.found.is_none() && found.is_empty() {
        return Ok(None);
    }
    let settled = house.settle(session)?;
    let file = session.baseline(path).unwrap_or_else(|| Arc::clone(&settled.baseline));
    Ok(Some(Standing::of(file, path, found, &text, format, &settings)))
}

/// Writes a baseline, and says what stands in it.
async fn renew(session: &Arc<Session>, renewal: Renewal) -> Told {
    let path = renewal.file.source.path.clone();
    let shown = shown(session, &path);
    let Some(Renewed { text, stand, new, dropped }) = renewal.renewed() else {
        return Err(format!("{shown} has mistakes in it and is left as it is. Mend them first."));
    };
    if stand + dropped == 0 {
        return Ok("Nothing is found that could stand.".into());
    }
    let written = house::write(session, path, "", move |_| Ok(text)).await?;
    let found = if stand == 1 { "1 finding stands".into() } else { format!("{stand} findings stand") };
    Ok(done(session, &format!("{found}, {new} of them new; {dropped} dropped."), &written))
}
