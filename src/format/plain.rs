use std::borrow::Cow;

use super::{Draft, Paragraph, Role, SourceMap};
use crate::text::Span;

/// Reads plain text.
pub(super) fn read(text: &str) -> Draft<'_> {
    let mut draft = Draft::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let prose = line.trim();
        if !prose.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            draft.paragraphs.push(Paragraph {
                text: Cow::Borrowed(prose),
                map: SourceMap::verbatim(start, prose.len()),
                span: Span::new(start, start + prose.len()),
                role: Role::Body,
            });
        }
        at += line.len();
    }
    draft
}
