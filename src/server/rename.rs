//! Rename: a person or a title, through the story.
//!
//! What stands in quotation marks is somebody's word, and a title without a name beside it may be somebody else's. A
//! client that can asks the user about each of these; for any other they are left as they are, and it is told where.

mod name;
mod title;

use std::sync::Arc;

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    MessageType, PrepareRenameResponse, RenameParams, TextDocumentPositionParams, WorkspaceEdit,
};

use super::analysis::{self, Missing};
use super::cast::{self, Subject};
use super::convert::{Note, Places};
use super::session::Session;
use crate::format::Draft;
use crate::story::people::Mention;
use crate::story::{Place, Story};
use crate::text::{Edit, one_line};

/// The words at a position that can be renamed: a person's name there without "Jr.", or their title.
pub(super) async fn prepare(
    session: &Arc<Session>,
    at: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>> {
    let snapshot = session.snapshot(&at.text_document.uri).ok_or(Missing::Unopened)?;
    let found = analysis::read(session, snapshot, move |story, draft, places| {
        let (_, place) = target(story, draft, places.offset(at.position))?;
        let range = places.range(draft.locate(place.paragraph, place.span));
        let placeholder = one_line(story.words(place)).into_owned();
        Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
    });
    Ok(found.await?.flatten())
}

/// The edits that rename whom or what the words at a position name.
pub(super) async fn rename(session: &Arc<Session>, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
    let at = params.text_document_position;
    let new = params.new_name.split_whitespace().collect::<Vec<_>>().join(" ");
    if new.is_empty() {
        return Err(Error::invalid_params("A name or title needs at least one word."));
    }
    let snapshot = session.snapshot(&at.text_document.uri).ok_or(Missing::Unopened)?;
    let version = snapshot.version;
    let made = analysis::read(session, snapshot, move |story, draft, places| {
        let (target, place) = target(story, draft, places.offset(at.position))?;
        let (changes, taken) = match target {
            Subject::Person(person) => {
                let taken = name::bearer(story, person, &new).map(|bearer| taken(&bearer.name));
                (name::changes(story, &story.people[person], place, &new), taken)
            }
            Subject::Title(bearer, title) => (title::changes(story, bearer, &title, place, &new), None),
            Subject::Body(..) => Default::default(),
        };
        let (edit, left) = settle(changes, story, draft, places, version);
        Some((edit, [left, taken.unwrap_or_default()].join(" ").trim().to_owned()))
    });
    let (edit, left) = made.await?.flatten().ok_or_else(|| {
        Error::invalid_params("Nothing is to be renamed here: put the cursor on a person's name, or on their title.")
    })?;
    if !left.is_empty() {
        let client = session.client.clone();
        tokio::spawn(async move { client.show_message(MessageType::INFO, left).await });
    }
    Ok(Some(edit))
}

/// What is to be renamed at an offset of the file, and its words there.
fn target(story: &Story<'_>, draft: &Draft<'_>, offset: usize) -> Option<(Subject, Place)> {
    let (index, offset) = draft.prose_at(offset)?;
    let (subject, mut place) = cast::at(story, index, offset)?;
    match subject {
        Subject::Person(_) => place.span = name::renamed(named(story, place)?),
        Subject::Title(..) => {}
        Subject::Body(..) => return None,
    }
    cast::touches(place.span, offset).then_some((subject, place))
}

/// The naming at a place.
fn named<'s>(story: &Story<'s>, place: Place) -> Option<&'s Mention> {
    let mut mentions = story.paragraphs.get(place.paragraph)?.facts.mentions.iter();
    mentions.find(|mention| mention.span.overlaps(place.span))
}

/// A change that renaming comes down to.
struct Change {
    place: Place,
    /// What is to stand there; none where that can't be told.
    text: Option<String>,
    /// Why somebody has to look at it first.
    why: Option<Why>,
}

/// Why a change is not made unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Quoted,
    /// A title without a name beside it.
    Alone,
    /// A given name that is not the one renamed: "Joe" for Joseph.
    Form,
    /// Markup runs through the words.
    Markup,
}

impl Why {
    const fn words(self) -> &'static str {
        match self {
            Self::Quoted => "in quotation marks",
            Self::Alone => "title by itself",
            Self::Form => "another form of the name",
            Self::Markup => "markup in the words",
        }
    }

    /// What a client that asks about changes says of them.
    const fn note(self) -> Note {
        let (id, label, description) = match self {
            Self::Quoted => {
                ("quoted", "In quotation marks", "What people said is theirs, unless it was taken down wrong.")
            }
            _ => ("alone", "Title by itself", "It may be somebody else who holds the office."),
        };
        Note { id, label, description }
    }
}

/// The changes as an edit of the document, and what to tell of those that are left out.
fn settle(
    changes: Vec<Change>,
    story: &Story<'_>,
    draft: &Draft<'_>,
    places: &Places<'_>,
    version: i32,
) -> (WorkspaceEdit, String) {
    let (mut edits, mut noted) = (Vec::new(), Vec::new());
    let mut left: Vec<(Why, u32)> = Vec::new();
    for Change { place, text, why } in changes {
        if text.as_deref() == Some(&*one_line(story.words(place))) {
            continue;
        }
        let exact = draft.paragraphs[place.paragraph].map.exact(place.span);
        let line = places.range(draft.locate(place.paragraph, place.span)).start.line + 1;
        let why = if exact.is_none() { Some(Why::Markup) } else { why };
        match (exact, text) {
            (Some(span), Some(text)) => match why {
                None => edits.push(Edit::replace(span, text)),
                Some(why) if places.abilities.annotates => noted.push((Edit::replace(span, text), why.note())),
                Some(why) => left.push((why, line)),
            },
            _ => left.extend(why.map(|why| (why, line))),
        }
    }
    left.sort_unstable();
    left.dedup();
    (places.annotated_edit(&edits, &noted, version), tell(&left))
}

/// Who two people of one name are can't be told apart any more.
fn taken(name: &str) -> String {
    format!("{name} is somebody else in this story: if these two are not one, undo this.")
}

/// "Not renamed: lines 5 and 9 (in quotation marks), line 12 (markup in the words)."
fn tell(left: &[(Why, u32)]) -> String {
    let told: Vec<String> = left
        .chunk_by(|(a, _), (b, _)| a == b)
        .map(|places| {
            let lines: Vec<String> = places.iter().map(|(_, line)| line.to_string()).collect();
            let (lines, noun) = match lines.as_slice() {
                [line] => (line.clone(), "line"),
                [lines @ .., last] => (format!("{} and {last}", lines.join(", ")), "lines"),
                [] => Default::default(),
            };
            format!("{noun} {lines} ({})", places[0].0.words())
        })
        .collect();
    if told.is_empty() { String::new() } else { format!("Not renamed: {}. Look for yourself.", told.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Checker;
    use crate::format::Format;
    use crate::server::capabilities::Abilities;
    use crate::settings::Settings;
    use crate::text::{Document, apply};

    const DRAFT: &str = "😀 QUILL QUITS\n\nGov. Joseph “Joe” Quill Jr., 54, met Ana de Roe-Ng and J. Quill’s 😀\r\nwife, \
        Sens. Bo Ross and Cy Dahl. Ross’ car, the governor’s.\n\n“Quill is late,” De Roe-Ng told Gov. Quill. NG: No.\n";

    #[test]
    fn any_name_can_take_the_place_of_any_other() {
        let document = Document::new(DRAFT);
        let uri = "file:///draft.txt".parse().expect("a URI");
        let places = Places { document: &document, uri: &uri, abilities: &Abilities::NONE };
        Checker::default().story(DRAFT, Format::Plain, &Settings::default(), |story, draft| {
            let mut renamed = 0;
            for new in
                ["Eve Moss", "Moss", "😀", "d’", "İ ßǆ", "J. R. R. de la Ōe Jr.", "Sens.", "the", "Lt. Gov.", "’s 1 —"]
            {
                for offset in 0..=DRAFT.len() {
                    let Some((target, place)) = target(story, draft, offset) else { continue };
                    let changes = match &target {
                        Subject::Person(person) => name::changes(story, &story.people[*person], place, new),
                        Subject::Title(bearer, title) => title::changes(story, *bearer, title, place, new),
                        Subject::Body(..) => Vec::new(),
                    };
                    let (edit, _) = settle(changes, story, draft, &places, 1);
                    let edits = edit.changes.and_then(|mut edits| edits.remove(&uri)).unwrap_or_default();
                    let edits = edits.into_iter().map(|edit| Edit::replace(places.span(edit.range), edit.new_text));
                    let mut edits: Vec<Edit> = edits.collect();
                    edits.sort_by_key(|edit| edit.span);
                    assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{new} {edits:?}");
                    assert!(apply(DRAFT, &edits).contains("“Quill is late,”"), "{new} {edits:?}");
                    renamed += usize::from(!edits.is_empty());
                }
            }
            assert!(renamed > 300, "{renamed}");
        });
    }
}
