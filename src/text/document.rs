use memchr::{memchr2_iter, memrchr2};
use ropey::Rope;

use super::{Encoding, Position, Range, Span};

/// A text that can be edited piece by piece and addressed by position. Cloning it is cheap: a clone is a snapshot.
///
/// Every edit and every conversion takes time that grows with the logarithm of the text's length.
#[derive(Clone, Debug, Default)]
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

    /// How many lines there are: one more than there are line ends.
    pub fn lines(&self) -> usize {
        self.rope.len_lines()
    }

    /// Replaces what stands in `range` by `text`. Positions outside the text are clamped to it: a column beyond its
    /// line to the line's end, a line beyond the text to the text's end, a column inside a character to its start.
    /// A range whose ends are the wrong way round is turned.
    pub fn change(&mut self, range: Range, text: &str, encoding: Encoding) {
        let (from, to) = (self.offset(range.start, encoding), self.offset(range.end, encoding));
        self.replace(Span::new(from.min(to), from.max(to)), text);
    }

    /// Replaces the bytes of `span` by `text`. An end outside the text is clamped to it, one inside a character to
    /// the character's start; a span that ends before it starts is empty.
    pub fn replace(&mut self, span: Span, text: &str) {
        let start = self.rope.byte_to_char(span.start.min(self.len()));
        let end = self.rope.byte_to_char(span.end.min(self.len()));
        if start < end {
            self.rope.remove(start..end);
        }
        self.rope.insert(start, text);
    }

    /// The byte offset of `position`, clamped as in [`change`](Self::change).
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let (line, column) = (position.line as usize, position.character as usize);
        if line >= self.lines() {
            return self.len();
        }
        let Span { start, end } = self.line(line);
        let rope = &self.rope;
        match encoding {
            Encoding::Utf8 => rope.char_to_byte(rope.byte_to_char(end.min(start + column))),
            Encoding::Utf16 => {
                let first = rope.char_to_utf16_cu(rope.byte_to_char(start));
                let last = rope.char_to_utf16_cu(rope.byte_to_char(end));
                rope.char_to_byte(rope.utf16_cu_to_char(last.min(first + column)))
            }
            Encoding::Utf32 => rope.char_to_byte(rope.byte_to_char(end).min(rope.byte_to_char(start) + column)),
        }
    }

    /// The position of the byte at `offset`, clamped to the text; inside a character it is the character's, inside
    /// a line's end the end of the line.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = offset.min(self.len());
        self.piece(offset).position(offset, encoding).unwrap_or_else(|| self.distant_position(offset, encoding))
    }

    /// The positions of a span's ends.
    pub fn range(&self, span: Span, encoding: Encoding) -> Range {
        let [start, end] = [span.start, span.end].map(|offset| offset.min(self.len()));
        // Most spans are short: one way through the rope is enough for both ends.
        let piece = self.piece(start);
        let [start, end] = [start, end]
            .map(|offset| piece.position(offset, encoding).unwrap_or_else(|| self.distant_position(offset, encoding)));
        Range { start, end }
    }

    /// The position of the byte at `offset`, wherever its line begins.
    fn distant_position(&self, offset: usize, encoding: Encoding) -> Position {
        let rope = &self.rope;
        let line = rope.byte_to_line(offset);
        let Span { start, end } = self.line(line);
        let (first, at) = (rope.byte_to_char(start), rope.byte_to_char(offset.min(end)));
        let column = match encoding {
            Encoding::Utf8 => rope.char_to_byte(at) - start,
            Encoding::Utf16 => rope.char_to_utf16_cu(at) - rope.char_to_utf16_cu(first),
            Encoding::Utf32 => at - first,
        };
        Position { line: line as u32, character: column as u32 }
    }

    /// The piece of the rope that has the byte at `offset`, which must not be beyond the text's end.
    fn piece(&self, offset: usize) -> Piece<'_> {
        let (text, start, _, lines) = self.rope.chunk_at_byte(offset);
        Piece { text, start, lines }
    }

    /// The bytes of the line with index `line`, which must exist, without its line end.
    fn line(&self, line: usize) -> Span {
        let start = self.rope.line_to_byte(line);
        if line + 1 == self.lines() {
            return Span::new(start, self.len());
        }
        let mut end = self.rope.line_to_byte(line + 1);
        if end > start && self.rope.byte(end - 1) == b'\n' {
            end -= 1;
        }
        if end > start && self.rope.byte(end - 1) == b'\r' {
            end -= 1;
        }
        Span::new(start, end)
    }
}

/// Text that the rope has in one piece.
struct Piece<'d> {
    text: &'d str,
    /// The byte of the document that it starts with.
    start: usize,
    /// How many line ends stand before it.
    lines: usize,
}

impl Piece<'_> {
    /// The position of the byte at `offset`, if the start of its line is here, too, as that of most is.
    fn position(&self, offset: usize, encoding: Encoding) -> Option<Position> {
        let before = self.text.get(..offset.checked_sub(self.start)?)?;
        let start = match memrchr2(b'\n', b'\r', before.as_bytes()) {
            // The offset may be between the two characters of a line end.
            Some(end) if end + 1 == before.len() && before.ends_with('\r') => return None,
            Some(end) => end + 1,
            None if self.start == 0 => 0,
            None => return None,
        };
        let (above, line) = before.split_at(start);
        let above = above.as_bytes();
        let ends =
            memchr2_iter(b'\n', b'\r', above).filter(|at| above[*at] == b'\n' || above.get(at + 1) != Some(&b'\n'));
        let column = match encoding {
            _ if line.is_ascii() => line.len(),
            Encoding::Utf8 => line.len(),
            Encoding::Utf16 => line.chars().map(char::len_utf16).sum(),
            Encoding::Utf32 => line.chars().count(),
        };
        Some(Position { line: (self.lines + ends.count()) as u32, character: column as u32 })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    /// The obvious way to do it, in time that grows with the text.
    mod naive {
        use super::*;

        /// Each line's first byte and the byte after its last, its line end left out.
        pub(super) fn lines(text: &str) -> Vec<Span> {
            let (mut lines, mut start, mut at) = (Vec::new(), 0, 0);
            while at < text.len() {
                let end = match &text[at..] {
                    rest if rest.starts_with("\r\n") => 2,
                    rest if rest.starts_with(['\r', '\n']) => 1,
                    _ => 0,
                };
                if end > 0 {
                    lines.push(Span::new(start, at));
                    start = at + end;
                }
                at += end.max(1);
                while !text.is_char_boundary(at) {
                    at += 1;
                }
            }
            lines.push(Span::new(start, text.len()));
            lines
        }

        fn width(c: char, encoding: Encoding) -> usize {
            match encoding {
                Encoding::Utf8 => c.len_utf8(),
                Encoding::Utf16 => c.len_utf16(),
                Encoding::Utf32 => 1,
            }
        }

        pub(super) fn offset(text: &str, position: Position, encoding: Encoding) -> usize {
            let Some(line) = lines(text).get(position.line as usize).copied() else { return text.len() };
            let (mut at, mut column) = (line.start, 0);
            for c in line.of(text).chars() {
                column += width(c, encoding);
                if column > position.character as usize {
                    break;
                }
                at += c.len_utf8();
            }
            at
        }

        pub(super) fn position(text: &str, offset: usize, encoding: Encoding) -> Position {
            let mut offset = offset.min(text.len());
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            let lines = lines(text);
            let line = lines.iter().rposition(|line| line.start <= offset).unwrap_or(0);
            let upto = offset.min(lines[line].end);
            let column: usize = text[lines[line].start..upto].chars().map(|c| width(c, encoding)).sum();
            Position { line: line as u32, character: column as u32 }
        }

        pub(super) fn change(text: &mut String, range: Range, new: &str, encoding: Encoding) {
            let (from, to) = (offset(text, range.start, encoding), offset(text, range.end, encoding));
            text.replace_range(from.min(to)..from.max(to), new);
        }
    }

    fn snippet() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "\n",
            "\r",
            "\r\n",
            "a",
            "news ",
            "é",
            "e\u{301}",
            "“",
            "漢",
            "😀",
            "👩\u{200D}🚀",
            "\u{2028}",
            "\u{85}",
            "\u{B}",
            "\u{C}",
            "\u{FEFF}",
            "\0",
        ]);
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    fn position() -> impl Strategy<Value = Position> {
        let line = prop_oneof![9 => 0..12u32, 1 => Just(u32::MAX)];
        let character = prop_oneof![9 => 0..20u32, 1 => Just(u32::MAX)];
        (line, character).prop_map(|(line, character)| Position { line, character })
    }

    fn encoding() -> impl Strategy<Value = Encoding> {
        prop::sample::select(ENCODINGS.to_vec())
    }

    proptest! {
        #[test]
        fn edits_equal_those_of_a_naive_model(
            start in snippet(),
            encoding in encoding(),
            edits in prop::collection::vec((position(), position(), snippet()), 0..12),
        ) {
            let (mut document, mut model) = (Document::new(&start), start);
            for (from, to, text) in edits {
                let range = Range { start: from, end: to };
                document.change(range, &text, encoding);
                naive::change(&mut model, range, &text, encoding);
                prop_assert_eq!(document.text(), model.as_str());
                prop_assert_eq!(document.lines(), naive::lines(&model).len());
            }
        }

        #[test]
        fn positions_equal_those_of_a_naive_model(text in snippet(), at in position(), encoding in encoding()) {
            let document = Document::new(&text);
            prop_assert_eq!(document.offset(at, encoding), naive::offset(&text, at, encoding));
            for offset in 0..=text.len() + 2 {
                let position = document.position(offset, encoding);
                prop_assert_eq!(position, naive::position(&text, offset, encoding));
                prop_assert!(document.offset(position, encoding) <= offset);
            }
        }

        #[test]
        fn a_position_and_its_offset_are_one_place(text in snippet(), at in position(), encoding in encoding()) {
            let document = Document::new(&text);
            let offset = document.offset(at, encoding);
            prop_assert!(text.is_char_boundary(offset));
            prop_assert_eq!(document.offset(document.position(offset, encoding), encoding), offset);
        }

        #[test]
        fn replacing_bytes_equals_replacing_in_a_string(
            text in snippet(), start in 0..40usize, end in 0..40usize, new in snippet(),
        ) {
            let mut document = Document::new(&text);
            document.replace(Span::new(start, end), &new);
            let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let mut model = text.clone();
            model.replace_range(floor(start)..floor(end).max(floor(start)), &new);
            prop_assert_eq!(document.text(), model);
        }
    }

    /// Another crate in the build could turn on ropey's `unicode_lines`, and every position would be wrong.
    #[test]
    fn only_lf_crlf_and_cr_end_a_line() {
        for text in ["a\u{2028}b", "a\u{2029}b", "a\u{B}b", "a\u{C}b", "a\u{85}b"] {
            assert_eq!(Document::new(text).lines(), 1, "{text:?}");
        }
        for text in ["a\nb", "a\rb", "a\r\nb"] {
            assert_eq!(Document::new(text).lines(), 2, "{text:?}");
        }
    }

    #[test]
    fn an_edit_may_join_and_split_a_line_end() {
        let mut document = Document::new("a\rb");
        document.replace(Span::new(2, 2), "\n");
        assert_eq!((document.text().as_str(), document.lines()), ("a\r\nb", 2));
        document.replace(Span::new(2, 2), "x");
        assert_eq!((document.text().as_str(), document.lines()), ("a\rx\nb", 3));
    }

    #[test]
    fn columns_differ_by_encoding() {
        let document = Document::new("“😀” é\r\nend");
        let end = "“😀” é".len();
        for (encoding, column) in ENCODINGS.into_iter().zip([13, 6, 5]) {
            assert_eq!(document.position(end, encoding), Position { line: 0, character: column }, "{encoding:?}");
            let beyond = Position { line: 0, character: u32::MAX };
            assert_eq!(document.offset(beyond, encoding), end, "{encoding:?}");
        }
        // Inside the surrogate pair of the emoji, and inside its bytes.
        assert_eq!(document.offset(Position { line: 0, character: 2 }, Encoding::Utf16), 3);
        assert_eq!(document.offset(Position { line: 0, character: 5 }, Encoding::Utf8), 3);
    }

    #[test]
    fn a_long_text_is_read_across_the_ropes_chunks() {
        let text = "The river “crested” at 😀 noon.\r\n".repeat(2_000);
        let document = Document::new(&text);
        let lines = naive::lines(&text);
        for (index, line) in lines.iter().enumerate().step_by(97) {
            for encoding in ENCODINGS {
                let position = document.position(line.end, encoding);
                assert_eq!(position.line as usize, index);
                assert_eq!(document.offset(position, encoding), line.end);
            }
        }
    }
}
