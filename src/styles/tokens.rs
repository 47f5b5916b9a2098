use super::gate::{Bytes, Gate};
use super::pattern::{Pattern, is_boundary};
use crate::text::Span;

/// A rule's patterns, of which the first that fits wins where several fit at one place.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    all: Vec<Token>,
    /// Those that no letters lead to, but bytes.
    open: Vec<(usize, Bytes)>,
}

#[derive(Debug)]
enum Token {
    /// Plain words, found without a pattern.
    Phrase(Phrase),
    /// All else, and what leads to it.
    Pattern(Pattern, Gate),
}

/// Letters, digits and the marks between words, as they are to be found.
#[derive(Debug)]
struct Phrase {
    letters: String,
    reading: Reading,
    /// Where in the letters that begins which leads to them.
    anchor: usize,
}

/// How a rule's tokens are read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading {
    /// Case counts for nothing.
    pub fold: bool,
    /// A token is words, whole ones.
    pub bounded: bool,
    /// A space is any white space, and an apostrophe of either shape counts: Copydesk's own rules.
    pub loose: bool,
}

/// Where the literals that lead to tokens were seen: the token's number in its rule, and where the literal begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'h> {
    hits: &'h [(u32, u32)],
    /// The bytes of the text.
    bytes: Bytes,
    /// The number of the rule's first token.
    first: u32,
    /// Where the text that is read begins in the one that was looked through.
    base: usize,
}

impl<'h> Seen<'h> {
    pub(super) const fn new(hits: &'h [(u32, u32)], bytes: Bytes, first: u32) -> Self {
        Self { hits, bytes, first, base: 0 }
    }

    pub(super) const fn from(self, base: usize) -> Self {
        Self { base, ..self }
    }

    /// The places of a token in what is read, of which `text` is.
    fn places(self, token: usize, text: Span) -> impl Iterator<Item = usize> + 'h {
        let token = self.number(token);
        let place = |at: usize| u32::try_from(self.base + at).unwrap_or(u32::MAX);
        let (from, to) = (place(text.start), place(text.end));
        let hits = &self.hits[self.hits.partition_point(|hit| *hit < (token, from))..];
        hits.iter().take_while(move |hit| **hit < (token, to)).map(move |hit| hit.1 as usize - self.base)
    }

    /// Those of a rule's tokens, of which there are `count`, that something leads to.
    fn tokens(self, count: usize) -> impl Iterator<Item = usize> + 'h {
        let at = |token| self.hits.partition_point(|hit| hit.0 < token);
        let hits = &self.hits[at(self.first)..at(self.number(count))];
        hits.chunk_by(|a, b| a.0 == b.0).map(move |same| (same[0].0 - self.first) as usize)
    }

    /// The number that a token of the rule has among all rules'.
    fn number(self, token: usize) -> u32 {
        self.first.saturating_add(u32::try_from(token).unwrap_or(u32::MAX))
    }
}

impl Tokens {
    /// Tokens as a rule file has them.
    pub(super) fn new<'t>(tokens: impl IntoIterator<Item = &'t str>, reading: Reading) -> Self {
        Self::of(tokens.into_iter().map(|token| Token::new(token, reading)).collect())
    }

    /// One pattern, as it stands.
    pub(super) fn pattern(source: &str) -> Self {
        Self::of(vec![Token::pattern(source)])
    }

    fn of(all: Vec<Token>) -> Self {
        let bytes = |token: &Token| if let Token::Pattern(_, Gate::Bytes(bytes)) = token { Some(*bytes) } else { None };
        let open = all.iter().enumerate().filter_map(|(index, token)| Some((index, bytes(token)?))).collect();
        Self { all, open }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// What leads to each token.
    pub(super) fn gates(&self) -> impl Iterator<Item = Gate> + '_ {
        self.all.iter().map(|token| match token {
            Token::Phrase(phrase) => phrase.gate(),
            Token::Pattern(_, gate) => gate.clone(),
        })
    }

    /// What is wrong with the token, if it is no pattern.
    pub(super) fn mistake(&self, token: usize) -> Option<String> {
        match self.all.get(token)? {
            Token::Phrase(_) => None,
            // What leads to one that does not look around was read off it: it is a pattern.
            Token::Pattern(pattern, gate) if *gate != Gate::Bytes(Bytes::ALL) && !pattern.looks_around() => None,
            Token::Pattern(pattern, _) => pattern.mistake(),
        }
    }

    pub(super) fn overran(&self) -> bool {
        self.all.iter().any(|token| matches!(token, Token::Pattern(pattern, _) if pattern.overran()))
    }

    /// Where the text has any of them, each with its number: the leftmost first, none over another.
    pub(super) fn find_all(&self, text: &str, seen: Seen<'_>) -> Vec<(Span, usize)> {
        let open = self.open.iter().filter(|(_, bytes)| bytes.meet(seen.bytes)).map(|(index, _)| *index);
        let live = open.chain(seen.tokens(self.all.len()));
        let mut next: Vec<(Span, usize)> =
            live.filter_map(|index| Some((self.all[index].next(text, 0, index, seen)?, index))).collect();
        let mut found = Vec::new();
        while let Some((span, token)) = next.iter().copied().min_by_key(|(span, token)| (span.start, *token)) {
            if !span.is_empty() {
                found.push((span, token));
            }
            let from = if span.is_empty() { after_char(text, span.end) } else { span.end };
            next.retain_mut(|(span, token)| {
                if span.start >= from {
                    return true;
                }
                match self.all[*token].next(text, from, *token, seen) {
                    Some(later) => {
                        *span = later;
                        true
                    }
                    None => false,
                }
            });
        }
        found
    }
}

impl Token {
    fn new(token: &str, reading: Reading) -> Self {
        if let Some(phrase) = Phrase::new(token, reading) {
            return Self::Phrase(phrase);
        }
        let fold = if reading.fold { "(?i)" } else { "" };
        let token = if reading.loose { loosen(token) } else { token.into() };
        let words =
            if reading.bounded { format!(r"{fold}(?m)\b(?:{token})\b") } else { format!("{fold}(?m)(?:{token})") };
        Self::pattern(&words)
    }

    fn pattern(source: &str) -> Self {
        let pattern = Pattern::new(source);
        let gate = Gate::of(pattern.source());
        Self::Pattern(pattern, gate)
    }

    fn next(&self, text: &str, from: usize, index: usize, seen: Seen<'_>) -> Option<Span> {
        match self {
            Self::Pattern(pattern, _) => pattern.find_from(text, from),
            Self::Phrase(phrase) => {
                let at = |place| phrase.around(text, place).filter(|span| span.start >= from);
                seen.places(index, Span::new(from, text.len())).find_map(at)
            }
        }
    }
}

impl Phrase {
    /// The token, if it is plain letters.
    fn new(token: &str, reading: Reading) -> Option<Self> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '%' | '&' | ',');
        if token.is_empty() || !token.chars().all(plain) {
            return None;
        }
        if !reading.bounded && !reading.loose {
            return Some(Self { letters: token.into(), reading, anchor: 0 });
        }
        // Of words of one length the last: the first are more often small and common ones.
        let words = token.match_indices(|c: char| c.is_ascii_alphanumeric());
        let (anchor, _) = words.map(|(at, _)| (at, word(&token[at..]).len())).max_by_key(|(_, len)| *len)?;
        Some(Self { letters: token.into(), reading, anchor })
    }

    fn gate(&self) -> Gate {
        let anchored = &self.letters[self.anchor..];
        match self.reading {
            Reading { bounded: true, .. } => Gate::Word(word(anchored).to_ascii_lowercase()),
            Reading { loose: true, .. } => Gate::Letters(vec![word(anchored).to_ascii_lowercase()]),
            _ => Gate::Letters(vec![anchored.to_ascii_lowercase()]),
        }
    }

    /// Where the text has the phrase, if what leads to it is at `place`.
    fn around(&self, text: &str, place: usize) -> Option<Span> {
        let (before, after) = self.letters.split_at(self.anchor);
        let start = place - self.len(before.chars().rev(), text.get(..place)?.chars().rev())?;
        let end = place + self.len(after.chars(), text.get(place..)?.chars())?;
        let bounded = !self.reading.bounded || (is_boundary(text, start) && is_boundary(text, end));
        bounded.then_some(Span::new(start, end))
    }

    /// How many bytes of the text the letters take, from its beginning.
    fn len(&self, letters: impl Iterator<Item = char>, text: impl Iterator<Item = char>) -> Option<usize> {
        let Reading { fold, loose, .. } = self.reading;
        let mut text = text.peekable();
        let mut len = 0;
        for letter in letters {
            let c = text.next()?;
            let same = match letter {
                ' ' if loose => c.is_whitespace(),
                '\'' | '’' if loose => matches!(c, '\'' | '’'),
                _ => letter == c || (fold && letter.eq_ignore_ascii_case(&c)),
            };
            if !same {
                return None;
            }
            len += c.len_utf8();
            while let Some(space) = text.next_if(|c| loose && letter == ' ' && c.is_whitespace()) {
                len += space.len_utf8();
            }
        }
        Some(len)
    }
}

/// The letters and digits at the start of a text.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

/// Where the character at `at` ends.
fn after_char(text: &str, at: usize) -> usize {
    at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
}

/// A token in which a space stands for any white space and an apostrophe for either shape of it.
fn loosen(token: &str) -> String {
    let mut out = String::with_capacity(token.len() + 16);
    let mut class = false;
    let mut chars = token.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                out.push(c);
                out.extend(chars.next());
                continue;
            }
            '[' => class = true,
            ']' => class = false,
            ' ' if !class => {
                out.push_str(r"\s+");
                continue;
            }
            '\'' | '’' if !class => {
                out.push_str("['’]");
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}
