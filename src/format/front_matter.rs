use crate::text::Span;

/// A front matter value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The value, unquoted.
    pub value: String,
    /// Where the value stands in the file.
    pub span: Span,
}

/// The front matter fields that Copydesk reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// `title`: the headline.
    pub title: Option<Field>,
    /// `date`: the publication date.
    pub date: Option<Field>,
    /// `author`: the byline.
    pub author: Option<Field>,
    /// `dateline`: where the story was filed.
    pub dateline: Option<Field>,
}
