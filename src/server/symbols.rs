//! The outline of a draft: headline, dateline, then each source with what it says.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind,
};

use super::analysis::{self, Missing};
use super::convert::Places;
use super::session::Session;
use crate::format::{Draft, Role};
use crate::story::attribution::{Act, Joined, Speech};
use crate::story::ledger::{Share, ledger, passage};
use crate::story::{Place, Story};
use crate::text::Span;

/// The outline of a document: as a tree where the client takes one, else as a list.
pub(super) async fn symbols(
    session: &Arc<Session>,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>> {
    let snapshot = session.snapshot(&params.text_document.uri).ok_or(Missing::Unopened)?;
    let outline = analysis::read(session, snapshot, |story, draft, places| {
        let outline = Outline { story, draft }.entries();
        if places.abilities.outlines {
            outline.into_iter().map(|entry| entry.nested(places)).collect::<Vec<_>>().into()
        } else {
            let mut list = Vec::new();
            outline.into_iter().for_each(|entry| entry.listed(None, places, &mut list));
            DocumentSymbolResponse::Flat(list)
        }
    });
    Ok(outline.await?)
}

/// An entry of the outline, at places of the file.
struct Entry {
    name: String,
    detail: String,
    kind: SymbolKind,
    /// All of it.
    span: Span,
    /// What the cursor goes to, within `span`.
    focus: Span,
    children: Vec<Entry>,
}

impl Entry {
    fn nested(self, places: &Places<'_>) -> DocumentSymbol {
        let children: Vec<_> = self.children.into_iter().map(|child| child.nested(places)).collect();
        #[allow(deprecated)] // There is no other way to make one.
        DocumentSymbol {
            name: self.name,
            detail: (!self.detail.is_empty()).then_some(self.detail),
            kind: self.kind,
            tags: None,
            deprecated: None,
            range: places.range(self.span),
            selection_range: places.range(self.focus),
            children: (!children.is_empty()).then_some(children),
        }
    }

    /// Adds the entry, which stands under the one named `above`, and those under it.
    fn listed(self, above: Option<&str>, places: &Places<'_>, list: &mut Vec<SymbolInformation>) {
        #[allow(deprecated)] // There is no other way to make one.
        list.push(SymbolInformation {
            name: self.name.clone(),
            kind: self.kind,
            tags: None,
            deprecated: None,
            location: Location { uri: places.uri.clone(), range: places.range(self.focus) },
            container_name: above.map(Into::into),
        });
        self.children.into_iter().for_each(|child| child.listed(Some(&self.name), places, list));
    }
}

/// Longest name of an entry, in characters: what is said is shown by its beginning.
const LONGEST: usize = 60;

struct Outline<'a> {
    story: &'a Story<'a>,
    draft: &'a Draft<'a>,
}

impl Outline<'_> {
    fn entries(&self) -> Vec<Entry> {
        let ledger = ledger(self.story);
        let sources = ledger.sources.iter().map(|source| self.source(&source.name, source.kind.name(), &source.share));
        let unknown = self.source("Not told who", "unknown", &ledger.unknown);
        let entries = self.headlines().chain(self.dateline()).chain(sources.flatten()).chain(unknown);
        // A client may not take an entry without a name.
        entries.filter(|entry| !entry.name.is_empty()).collect()
    }

    fn headlines(&self) -> impl Iterator<Item = Entry> {
        let paragraphs = self.story.paragraphs.iter().enumerate();
        paragraphs.filter(|(_, paragraph)| paragraph.role == Role::Headline).map(|(index, paragraph)| {
            let span = self.draft.locate(index, Span::new(0, paragraph.text.len()));
            let name = opening(paragraph.text);
            Entry { name, detail: "headline".into(), kind: SymbolKind::STRING, span, focus: span, children: Vec::new() }
        })
    }

    fn dateline(&self) -> Option<Entry> {
        let (paragraph, dateline) = self.story.dateline?;
        let words = |span: Span| opening(self.story.words(Place::new(paragraph, span)));
        let name = [Some(dateline.place), dateline.region].into_iter().flatten().map(words).collect::<Vec<_>>();
        Some(Entry {
            name: name.join(", "),
            detail: "dateline".into(),
            kind: SymbolKind::NAMESPACE,
            span: self.draft.locate(paragraph, dateline.span),
            focus: self.draft.locate(paragraph, dateline.place),
            children: Vec::new(),
        })
    }

    /// A source with what it says. Its place is the first passage it has, not all from the first to the last: others
    /// speak between them, and an editor shows at the cursor the entry that stands around it.
    fn source(&self, name: &str, kind: &str, share: &Share) -> Option<Entry> {
        let said = share.attributions.iter().filter_map(|index| self.story.attributions.get(*index));
        let first = said.clone().min_by_key(|joined| passage(joined))?;
        let source = first.attribution.who(self.story.paragraphs[first.paragraph].text);
        let source = source.map(|source| Place::new(first.paragraph, source));
        let locate = |place: Place| self.draft.locate(place.paragraph, place.span);
        let counted = [(share.quotes, "quote"), (share.words, "word")];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0);
        let counted = counted.map(|(count, thing)| format!(", {count} {thing}{}", if count == 1 { "" } else { "s" }));
        Some(Entry {
            name: opening(name),
            detail: counted.fold(kind.to_owned(), |detail, counted| detail + &counted),
            kind: SymbolKind::CLASS,
            span: locate(passage(first)),
            focus: locate(source.unwrap_or_else(|| passage(first))),
            children: said.map(|joined| self.said(joined)).filter(|entry| !entry.name.is_empty()).collect(),
        })
    }

    /// What is said at one place; where that is yet to come, the words that announce it.
    fn said(&self, joined: &Joined<'_>) -> Entry {
        let attribution = joined.attribution;
        let all = passage(joined);
        let focus = attribution.content.first().or(attribution.cue.first()).copied().unwrap_or(all.span);
        let (detail, kind) = match (attribution.act, attribution.kind) {
            (Act::Thought | Act::Deed, _) => ("view", SymbolKind::FIELD),
            (_, Speech::Direct) => ("quoted", SymbolKind::STRING),
            (_, Speech::Mixed) => ("partly quoted", SymbolKind::STRING),
            (_, Speech::Indirect) => ("paraphrased", SymbolKind::FIELD),
        };
        Entry {
            name: opening(self.story.words(Place::new(joined.paragraph, focus))),
            detail: detail.into(),
            kind,
            span: self.draft.locate(joined.paragraph, all.span),
            focus: self.draft.locate(joined.paragraph, focus),
            children: Vec::new(),
        }
    }
}

/// The words on one line; of many words, those with which they open.
pub(super) fn opening(words: &str) -> String {
    let mut line = String::new();
    let mut room = LONGEST;
    for word in words.split_whitespace() {
        let letters = word.chars().count();
        if !line.is_empty() && letters >= room {
            return line + " …";
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().take(LONGEST));
        room = room.saturating_sub(letters + 1);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_on_one_line() {
        assert_eq!(opening(" It is\r\n over "), "It is over");
        assert_eq!(opening(&"word ".repeat(40)), format!("{}…", "word ".repeat(12)));
        assert_eq!(opening(&"x".repeat(100)), "x".repeat(60));
        assert_eq!(opening("\u{A0}"), "");
    }
}
