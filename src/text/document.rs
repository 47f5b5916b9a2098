use ropey::Rope;

use super::{Encoding, Position, Range, Span};

/// A text that can be edited piece by piece and addressed by position.
#[derive(Clone, Debug)]
pub struct Document {
    rope: Rope,
}

impl Document {
    /// A document that holds `text`.
    pub fn new(text: &str) -> Self {
        Self { rope: Rope::from_str(text) }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.rope.to_string()
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Replaces what stands in `range` by `text`. Positions outside the text are clamped to it: a column beyond its
    /// line to the line's end, a line beyond the text to the text's end, a column inside a character to its start.
    pub fn change(&mut self, range: Range, text: &str, encoding: Encoding) {
        let _ = (range, text, encoding);
    }

    /// The byte offset of `position`, clamped as in [`change`](Self::change).
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let _ = (position, encoding);
        0
    }

    /// The position of the byte at `offset`, clamped to the text.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let _ = (offset, encoding);
        Position::default()
    }

    /// The positions of a span's ends.
    pub fn range(&self, span: Span, encoding: Encoding) -> Range {
        Range { start: self.position(span.start, encoding), end: self.position(span.end, encoding) }
    }
}
