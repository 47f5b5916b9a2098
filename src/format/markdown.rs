use super::Draft;

/// Reads Markdown.
pub(super) fn read(text: &str) -> Draft<'_> {
    super::plain::read(text)
}
