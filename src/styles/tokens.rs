use super::pattern::{Pattern, is_boundary};
use crate::text::Span;

/// A rule's patterns, of which the first that fits wins where several fit at one place.
#[derive(Debug, Default)]
pub(super) struct Tokens(Vec<Token>);

#[derive(Debug)]
enum Token {
    /// Plain letters, found without a pattern.
    Literal { letters: String, fold: bool, bounded: bool },
    /// All else.
    Pattern(Pattern),
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
    /// The number of the rule's first token.
    first: u32,
    /// Where the text that is read begins in the one that was looked through.
    base: usize,
}

impl<'h> Seen<'h> {
    pub(super) const fn new(hits: &'h [(u32, u32)], first: u32) -> Self {
        Self { hits, first, base: 0 }
    }

    pub(super) const fn from(self, base: usize) -> Self {
        Self { base, ..self }
    }

    /// The places of a token at or after `from`.
    fn places(self, token: usize, from: usize) -> impl Iterator<Item = usize> + 'h {
        let token = self.first.saturating_add(u32::try_from(token).unwrap_or(u32::MAX));
        let from = u32::try_from(self.base + from).unwrap_or(u32::MAX);
        let hits = &self.hits[self.hits.partition_point(|hit| *hit < (token, from))..];
        hits.iter().take_while(move |hit| hit.0 == token).map(move |hit| hit.1 as usize - self.base)
    }

    fn has(self, token: usize) -> bool {
        self.places(token, 0).next().is_some()
    }
}

impl Tokens {
    /// Tokens as a rule file has them.
    pub(super) fn new<'t>(tokens: impl IntoIterator<Item = &'t str>, reading: Reading) -> Self {
        Self(tokens.into_iter().map(|token| Token::new(token, reading)).collect())
    }

    /// One pattern, as it stands.
    pub(super) fn pattern(source: &str) -> Self {
        Self(vec![Token::Pattern(Pattern::new(source))])
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The literals that lead to each token; `None` for a token that must be looked for everywhere.
    pub(super) fn gates(&self) -> impl Iterator<Item = Option<Vec<String>>> + '_ {
        self.0.iter().map(|token| match token {
            Token::Literal { letters, .. } => Some(vec![letters.to_ascii_lowercase()]),
            Token::Pattern(pattern) => pattern.gate.clone(),
        })
    }

    /// What is wrong with the token, if it is no pattern.
    pub(super) fn mistake(&self, token: usize) -> Option<String> {
        match self.0.get(token)? {
            Token::Literal { .. } => None,
            Token::Pattern(pattern) => pattern.mistake(),
        }
    }

    pub(super) fn overran(&self) -> bool {
        self.0.iter().any(|token| matches!(token, Token::Pattern(pattern) if pattern.overran()))
    }

    /// Where the text has any of them, each with its number: the leftmost first, none over another.
    pub(super) fn find_all(&self, text: &str, seen: Seen<'_>) -> Vec<(Span, usize)> {
        let live = self.0.iter().enumerate().filter(|(index, token)| token.gateless() || seen.has(*index));
        let mut next: Vec<(Span, usize)> =
            live.filter_map(|(index, token)| Some((token.next(text, 0, index, seen)?, index))).collect();
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
                match self.0[*token].next(text, from, *token, seen) {
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
        let loose = |c: char| reading.loose && matches!(c, ' ' | '\'' | '’');
        let plain =
            |c: char| (c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '%' | '&' | ',')) && !loose(c);
        if !token.is_empty() && token.chars().all(plain) {
            return Self::Literal { letters: token.into(), fold: reading.fold, bounded: reading.bounded };
        }
        let fold = if reading.fold { "(?i)" } else { "" };
        let token = if reading.loose { loosen(token) } else { token.into() };
        let words =
            if reading.bounded { format!(r"{fold}(?m)\b(?:{token})\b") } else { format!("{fold}(?m)(?:{token})") };
        Self::Pattern(Pattern::new(&words))
    }

    fn gateless(&self) -> bool {
        matches!(self, Self::Pattern(Pattern { gate: None, .. }))
    }

    fn next(&self, text: &str, from: usize, index: usize, seen: Seen<'_>) -> Option<Span> {
        match self {
            Self::Pattern(pattern) => pattern.find_from(text, from),
            Self::Literal { letters, fold, bounded } => {
                let span = |at: usize| Span::new(at, at + letters.len());
                seen.places(index, from).map(span).find(|span| {
                    let words = span.of(text);
                    (*fold || words == letters)
                        && words.len() == letters.len()
                        && (!bounded || (is_boundary(text, span.start) && is_boundary(text, span.end)))
                })
            }
        }
    }
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
