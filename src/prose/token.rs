use crate::format::OBJECT;
use crate::lexicon::{Class, class_of};
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

    /// Whether it is written as a name is: a word with a capital that is no day or month.
    pub fn is_proper(&self) -> bool {
        self.kind == Kind::Word
            && matches!(self.case, Case::Title | Case::Upper)
            && !self.class.any(Class::WEEKDAY.with(Class::MONTH))
    }

    /// Its text.
    pub fn of<'t>(&self, paragraph: &'t str) -> &'t str {
        self.span().of(paragraph)
    }
}

/// The span from the first of the tokens to the last; empty if there are none.
pub fn span(tokens: &[Token]) -> Span {
    match tokens {
        [] => Span::default(),
        [first, ..] => Span::new(first.start as usize, tokens[tokens.len() - 1].end as usize),
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
    // News copy has a token for about every five bytes.
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let start = at;
        let kind = if first.is_whitespace() || is_invisible(first) {
            at += first.len_utf8();
            continue;
        } else if let Some(len) = foreign(&text[at..]) {
            at += len;
            Kind::Foreign
        } else if first.is_ascii_digit() {
            at += number(&text[at..]);
            Kind::Number
        } else if first.is_alphanumeric() {
            at += word(&text[at..]);
            Kind::Word
        } else {
            let (len, kind) = mark(&text[at..], first);
            at += len;
            kind
        };
        let mut token =
            Token { start: start as u32, end: at as u32, kind, case: Case::None, quoted: false, class: Class::NONE };
        if kind == Kind::Word {
            let possessive = possessive_of(&text[start..at]);
            token.end -= possessive as u32;
            let word = token.of(text);
            token.case = case_of(word);
            token.class = class_of(word);
            tokens.push(token);
            if possessive > 0 {
                tokens.push(Token {
                    start: token.end,
                    end: at as u32,
                    kind: Kind::Possessive,
                    case: Case::None,
                    quoted: false,
                    class: Class::NONE,
                });
            }
        } else {
            tokens.push(token);
        }
    }
    tokens
}

/// Whether the character shows nothing: zero-width marks that copying from web pages leaves behind.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{202A}'..='\u{202E}')
}

/// Whether the character goes on with a word that a letter began.
fn continues_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200C}' | '\u{200D}')
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Length of the run of word characters that `text` opens with.
fn run(text: &str) -> usize {
    let ascii = text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len());
    if text.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
        return ascii;
    }
    text.find(|c| !continues_word(c)).unwrap_or(text.len())
}

/// Length of the word that `text` opens with, its inner hyphens and apostrophes and an abbreviation's stop included.
fn word(text: &str) -> usize {
    let len = dotted(text).unwrap_or_else(|| undotted(text));
    // "Acme Inc.'s": the stop ended the word, and its ending is yet to come.
    let ending = possessive_after(&text[len..]);
    if text[len + ending..].starts_with(char::is_alphanumeric) { len } else { len + ending }
}

fn undotted(text: &str) -> usize {
    let mut len = run(text);
    loop {
        let mut rest = text[len..].chars();
        let Some(joint) = rest.next() else { return len };
        let follows = rest.next().is_some_and(char::is_alphanumeric);
        if follows && (is_apostrophe(joint) || is_hyphen(joint) || (joint == '&' && len <= 3)) {
            len += joint.len_utf8();
            len += run(&text[len..]);
        } else if joint == '.' {
            return len + stop(text, len);
        } else {
            return len;
        }
    }
}

/// Length of what belongs to a word of `len` bytes from the full stop after it: an abbreviation's stop, an initial's,
/// or the rest of a domain name.
fn stop(text: &str, len: usize) -> usize {
    let after = &text[len + 1..];
    let domain = run(after);
    if matches!(&after[..domain], "com" | "org" | "net" | "gov" | "edu" | "co" | "io" | "tv") {
        return 1 + domain;
    }
    let initial = len == 1 && text.starts_with(|c: char| c.is_uppercase());
    usize::from(initial || class_of(&text[..=len]).any(Class::ABBREVIATION))
}

/// Most parts of an abbreviation with inner stops.
const LONGEST_DOTTED: usize = 8;

/// Length of an abbreviation with inner stops: "U.S.", "a.m.", "W.Va.", "J.D." The last stop is its own.
fn dotted(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut len = 0;
    let mut parts = 0;
    loop {
        let letters = bytes[len..].iter().take(3).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 || letters > 2 || bytes.get(len + letters) != Some(&b'.') {
            break;
        }
        len += letters + 1;
        parts += 1;
        if parts > LONGEST_DOTTED {
            return None;
        }
    }
    // A word may follow without a space, as in "U.S.-led"; a letter may not.
    if parts < 2 || text[len..].starts_with(char::is_alphanumeric) {
        return None;
    }
    if text[len..].starts_with(is_hyphen) && text[len + 1..].starts_with(char::is_alphanumeric) {
        return Some(len + 1 + run(&text[len + 1..]));
    }
    Some(len)
}

/// Length of the figure that `text` opens with: "1,200", "3.5", "20th", "1990s", "737-800".
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut len = run(text);
    while let (Some(joint), Some(next)) = (bytes.get(len), bytes.get(len + 1)) {
        let joins = matches!(joint, b',' | b'.') && next.is_ascii_digit()
            || *joint == b'-' && next.is_ascii_alphanumeric()
            || *joint == b':' && next.is_ascii_digit();
        if !joins {
            break;
        }
        len += 1;
        len += run(&text[len..]).max(1);
    }
    len
}

/// Whether `text` opens with `head`, in whatever case.
fn opens_with(text: &str, head: &str) -> bool {
    text.as_bytes().get(..head.len()).is_some_and(|opening| opening.eq_ignore_ascii_case(head.as_bytes()))
}

/// Length of a URL, e-mail address or handle that `text` opens with.
fn foreign(text: &str) -> Option<usize> {
    let first = *text.as_bytes().first()?;
    if text.starts_with(OBJECT) {
        return Some(OBJECT.len_utf8());
    }
    let prefixed = match first {
        b'h' | b'H' => opens_with(text, "http://") || opens_with(text, "https://"),
        b'w' | b'W' => opens_with(text, "www."),
        b'@' | b'#' => text[1..].starts_with(|c: char| c.is_alphanumeric() || c == '_'),
        _ => false,
    };
    if !prefixed {
        return None;
    }
    let handle = matches!(first, b'@' | b'#');
    let end =
        text.find(
            |c: char| {
                if handle { !c.is_alphanumeric() && c != '_' && !matches!(c, '@' | '#') } else { c.is_whitespace() }
            },
        );
    Some(
        text[..end.unwrap_or(text.len())]
            .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '”', '’', '\''])
            .len(),
    )
}

/// Length and kind of the mark that `text` opens with.
fn mark(text: &str, first: char) -> (usize, Kind) {
    let same = |c: char| text.chars().take_while(|next| *next == c).count();
    match first {
        '"' | '“' | '”' | '„' | '«' | '»' => (first.len_utf8(), Kind::Quote),
        '\'' | '`' if same(first) == 2 => (2, Kind::Quote),
        '\'' | '`' if same(first) > 2 => (same(first), Kind::Mark),
        '‘' | '’' if same(first) == 2 => (2 * first.len_utf8(), Kind::Quote),
        '‘' | '’' if same(first) > 2 => (same(first) * first.len_utf8(), Kind::Mark),
        '\'' | '‘' | '’' | '`' => (first.len_utf8(), Kind::Quote),
        '.' | '-' => (same(first), Kind::Mark),
        _ => (first.len_utf8(), Kind::Mark),
    }
}

const POSSESSIVES: [&str; 4] = ["'s", "’s", "'S", "’S"];

/// Length of the possessive ending of a word.
fn possessive_of(word: &str) -> usize {
    POSSESSIVES.iter().find(|ending| word.ends_with(*ending)).map_or(0, |ending| ending.len())
}

/// Length of the possessive ending that `text` opens with.
fn possessive_after(text: &str) -> usize {
    POSSESSIVES.iter().find(|ending| text.starts_with(*ending)).map_or(0, |ending| ending.len())
}

fn case_of(word: &str) -> Case {
    let mut letters = 0;
    let mut lower = false;
    let mut upper = false;
    for c in word.chars() {
        if c.is_uppercase() {
            upper = true;
            letters += 1;
        } else if c.is_lowercase() {
            lower = true;
            letters += 1;
        }
    }
    match (upper, lower) {
        (false, false) => Case::None,
        (false, true) => Case::Lower,
        (true, false) if letters > 1 => Case::Upper,
        (true, _) => Case::Title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text).iter().map(|token| token.of(text)).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        for (text, expected) in [
            ("Rep. Ann Lee, R-Ill., left.", "Rep.|Ann|Lee|,|R-Ill|.|,|left|."),
            ("It don't end at 5 p.m. in St. Louis", "It|don't|end|at|5|p.m.|in|St.|Louis"),
            ("U.S.-led raids; the U.S.'s own", "U.S.-led|raids|;|the|U.S.|'s|own"),
            ("J.B. Pritt and W. Moe of AT&T's", "J.B.|Pritt|and|W.|Moe|of|AT&T|'s"),
            ("Japan’s B-52 cost 1,200.50.", "Japan|’s|B-52|cost|1,200.50|."),
            ("at 3:30 a.m. -- or... so", "at|3:30|a.m.|--|or|...|so"),
            ("http://éa.example/x now", "http://éa.example/x|now"),
            ("See https://example.com/a?b=c, or mail", "See|https://example.com/a?b=c|,|or|mail"),
            ("the states' rights @desk wrote on Cars.com.", "the|states|'|rights|@desk|wrote|on|Cars.com|."),
            ("``Yes,'' she said", "``|Yes|,|''|she|said"),
            ("Sinéad O’Connor and Zoe\u{308}", "Sinéad|O’Connor|and|Zoe\u{308}"),
            ("The end.The start", "The|end|.|The|start"),
            ("in the '90s, 737-800s and 20th", "in|the|'|90s|,|737-800s|and|20th"),
        ] {
            assert_eq!(words(text).join("|"), expected);
        }
    }

    #[test]
    fn case_is_told() {
        let cases: Vec<Case> = tokenize("NATO U.S. iPhone McLeod I 12 said").iter().map(|token| token.case).collect();
        assert_eq!(cases, [Case::Upper, Case::Upper, Case::Title, Case::Title, Case::Title, Case::None, Case::Lower]);
    }
}
