//! `copydesk/sources`: who a draft goes by, what each of them says and where, and what is on nobody's word. For a list
//! of sources beside the draft; and the story's figures, for the line above it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{CodeLens, CodeLensParams, Command, Range, TextDocumentIdentifier};

use super::analysis::{self, Missing, Report};
use super::convert::Places;
use super::session::Session;
use super::symbols::opening;
use crate::format::{Draft, Role};
use crate::story::attribution::{Joined, Speech};
use crate::story::ledger::{Source, Tally, ledger, passage};
use crate::story::{Place, Story};
use crate::text::Span;

/// The request's name.
pub(super) const METHOD: &str = "copydesk/sources";

/// The command of the client's that shows the list.
const SHOW: &str = "copydesk.showSources";

/// The rules that tell what is on nobody's word.
pub(super) const UNATTRIBUTED: [&str; 2] = ["attribution/unattributed-claim", "attribution/unattributed-quote"];

/// Of which draft the sources are asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SourcesParams {
    text_document: TextDocumentIdentifier,
}

/// The sources of a draft.
#[derive(Debug, Serialize)]
pub(super) struct Sources {
    /// Of which version of the draft.
    version: i32,
    tally: Figures,
    sources: Vec<Entry>,
    /// What is on nobody's word.
    unattributed: Vec<Passage>,
}

#[derive(Debug, Serialize)]
struct Figures {
    named: usize,
    unnamed: usize,
    quotes: usize,
    words: usize,
}

#[derive(Debug, Serialize)]
struct Entry {
    name: String,
    /// The title that the story gives a person.
    detail: Option<String>,
    kind: &'static str,
    named: bool,
    /// Where the source first speaks.
    range: Range,
    quotes: usize,
    words: Vec<Passage>,
}

#[derive(Debug, Serialize)]
struct Passage {
    range: Range,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
}

/// The sources of a draft; nothing where the document is none.
pub(super) async fn sources(session: &Arc<Session>, params: SourcesParams) -> Result<Option<Sources>> {
    let snapshot = session.snapshot(&params.text_document.uri).ok_or(Missing::Unopened)?;
    let version = snapshot.version;
    let report = analysis::report_on(session, snapshot.clone()).await?;
    let read = analysis::read(session, snapshot, move |story, draft, places| {
        let ledger = ledger(story);
        let tally = Figures::of(ledger.tally(story));
        let sources = ledger.sources.iter().filter_map(|source| entry(source, story, draft, places)).collect();
        Sources { version, tally, sources, unattributed: unattributed(&report, places) }
    });
    Ok(read.await?)
}

/// The story's figures, above its first paragraph of copy.
pub(super) async fn lenses(session: &Arc<Session>, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
    let uri = params.text_document.uri;
    let snapshot = session.snapshot(&uri).ok_or(Missing::Unopened)?;
    // A command that the client does not know would fail when somebody clicks on it.
    let known = session.abilities().shows_sources;
    let read = analysis::read(session, snapshot, move |story, draft, places| {
        let lede = story.paragraphs.iter().position(|it| matches!(it.role, Role::Body | Role::Dateline))?;
        let start = places.range(draft.paragraphs[lede].span).start;
        let command = Command {
            title: in_words(ledger(story).tally(story)),
            command: if known { SHOW.into() } else { String::new() },
            arguments: known.then(|| vec![uri.as_str().into()]),
        };
        Some(CodeLens { range: Range { start, end: start }, command: Some(command), data: None })
    });
    Ok(read.await?.map(|lens| lens.into_iter().collect()))
}

/// "4 sources named, 1 unnamed · 7 quotes · 512 words"
fn in_words(tally: Tally) -> String {
    let Tally { named, unnamed, quotes, words } = tally;
    let count = |count: usize, thing: &str| format!("{count} {thing}{}", if count == 1 { "" } else { "s" });
    format!(
        "{} named, {unnamed} unnamed · {} · {}",
        count(named, "source"),
        count(quotes, "quote"),
        count(words, "word")
    )
}

impl Figures {
    const fn of(tally: Tally) -> Self {
        let Tally { named, unnamed, quotes, words } = tally;
        Self { named, unnamed, quotes, words }
    }
}

fn entry(source: &Source, story: &Story<'_>, draft: &Draft<'_>, places: &Places<'_>) -> Option<Entry> {
    let said = source.share.attributions.iter().filter_map(|index| story.attributions.get(*index));
    let first = said.clone().min_by_key(|joined| passage(joined))?;
    let speaks = first.attribution.who(story.paragraphs[first.paragraph].text);
    let first_place = speaks.map_or_else(|| passage(first), |source| Place::new(first.paragraph, source));
    let person = said.clone().find_map(|joined| joined.person).map(|person| &story.people[person]);
    let range = |place: Place| places.range(draft.locate(place.paragraph, place.span));
    let passages = said.map(|joined| {
        let place = content(joined);
        let kind = match joined.attribution.kind {
            Speech::Direct => "direct",
            Speech::Mixed => "mixed",
            Speech::Indirect => "indirect",
        };
        Passage { range: range(place), text: opening(story.words(place)), kind: Some(kind) }
    });
    Some(Entry {
        name: source.name.clone(),
        detail: person.and_then(|person| person.titles.first().cloned()),
        kind: source.kind.name(),
        named: source.is_named(),
        range: range(first_place),
        quotes: source.share.quotes,
        words: passages.collect(),
    })
}

/// What is said; where that is yet to come, the words that announce it.
fn content(joined: &Joined<'_>) -> Place {
    let attribution = joined.attribution;
    let content = attribution.content.first().or(attribution.cue.first()).copied();
    content.map_or_else(|| passage(joined), |span| Place::new(joined.paragraph, span))
}

fn unattributed(report: &Report, places: &Places<'_>) -> Vec<Passage> {
    let found = report.diagnostics.iter().filter(|found| UNATTRIBUTED.contains(&found.rule));
    let text = report.document.text();
    let passage = |span: Span| Passage { range: places.range(span), text: opening(span.of(&text)), kind: None };
    found.map(|found| passage(found.span)).collect()
}
