//! Completion: the story's own names and titles, the state that goes with a city, and places that datelines have. A word in
//! small letters is the writer's own: nothing is offered for it, nor inside a word, whose end would stay.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, CompletionTextEdit, TextEdit,
};

use super::analysis::{self, Missing};
use super::session::Session;
use crate::format::{Draft, Role};
use crate::lexicon::places::{self, City};
use crate::lexicon::{fold, gazetteer};
use crate::story::Story;
use crate::style::Dateline;
use crate::text::Span;

/// Most entries of a list: a longer one is not read.
const MOST: usize = 100;

/// Something that may be written.
struct Entry {
    words: String,
    detail: String,
    kind: CompletionItemKind,
}

impl Entry {
    fn new(words: impl Into<String>, detail: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self { words: words.into(), detail: detail.into(), kind }
    }
}

/// What may be written at a position instead of the word that was begun there.
pub(super) async fn completions(
    session: &Arc<Session>,
    params: CompletionParams,
) -> Result<Option<CompletionResponse>> {
    let at = params.text_document_position;
    let snapshot = session.snapshot(&at.text_document.uri).ok_or(Missing::Unopened)?;
    let dateline = analysis::settings(session, &snapshot).style.dateline.clone();
    let read = analysis::read(session, snapshot, move |story, draft, places| {
        let text = places.document.text();
        let place = Cursor::of(&text, places.offset(at.position));
        let range = places.range(place.begun);
        let entries = entries(&place, story, draft, &dateline).into_iter().take(MOST).enumerate();
        let item = |(nth, Entry { words, detail, kind }): (usize, Entry)| CompletionItem {
            // The editor compares with what was typed, of which the name may be the second word.
            filter_text: Some(place.word.to_owned() + " " + &words).filter(|_| !words.starts_with(place.word)),
            sort_text: Some(format!("{nth:03}")),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: words.clone() })),
            label: words,
            kind: Some(kind),
            detail: (!detail.is_empty()).then_some(detail),
            ..CompletionItem::default()
        };
        CompletionResponse::Array(entries.map(item).collect())
    });
    Ok(read.await?)
}

/// Where something is to be written.
struct Cursor<'t> {
    offset: usize,
    /// The word that was begun, which may be empty, and where.
    word: &'t str,
    begun: Span,
    /// What stands before it in its line.
    line: &'t str,
    /// Whether the word goes on behind the offset.
    inside: bool,
}

impl<'t> Cursor<'t> {
    fn of(text: &'t str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or_default();
        let line = &before[before.rfind(['\n', '\r']).map_or(0, |end| end + 1)..];
        let inner = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.');
        let word = &line[line.trim_end_matches(inner).len()..];
        let after = text.get(offset..).unwrap_or_default();
        Self {
            offset,
            word,
            begun: Span::new(offset - word.len(), offset),
            line: &line[..line.len() - word.len()],
            inside: after.starts_with(|c: char| c.is_alphanumeric() || c == '-'),
        }
    }
}

fn entries(at: &Cursor<'_>, story: &Story<'_>, draft: &Draft<'_>, dateline: &Dateline) -> Vec<Entry> {
    if at.inside || at.word.starts_with(|first: char| !first.is_uppercase()) {
        return Vec::new();
    }
    let regions = regions(at);
    if !regions.is_empty() {
        return regions;
    }
    let places = in_dateline(at, story, draft, dateline);
    if places.is_empty() { names(at, story) } else { places }
}

/// Whether the words, or one of them, begin as what was typed does.
fn begins(words: &str, typed: &str) -> bool {
    let typed = fold(typed);
    fold(words).starts_with(&typed) || words.split(' ').any(|word| fold(word).starts_with(&typed))
}

/// What of the words is yet to be written behind a line that may end with the first of them: who has typed "Mayor Ada Q"
/// wants "Quill", and no second "Ada". Nothing, where it ends with the last of them or one in their midst.
fn rest<'w>(words: &'w str, line: &str) -> &'w str {
    let written = |words: &str| {
        let before = line.strip_suffix(' ').and_then(|line| line.strip_suffix(words));
        before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    };
    if written(words.rsplit(' ').next().unwrap_or(words)) {
        return "";
    }
    let end = words.rmatch_indices(' ').map(|(end, _)| end).find(|end| written(&words[..*end]));
    // Behind "Ada", "Mayor Ada Quill" would say it twice.
    let amid = || words.split(' ').any(|word| word.starts_with(char::is_uppercase) && written(word));
    end.map_or_else(|| if amid() { "" } else { words }, |end| &words[end + 1..])
}

/// The states or countries of the city before the comma: as AP shortens them after one in capitals, else in full.
fn regions(at: &Cursor<'_>) -> Vec<Entry> {
    /// "Salt Lake City"
    const LONGEST: usize = 3;
    let Some(before) = at.line.strip_suffix(", ") else { return Vec::new() };
    let words: Vec<&str> = before.split(' ').rev().take(LONGEST).collect();
    let city = (1..=words.len()).rev().map(|count| words[..count].iter().rev().copied().collect::<Vec<_>>().join(" "));
    let of = |city: &str| -> Vec<&'static str> {
        match places::city(city) {
            Some(City::Needs(region)) => vec![region],
            Some(City::Several(regions)) => regions.iter().map(String::as_str).collect(),
            Some(City::Alone(_)) => Vec::new(),
            None => gazetteer::regions(city),
        }
    };
    let Some((city, regions)) = city.map(|city| (of(&city), city)).find_map(|(regions, city)| {
        let name = city.starts_with(char::is_uppercase) && !regions.is_empty();
        name.then_some((city, regions))
    }) else {
        return Vec::new();
    };
    let shouted = !city.contains(char::is_lowercase);
    let known = regions.into_iter().filter_map(places::region);
    let forms = known.map(|region| (if shouted { region.ap() } else { region.name() }, region.name()));
    let forms = forms.filter(|(form, _)| begins(form, at.word));
    forms.map(|(form, name)| Entry::new(form, name, CompletionItemKind::CONSTANT)).collect()
}

/// The places that begin as a word in capitals does with which the story opens, each as a dateline has it.
fn in_dateline(at: &Cursor<'_>, story: &Story<'_>, draft: &Draft<'_>, form: &Dateline) -> Vec<Entry> {
    let shouts = at.word.len() > 1 && !at.word.contains(char::is_lowercase);
    let first = story.paragraphs.iter().position(|it| matches!(it.role, Role::Body | Role::Dateline));
    let opens = first.and_then(|first| draft.paragraphs.get(first)).is_some_and(|it| it.span.contains(at.begun));
    // What is typed may be taken for a headline until more of it is there.
    let alone = draft.paragraphs.iter().all(|paragraph| paragraph.span.end <= at.offset);
    if !shouts || !form.used || !form.capitals || !at.line.trim().is_empty() || !(opens || alone) {
        return Vec::new();
    }
    let credit = if form.agency.is_empty() { String::new() } else { format!(" ({})", form.agency) };
    let cities = places::in_datelines().filter(|(city, _)| fold(city).starts_with(&fold(at.word)));
    let entry = |(city, region): (&str, Option<&str>)| {
        let region = region.filter(|_| form.ap_regions).map_or_else(String::new, |region| format!(", {region}"));
        let end = if form.date { String::new() } else { format!("{credit}{}", form.dash) };
        Entry::new(format!("{}{region}{end}", city.to_uppercase()), "dateline", CompletionItemKind::CONSTANT)
    };
    cities.map(entry).collect()
}

/// The people of the story, with the titles that it gives them before their names, and the bodies.
fn names(at: &Cursor<'_>, story: &Story<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut add = |mut entry: Entry| {
        entry.words = rest(&entry.words, at.line).to_owned();
        let known = entries.iter().any(|other| other.words == entry.words);
        if !known && !entry.words.is_empty() && entry.words != at.word && begins(&entry.words, at.word) {
            entries.push(entry);
        }
    };
    for person in &story.people {
        let title = person.titles.first().map_or("", String::as_str);
        add(Entry::new(&person.name, title, CompletionItemKind::CLASS));
        for title in person.titles.iter().filter(|title| title.starts_with(char::is_uppercase)) {
            add(Entry::new(format!("{title} {}", person.name), "", CompletionItemKind::CLASS));
        }
        add(Entry::new(&person.surname, &person.name, CompletionItemKind::CLASS));
    }
    for paragraph in &story.paragraphs {
        for body in &paragraph.facts.bodies {
            let name = paragraph.phrase(body.span);
            let bare = name.strip_prefix("the ").or(name.strip_prefix("The ")).unwrap_or(&name);
            add(Entry::new(bare, "", CompletionItemKind::MODULE));
        }
    }
    entries
}
