//! What can be folded: the front matter, sections under subheads, and what follows the story.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};

use super::analysis::{self, Missing};
use super::convert::Places;
use super::session::Session;
use crate::format::{Block, Draft, Paragraph, Role};
use crate::text::Span;

/// The stretches of lines that a reader of the draft may want out of the way.
pub(super) async fn folds(session: &Arc<Session>, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
    let snapshot = session.snapshot(&params.text_document.uri).ok_or(Missing::Unopened)?;
    let read = analysis::read(session, snapshot, |_, draft, places| {
        let text = places.document.text();
        let head = front_matter(draft, &text).map(|span| (span, FoldingRangeKind::Comment));
        let sections = sections(draft).into_iter().map(|span| (span, FoldingRangeKind::Region));
        let tail = tail(draft).map(|span| (span, FoldingRangeKind::Comment));
        let folds = head.into_iter().chain(sections).chain(tail);
        folds.filter_map(|(span, kind)| fold(span, kind, places)).collect()
    });
    Ok(read.await?)
}

/// The lines of a span, if there are several.
fn fold(span: Span, kind: FoldingRangeKind, places: &Places<'_>) -> Option<FoldingRange> {
    let range = places.range(span);
    let (start_line, end_line) = (range.start.line, range.end.line);
    (start_line < end_line).then(|| FoldingRange { start_line, end_line, kind: Some(kind), ..FoldingRange::default() })
}

/// From the first mark of the front matter to its last.
fn front_matter(draft: &Draft<'_>, text: &str) -> Option<Span> {
    let fields = &draft.front_matter;
    let known = [&fields.title, &fields.date, &fields.author, &fields.dateline];
    let last = known.into_iter().flatten().map(|field| field.span.end).max()?;
    let rest = text.get(last..)?;
    let fence = ["\n---", "\n+++", "\n..."].iter().filter_map(|fence| rest.find(fence)).min()?;
    Some(Span::new(0, last + fence + "\n---".len()))
}

/// Each subhead with what stands under it, up to the next one of its rank or a higher one.
fn sections(draft: &Draft<'_>) -> Vec<Span> {
    let paragraphs = &draft.paragraphs;
    let subheads = paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.role == Role::Subhead);
    let section = |(at, subhead): (usize, &Paragraph<'_>)| {
        let under = paragraphs.get(at + 1..)?;
        let ends = |next: &&Paragraph<'_>| next.role == Role::Tail || rank(next) <= rank(subhead);
        let last = under.iter().take_while(|next| !ends(next)).last()?;
        Some(subhead.span.cover(last.span))
    };
    subheads.filter_map(section).collect()
}

/// The rank of a heading, 1 being the highest; what is none has the lowest.
const fn rank(paragraph: &Paragraph<'_>) -> u8 {
    match (paragraph.block, paragraph.role) {
        (Block::Heading(level), _) => level,
        (_, Role::Subhead) => 6,
        _ => u8::MAX,
    }
}

/// What follows the story: notes about the author, credits, links.
fn tail(draft: &Draft<'_>) -> Option<Span> {
    let mut tail = draft.paragraphs.iter().rev().take_while(|paragraph| paragraph.role == Role::Tail);
    let last = tail.next()?.span;
    Some(tail.fold(last, |tail, paragraph| tail.cover(paragraph.span)))
}
