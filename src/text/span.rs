use std::borrow::Cow;
use std::ops;

/// A half-open range of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether every byte of `other` is in this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` is in this span.
    pub const fn holds(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same span, `by` bytes further on.
    pub const fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// The text under the span; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// Spans that can be asked whether any of them overlaps another: in time that grows with the logarithm of their number.
#[derive(Clone, Debug, Default)]
pub struct SpanSet {
    /// By start; each with how far it or any before it reaches.
    spans: Vec<(Span, usize)>,
}

impl SpanSet {
    /// Whether any of the spans shares a byte with `span`.
    pub fn overlaps(&self, span: Span) -> bool {
        let before = self.spans.partition_point(|(other, _)| other.start < span.end);
        before > 0 && self.spans[before - 1].1 > span.start
    }
}

impl FromIterator<Span> for SpanSet {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans: Vec<(Span, usize)> = spans.into_iter().map(|span| (span, span.end)).collect();
        spans.sort_unstable();
        let mut reach = 0;
        for (span, reaches) in &mut spans {
            reach = reach.max(span.end);
            *reaches = reach;
        }
        Self { spans }
    }
}

impl From<ops::Range<usize>> for Span {
    fn from(range: ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// The words as they stand on one line: in wrapped copy a name or title may run over a line's end.
pub fn one_line(words: &str) -> Cow<'_, str> {
    if words.contains(['\n', '\r']) {
        Cow::Owned(words.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_knows_what_overlaps() {
        let set: SpanSet = [Span::new(4, 20), Span::new(6, 7), Span::new(30, 31)].into_iter().collect();
        for (start, end, overlaps) in [
            (0, 4, false),
            (0, 5, true),
            (8, 9, true),
            (20, 30, false),
            (29, 31, true),
            (31, 40, false),
            (12, 12, true),
        ] {
            assert_eq!(set.overlaps(Span::new(start, end)), overlaps, "{start}..{end}");
        }
        assert!(!SpanSet::default().overlaps(Span::new(0, 9)));
    }
}
