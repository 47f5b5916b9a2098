//! What the file is, and the paragraphs of prose in it: each with its role and a map back to the file.

mod front_matter;
mod markdown;
mod plain;
mod roles;
mod source_map;

use std::borrow::Cow;

pub use front_matter::{Field, FrontMatter};
pub use source_map::SourceMap;

use crate::text::Span;

/// A file format that drafts are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text as newsrooms file it: a paragraph per line, or blank lines between paragraphs.
    #[default]
    Plain,
    /// Markdown (CommonMark), with YAML or TOML front matter.
    Markdown,
}

impl Format {
    /// The format that a file's name tells: `.md` and `.markdown` are Markdown, all else is plain text.
    pub fn of_path(path: &str) -> Self {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        if extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown") {
            Self::Markdown
        } else {
            Self::Plain
        }
    }
}

/// What a paragraph is in a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// The headline.
    Headline,
    /// "By Jane Doe", or the reporter's name alone.
    Byline,
    /// A body paragraph that opens with the dateline.
    Dateline,
    /// Body copy.
    #[default]
    Body,
    /// A subheading.
    Subhead,
    /// A list item.
    ListItem,
    /// A block quote or pull quote.
    BlockQuote,
    /// A caption.
    Caption,
    /// A note to editors or readers: advisories, corrections, embargoes, slugs.
    EditorsNote,
    /// What follows the story: the author's biography, copyright, credits, related links.
    Tail,
}

/// A paragraph of prose.
#[derive(Clone, Debug)]
pub struct Paragraph<'t> {
    /// The prose, without markup. Where something that is not prose was taken out (code, an HTML tag, a URL in
    /// Markdown), [`OBJECT`] stands for it if the sentence needs it.
    pub text: Cow<'t, str>,
    /// From offsets in `text` to offsets in the file.
    pub map: SourceMap,
    /// Where the paragraph stands in the file.
    pub span: Span,
    /// What it is.
    pub role: Role,
}

/// Stands in a paragraph's text for something that is not prose (OBJECT REPLACEMENT CHARACTER).
pub const OBJECT: char = '\u{FFFC}';

/// A comment in the file's own syntax, such as `<!-- … -->`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// What stands between the comment's marks, trimmed.
    pub text: String,
    /// The whole comment in the file, marks included.
    pub span: Span,
}

/// A file, read as paragraphs.
#[derive(Clone, Debug, Default)]
pub struct Draft<'t> {
    /// Paragraphs in the order of the file.
    pub paragraphs: Vec<Paragraph<'t>>,
    /// What the front matter says.
    pub front_matter: FrontMatter,
    /// Comments in the order of the file.
    pub comments: Vec<Comment>,
}

/// Reads `text` as `format`. Every text can be read: what is no markup is prose.
pub fn read(text: &str, format: Format) -> Draft<'_> {
    match format {
        Format::Plain => plain::read(text),
        Format::Markdown => markdown::read(text),
    }
}
