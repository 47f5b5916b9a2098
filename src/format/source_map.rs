use crate::text::Span;

/// Maps offsets in a paragraph's prose to offsets in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    /// Runs of prose that stand in the file byte for byte, in order: (prose start, file start, length).
    runs: Vec<(u32, u32, u32)>,
}

impl SourceMap {
    /// The map of prose that stands in the file byte for byte from `start`, `len` bytes long.
    pub fn verbatim(start: usize, len: usize) -> Self {
        Self { runs: vec![(0, start as u32, len as u32)] }
    }

    /// Where the prose of `span` stands in the file, markup between its ends included: for reporting.
    pub fn locate(&self, span: Span) -> Span {
        let start = self.runs.first().map_or(0, |run| run.1 as usize);
        span.shifted(start)
    }

    /// Where the prose of `span` stands in the file if it stands there byte for byte, so that it can be replaced
    /// without touching markup; `None` otherwise.
    pub fn exact(&self, span: Span) -> Option<Span> {
        Some(self.locate(span))
    }
}
