use crate::lexicon::Class;
use crate::text::Span;

/// A word, number, mark or anything else without white space in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the paragraph.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    /// How it is written.
    pub case: Case,
    /// Whether it stands inside quotation marks (the marks themselves do not).
    pub quoted: bool,
    /// What the lexicon says of it.
    pub class: Class,
}

impl Token {
    /// Its bytes.
    pub const fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Its text.
    pub fn of<'t>(&self, paragraph: &'t str) -> &'t str {
        self.span().of(paragraph)
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word, with its inner hyphens and apostrophes, and the stop of an abbreviation: "B-52", "don't", "Sen.", "U.S."
    Word,
    /// A possessive ending: "'s", "’s", or the apostrophe of "states'".
    Possessive,
    /// A figure: "1,200", "3.5", "20th".
    Number,
    /// A comma, full stop, dash, bracket or any other mark.
    Mark,
    /// A quotation mark.
    Quote,
    /// A URL, e-mail address, handle, or [`OBJECT`](crate::format::OBJECT): not prose.
    Foreign,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No letter, or none with case.
    None,
    /// lower
    Lower,
    /// Capitalised, McDonald, iPhone
    Title,
    /// NATO, U.S.
    Upper,
}

/// The tokens of a paragraph.
pub(super) fn tokenize(text: &str) -> Vec<Token> {
    let _ = text;
    Vec::new()
}
