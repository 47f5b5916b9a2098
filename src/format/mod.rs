//! What the file is, and the paragraphs of prose in it: each with its role and a map back to the file.

mod front_matter;
mod html;
mod html_block;
mod markdown;
mod open;
mod plain;
mod roles;
mod source_map;

use std::borrow::Cow;

use memchr::memchr2_iter;

pub use front_matter::{Field, FrontMatter};
pub use roles::{is_advisory, is_slug};
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
    /// HTML, a page or a piece of one.
    Html,
}

impl Format {
    /// The formats, each with the endings of its files' names.
    pub const ENDINGS: &[(Self, &[&str])] = &[
        (Self::Plain, &["txt", "text"]),
        (Self::Markdown, &["md", "markdown"]),
        (Self::Html, &["html", "htm", "xhtml"]),
    ];

    /// The format that a file's name tells, if its ending is one of [`ENDINGS`](Self::ENDINGS).
    pub fn told_by(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        let known = |endings: &[&str]| endings.iter().any(|known| ending.eq_ignore_ascii_case(known));
        Self::ENDINGS.iter().find(|(_, endings)| known(endings)).map(|(format, _)| *format)
    }

    /// The format that a file's name tells; what tells none is plain text.
    pub fn of_path(path: &str) -> Self {
        Self::told_by(path).unwrap_or_default()
    }

    /// How a fix writes `words` where `block` tells the markup around them; `None` where they can't be written.
    pub fn written(self, words: &str, block: Block) -> Option<Cow<'_, str>> {
        match self {
            Self::Html => html::written(words, block),
            Self::Plain | Self::Markdown => Some(Cow::Borrowed(words)),
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

impl Role {
    /// The roles of running copy.
    pub const COPY: &[Self] = &[Self::Body, Self::Dateline, Self::ListItem, Self::BlockQuote];
    /// Copy, and what else is published with it: headlines, subheads, captions.
    pub const PUBLISHED: &[Self] =
        &[Self::Headline, Self::Body, Self::Dateline, Self::Subhead, Self::ListItem, Self::BlockQuote, Self::Caption];
    /// Every role.
    pub const ALL: &[Self] = &[
        Self::Headline,
        Self::Byline,
        Self::Dateline,
        Self::Body,
        Self::Subhead,
        Self::ListItem,
        Self::BlockQuote,
        Self::Caption,
        Self::EditorsNote,
        Self::Tail,
    ];
}

/// What a paragraph is by the file's markup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Block {
    /// The file has no markup.
    #[default]
    Plain,
    /// Running text.
    Text,
    /// A heading, of that level.
    Heading(u8),
    /// In a list.
    ListItem,
    /// In a block quote.
    Quote,
    /// The words for an image.
    Alt,
    /// A field of the front matter.
    FrontMatter,
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
    /// What it is in the story.
    pub role: Role,
    /// What it is by the file's markup.
    pub block: Block,
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

impl Draft<'_> {
    /// The index of the paragraph and the offset in its prose where the file has the byte at `offset`; `None` where it
    /// has no prose. The place right after a paragraph belongs to it.
    pub fn prose_at(&self, offset: usize) -> Option<(usize, usize)> {
        let index = self.paragraphs.partition_point(|paragraph| paragraph.span.start <= offset).checked_sub(1)?;
        Some((index, self.paragraphs[index].map.prose(offset)?))
    }

    /// The index of the paragraph that has the file's `span`, and where it stands in that paragraph's prose; `None` where
    /// its ends are not prose of one paragraph.
    pub fn prose_of(&self, span: Span) -> Option<(usize, Span)> {
        let (index, start) = self.prose_at(span.start)?;
        let end = self.paragraphs[index].map.prose(span.end)?;
        (start <= end).then_some((index, Span::new(start, end)))
    }

    /// Where a span of a paragraph's prose stands in the file.
    pub fn locate(&self, paragraph: usize, span: Span) -> Span {
        self.paragraphs.get(paragraph).map_or_else(Span::default, |paragraph| paragraph.map.locate(span))
    }
}

/// The lines of a text, without their ends.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]).filter_map(move |end| {
        // The second half of a `\r\n`.
        if end < start {
            return None;
        }
        let line = Span::new(start, end);
        start = end + if text[end..].starts_with("\r\n") { 2 } else { 1 };
        Some(line)
    })
}

/// Reads `text` as `format`. Every text can be read: what is no markup is prose.
pub fn read(text: &str, format: Format) -> Draft<'_> {
    match format {
        Format::Plain => plain::read(text),
        Format::Markdown => markdown::read(text),
        Format::Html => html::read(text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The draft has these paragraphs, each with its role.
    pub(super) fn has(draft: Draft<'_>, expected: &[(Role, &str)], text: &str) {
        let found: Vec<(Role, String)> =
            draft.paragraphs.into_iter().map(|paragraph| (paragraph.role, paragraph.text.into_owned())).collect();
        let expected: Vec<(Role, String)> = expected.iter().map(|(role, prose)| (*role, (*prose).to_owned())).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    /// Words of the first paragraph are written so in the file, and can be replaced there, or not.
    pub(super) fn stands(draft: &Draft<'_>, text: &str, cases: &[(&str, &str, bool)]) {
        let paragraph = &draft.paragraphs[0];
        for (words, written, exact) in cases {
            let at = paragraph.text.find(words).unwrap_or_else(|| panic!("{words:?} in {:?}", paragraph.text));
            let place = Span::new(at, at + words.len());
            assert_eq!(paragraph.map.locate(place).of(text), *written, "{words:?}");
            assert_eq!(paragraph.map.exact(place).is_some(), *exact, "{words:?}");
        }
    }

    fn draft() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "The county ",
            "closed both bridges",
            " said.",
            "By Dana Whitlock",
            "TOKYO (AP) — ",
            "“",
            "”",
            "\"",
            "'",
            "é",
            "😀",
            "\u{FEFF}",
            "\u{A0}",
            "\u{2028}",
            "\0",
            "\n",
            "\n\n",
            "\r",
            "\r\n",
            "\t",
            "   ",
            "     ",
            "- ",
            "1. ",
            "> ",
            "# ",
            "## ",
            "**",
            "*",
            "_",
            "`",
            "```",
            "~~",
            "[",
            "](",
            "](https://example.com)",
            ")",
            "![",
            "<!-- ",
            " -->",
            "<b>",
            "</p>",
            "<div>",
            "<br>",
            "<q>",
            "</q>",
            "<h1>",
            "<li>",
            "<code>",
            "<del>",
            "</>",
            "<img alt=\"",
            "<svg/>",
            "&rsquo;",
            "&#",
            "<",
            ">",
            "&amp;",
            "&copy;",
            "&",
            "\\",
            "\\*",
            "|",
            "|---|",
            "---",
            "+++",
            "title: x",
            "title = 'x'",
            "date: 2025-12-11",
            "[^1]",
            "[^1]: ",
            "-30-",
            "###",
            "©",
            "(Adds ",
            "FILE PHOTO: ",
            "<https://example.com>",
            "===",
            "{#id}",
            "[!NOTE]",
        ]);
        let fence = prop::sample::select(vec!["", "", "---\n", "+++\n"]);
        (fence, prop::collection::vec(piece, 0..40), 0..40usize).prop_map(|(fence, mut pieces, at)| {
            pieces.insert(at.min(pieces.len()), fence);
            format!("{fence}{}", pieces.concat())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn any_text_is_read_and_every_place_is_one_of_the_file(text in draft()) {
            for format in [Format::Plain, Format::Markdown, Format::Html] {
                let draft = read(&text, format);
                let mut before = 0;
                for (index, paragraph) in draft.paragraphs.iter().enumerate() {
                    let opening = draft.locate(index, Span::new(0, paragraph.text.len())).start;
                    prop_assert_eq!(draft.prose_at(opening), Some((index, 0)));
                    prop_assert!(paragraph.span.start >= before && paragraph.span.end <= text.len());
                    before = paragraph.span.start;
                    prop_assert!(!paragraph.text.trim().is_empty());
                    prop_assert!(format != Format::Plain || paragraph.span.of(&text) == paragraph.text);
                    let ends: Vec<usize> = (0..=paragraph.text.len()).filter(|at| paragraph.text.is_char_boundary(*at)).collect();
                    for (index, start) in ends.iter().enumerate() {
                        for end in &ends[index..] {
                            let span = Span::new(*start, *end);
                            let file = paragraph.map.locate(span);
                            prop_assert!(paragraph.span.contains(file) && text.get(file.start..file.end).is_some());
                            if let Some(exact) = paragraph.map.exact(span) {
                                prop_assert_eq!(exact.of(&text), span.of(&paragraph.text));
                            }
                            let back = paragraph.map.prose(file.start);
                            prop_assert!(span.is_empty() || back.is_some_and(|at| at <= *start), "{:?} {:?}", span, back);
                        }
                    }
                }
                for comment in &draft.comments {
                    prop_assert!(comment.span.of(&text).starts_with("<!--"));
                }
                let fields = &draft.front_matter;
                for field in [&fields.title, &fields.date, &fields.author, &fields.dateline].into_iter().flatten() {
                    prop_assert!(!field.span.is_empty() && text.get(field.span.start..field.span.end).is_some());
                }
            }
        }
    }
}
