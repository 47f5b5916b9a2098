use std::borrow::Cow;

use super::{Block, FrontMatter, OBJECT, Paragraph, Role, SourceMap};
use crate::text::Span;

/// A paragraph that is being read, piece by piece, from between markup.
pub(super) struct Open {
    prose: String,
    map: SourceMap,
    role: Role,
    block: Block,
}

impl Open {
    pub(super) fn new(role: Role, block: Block) -> Self {
        Self { prose: String::new(), map: SourceMap::default(), role, block }
    }

    /// Adds words that stand at `span` of the file's text, as they are or written otherwise.
    pub(super) fn add(&mut self, text: &str, span: Span, words: &str) {
        self.prose.push_str(words);
        self.map.push(span, words.len(), span.of(text) == words);
    }

    /// The paragraph, unless there is no prose in it.
    pub(super) fn paragraph(self, text: &str) -> Option<Paragraph<'_>> {
        let Self { prose, map, role, block } = self;
        if prose.chars().all(|c| c.is_whitespace() || c == OBJECT) {
            return None;
        }
        let span = map.locate(Span::new(0, map.len()));
        let text = map.whole().map_or(Cow::Owned(prose), |span| Cow::Borrowed(span.of(text)));
        Some(Paragraph { text, map, span, role, block })
    }
}

/// The headline that the front matter gives, if the file has it word for word.
pub(super) fn headline<'t>(text: &'t str, front_matter: &FrontMatter) -> Option<Paragraph<'t>> {
    let title = front_matter.title.as_ref().filter(|title| title.span.of(text) == title.value)?;
    let mut headline = Open::new(Role::Headline, Block::FrontMatter);
    headline.add(text, title.span, &title.value);
    headline.paragraph(text)
}
