use crate::text::Span;

/// Maps offsets in a paragraph's prose to offsets in the file, and back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    /// In order and without gaps in the prose. A map of one piece, which is every paragraph of plain text, takes no
    /// allocation.
    first: Piece,
    rest: Vec<Piece>,
}

/// A piece of prose and the piece of the file that it was made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Piece {
    prose: u32,
    len: u32,
    file: u32,
    file_len: u32,
    /// Whether the file has it byte for byte. An entity, a code span or a hard line break is not.
    verbatim: bool,
}

impl Piece {
    const fn prose_end(self) -> usize {
        (self.prose + self.len) as usize
    }

    const fn file_end(self) -> usize {
        (self.file + self.file_len) as usize
    }
}

impl SourceMap {
    /// The map of prose that stands in the file byte for byte from `start`, `len` bytes long.
    pub fn verbatim(start: usize, len: usize) -> Self {
        let mut map = Self::default();
        map.push(Span::new(start, start + len), len, true);
        map
    }

    /// Adds `len` bytes of prose, made of the bytes `file` of the file, which must not lie before those of the
    /// piece before; `verbatim` says that they are the same bytes.
    pub(super) fn push(&mut self, file: Span, len: usize, verbatim: bool) {
        if len == 0 {
            return;
        }
        let prose = self.len();
        let last = self.rest.last_mut().unwrap_or(&mut self.first);
        if verbatim && last.verbatim && last.file_end() == file.start {
            last.len += len as u32;
            last.file_len += len as u32;
            return;
        }
        let piece = Piece {
            prose: prose as u32,
            len: len as u32,
            file: file.start as u32,
            file_len: file.len() as u32,
            verbatim,
        };
        if prose == 0 {
            self.first = piece;
        } else {
            self.rest.push(piece);
        }
    }

    /// Where the prose stands in the file if all of it stands there byte for byte.
    pub(super) fn whole(&self) -> Option<Span> {
        (self.first.verbatim && self.rest.is_empty()).then(|| self.locate(Span::new(0, self.len())))
    }

    /// Length of the prose in bytes.
    pub(super) fn len(&self) -> usize {
        self.rest.last().unwrap_or(&self.first).prose_end()
    }

    /// The piece that has the prose byte at `offset`; beyond the prose, the last.
    fn piece(&self, offset: usize) -> Piece {
        match self.rest.partition_point(|piece| piece.prose as usize <= offset) {
            0 => self.first,
            after => self.rest[after - 1],
        }
    }

    /// Where the prose of `span` stands in the file, markup between its ends included: for reporting. An empty span
    /// stands right after the prose before it, if there is any.
    pub fn locate(&self, span: Span) -> Span {
        let span = Span::new(span.start.min(self.len()), span.end.min(self.len()));
        if span.is_empty() {
            let at = self.insertion(span.start);
            return Span::new(at, at);
        }
        let (first, last) = (self.piece(span.start), self.piece(span.end - 1));
        let inside = |piece: Piece, offset: usize| piece.file as usize + (offset - piece.prose as usize);
        Span::new(
            if first.verbatim { inside(first, span.start) } else { first.file as usize },
            if last.verbatim { inside(last, span.end) } else { last.file_end() },
        )
    }

    /// Where the prose of `span` stands in the file if it stands there byte for byte, so that it can be replaced
    /// without touching markup; `None` otherwise. An empty span is a place to insert, inside the markup around the
    /// word before it: just after the last word of `**bold**`, not after the asterisks.
    pub fn exact(&self, span: Span) -> Option<Span> {
        if span.start > span.end || span.end > self.len() {
            return None;
        }
        if span.is_empty() {
            let piece = self.piece(span.start);
            // Nothing can be inserted in the middle of an entity.
            let inside = (piece.prose as usize) < span.start && span.start < piece.prose_end();
            return (piece.verbatim || !inside).then(|| self.locate(span));
        }
        let piece = self.piece(span.start);
        (piece.verbatim && span.end <= piece.prose_end()).then(|| self.locate(span))
    }

    /// The prose offset of the file's byte at `offset`, or `None` where the file has markup or other paragraphs.
    /// The place right after a piece of prose belongs to it, so that a cursor behind a word finds the word.
    pub fn prose(&self, offset: usize) -> Option<usize> {
        let piece = match self.rest.partition_point(|piece| piece.file as usize <= offset) {
            0 => self.first,
            after => self.rest[after - 1],
        };
        if offset < piece.file as usize || offset > piece.file_end() {
            return None;
        }
        if piece.verbatim {
            return Some(piece.prose as usize + (offset - piece.file as usize));
        }
        Some(if offset == piece.file_end() { piece.prose_end() } else { piece.prose as usize })
    }

    /// Where something to be inserted at `offset` goes: after the byte before it.
    fn insertion(&self, offset: usize) -> usize {
        let Some(before) = offset.checked_sub(1) else { return self.first.file as usize };
        let piece = self.piece(before);
        if piece.verbatim {
            return piece.file as usize + (offset - piece.prose as usize);
        }
        if offset == piece.prose_end() { piece.file_end() } else { piece.file as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `He **ran** &amp; fell` as "He ran & fell".
    fn map() -> SourceMap {
        let mut map = SourceMap::default();
        map.push(Span::new(10, 13), 3, true);
        map.push(Span::new(15, 18), 3, true);
        map.push(Span::new(20, 21), 1, true);
        map.push(Span::new(21, 26), 1, false);
        map.push(Span::new(26, 31), 5, true);
        map
    }

    #[test]
    fn prose_is_found_in_the_file() {
        let cases = [
            ((0, 2), (10, 12), true),
            ((0, 3), (10, 13), true),
            ((3, 6), (15, 18), true),
            ((0, 6), (10, 18), false),
            ((5, 7), (17, 21), false),
            ((7, 8), (21, 26), false),
            ((6, 9), (20, 27), false),
            ((8, 13), (26, 31), true),
            // Insertions: at the start, inside the bold, after the entity, at the end.
            ((0, 0), (10, 10), true),
            ((3, 3), (13, 13), true),
            ((6, 6), (18, 18), true),
            ((8, 8), (26, 26), true),
            ((13, 13), (31, 31), true),
        ];
        for (prose, file, exact) in cases {
            let (span, file) = (Span::new(prose.0, prose.1), Span::new(file.0, file.1));
            assert_eq!(map().locate(span), file, "{prose:?}");
            assert_eq!(map().exact(span), exact.then_some(file), "{prose:?}");
        }
    }

    #[test]
    fn the_file_is_found_in_the_prose() {
        let cases = [
            (9, None),
            (10, Some(0)),
            (13, Some(3)),
            (14, None),
            (15, Some(3)),
            (18, Some(6)),
            (19, None),
            (20, Some(6)),
            (21, Some(7)),
            (24, Some(7)),
            (26, Some(8)),
            (31, Some(13)),
            (32, None),
        ];
        for (file, prose) in cases {
            assert_eq!(map().prose(file), prose, "{file}");
        }
    }

    #[test]
    fn spans_beyond_the_prose_are_clamped() {
        assert_eq!(map().locate(Span::new(8, 99)), Span::new(26, 31));
        assert_eq!(map().locate(Span::new(50, 99)), Span::new(31, 31));
        assert_eq!(map().exact(Span::new(8, 99)), None);
        assert_eq!(SourceMap::default().locate(Span::new(0, 5)), Span::new(0, 0));
    }

    #[test]
    fn nothing_goes_inside_an_entity() {
        let mut map = SourceMap::default();
        // `&copy;` is two bytes of prose.
        map.push(Span::new(0, 6), 2, false);
        assert_eq!(map.exact(Span::new(1, 1)), None);
        assert_eq!(map.exact(Span::new(2, 2)), Some(Span::new(6, 6)));
    }
}
