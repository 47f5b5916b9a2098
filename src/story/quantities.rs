//! How many and how much: the numbers of a paragraph that count or measure something. What is a year, a date, a time,
//! a score, an address or a name of something is none.

mod number;
mod sound;

use std::ops::Range;

use crate::lexicon::quantities::{
    self as lexicon, Currency, Hedge, Measured, Unit, cardinal, is_fraction, is_plural, ordinal,
};
use crate::lexicon::{Class, Decimal};
use crate::prose::{Case, Kind as TokenKind, Prose, Token};
use crate::text::Span;

use super::dates;
use number::{Number, Scaled};

/// A number that counts or measures, with what says of what.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// The figure, its sign before it, its magnitude and unit after it: "$4.8 million", "10 to 12 miles", "34-year-old".
    pub span: Span,
    /// The tokens of all that, by index.
    pub tokens: Range<usize>,
    /// The number; of a range, the first.
    pub figure: Figure,
    /// The last of a range: "10 to 12", "between 10 and 12", "10-12".
    pub to: Option<Figure>,
    /// What it is a number of.
    pub kind: Kind,
    /// What stands before the figure and makes it that: "$", "US$", "aged".
    pub sign: Option<Span>,
    /// What stands after the figure and makes it that: "%", "per cent", "miles", "dollars", "year-old", the "th" of "10th".
    pub unit: Option<Span>,
    /// What a hyphen joins to it, but for a unit: "member" in "12-member", "wide" in "5-foot-wide".
    pub joined: Option<Span>,
    /// Whether it is said not to be exact, and where.
    pub hedge: Option<(Hedge, Span)>,
    /// What is counted, where that is easily read.
    pub noun: Option<Noun>,
}

/// A number as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// "4.8" of "$4.8 million", "twenty-five".
    pub span: Span,
    /// Its value, multiplied by its magnitude, or by that of the other end of its range: 4,800,000. Cents are hundredths.
    pub value: Decimal,
    /// Whether it is written in words.
    pub words: bool,
    /// "million"
    pub magnitude: Option<Span>,
}

/// What is counted: "Ukrainian soldiers".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// With the words before it.
    pub span: Span,
    /// "soldiers"
    pub head: Span,
}

/// What a number is of.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Things or people: "12 people", "12-member".
    Count,
    /// A place in an order: "10th", "third".
    Ordinal,
    /// Years of age: "34-year-old", "aged 34", "Ann Roe, 34,".
    Age,
    /// Hundredths.
    Percent,
    /// The difference of two percentages.
    Points,
    /// Money.
    Money(&'static Currency),
    /// Distance, weight, time …
    Measure(&'static Unit),
}

impl Quantity {
    /// Whether one of the figures is written in words.
    pub fn in_words(&self) -> bool {
        self.figure.words || self.to.is_some_and(|figure| figure.words)
    }

    /// Whether it is one number, said to be exact.
    pub fn is_exact(&self) -> bool {
        self.to.is_none() && self.hedge.is_none()
    }

    /// The unit that it measures in.
    pub fn measure(&self) -> Option<&'static Unit> {
        match self.kind {
            Kind::Measure(unit) => Some(unit),
            _ => None,
        }
    }
}

/// The quantities of a paragraph, in order; no two share a token.
pub fn mentions(text: &str, prose: &Prose, dates: &[dates::Mention]) -> Vec<Quantity> {
    let reader = Reader { text, tokens: &prose.tokens, prose, dates };
    let mut found = Vec::new();
    let mut at = 0;
    while at < prose.tokens.len() {
        at = if reader.may_open(at) { reader.read(at, &mut found) } else { at + 1 };
    }
    found
}

struct Reader<'p> {
    text: &'p str,
    tokens: &'p [Token],
    prose: &'p Prose,
    dates: &'p [dates::Mention],
}

/// What stands after a number.
#[derive(Clone, Copy, Default)]
struct Tail {
    unit: Option<(Measured, Span)>,
    joined: Option<Span>,
    /// The index of the first token after all of it.
    end: usize,
}

/// A number's sign.
#[derive(Clone, Copy, Default)]
struct Sign {
    currency: Option<&'static Currency>,
    /// Whether it makes the number an age: "aged 34".
    age: bool,
    minus: bool,
    span: Option<Span>,
}

impl<'p> Reader<'p> {
    fn word(&self, at: usize) -> &'p str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    fn before(&self, at: usize, by: usize) -> &'p str {
        at.checked_sub(by).map_or("", |at| self.word(at))
    }

    /// Whether nothing stands between the token and the one before it.
    fn touches(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|token| token.start == self.tokens[at - 1].end)
    }

    fn is(&self, at: usize, kind: TokenKind) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == kind)
    }

    fn class(&self, at: usize) -> Class {
        self.tokens.get(at).map_or(Class::NONE, |token| token.class)
    }

    /// Whether a number may open with the token. This is asked of every token.
    fn may_open(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        match token.kind {
            TokenKind::Number => true,
            TokenKind::Word if token.class.any(Class::NUMBER) => true,
            TokenKind::Word => {
                let word = token.of(self.text);
                let opens = matches!(word.as_bytes()[0] | 0x20, b'o' | b't' | b'f' | b's' | b'e' | b'n');
                opens
                    && (word.ends_with("th")
                        || word
                            .split_once('-')
                            .is_some_and(|(first, _)| cardinal(first).is_some() || ordinal(first).is_some()))
            }
            _ => false,
        }
    }

    /// Reads what opens at `at`; gives where to go on.
    fn read(&self, at: usize, found: &mut Vec<Quantity>) -> usize {
        if let Some(date) = self.date_at(at) {
            return self.prose.token_at(date.end).max(at + 1);
        }
        if let Some(quantity) = self.ordinal(at) {
            found.push(quantity);
            return at + 1;
        }
        let Some(number) = self.number(at) else { return at + 1 };
        let Some(quantity) = self.quantity(number) else { return self.skip(number.end) };
        let end = quantity.tokens.end.max(number.end);
        found.extend(self.is_sound(&quantity).then_some(quantity));
        end
    }

    /// Past the figure that a dash or "to" joins to one that is no quantity: the other half of a score.
    fn skip(&self, end: usize) -> usize {
        let joint = matches!(self.word(end), "–" | "—" | "-" | "/" | ":" | "to") && self.is(end + 1, TokenKind::Number);
        if joint { end + 2 } else { end }
    }

    /// The date that the token is part of. "In August 20 people died" has none.
    fn date_at(&self, at: usize) -> Option<Span> {
        let start = self.tokens[at].start as usize;
        let date = &self.dates[self.dates.partition_point(|date| date.span.end <= start)..].first()?;
        if !date.span.holds(start) {
            return None;
        }
        let counts = date.year.is_none()
            && !date.day_first
            && date.day.is_some_and(|(_, day)| day.start == start)
            && self.before(at, 2).eq_ignore_ascii_case("in")
            && self.tokens.get(at + 1).is_some_and(|next| next.case == Case::Lower && is_plural(next.of(self.text)));
        (!counts).then_some(date.span)
    }

    fn quantity(&self, number: Number) -> Option<Quantity> {
        let sign = self.sign(&number);
        let mut first = self.scaled(number, sign.currency.is_some());
        let mut tail = self.tail(&first, sign.currency.is_some())?;
        let mut to = None;
        if tail.unit.is_none()
            && tail.joined.is_none()
            && let Some(range) = self.range(&first, &sign)
        {
            let (second, second_tail) = range?;
            if first.figure.magnitude.is_none() && second.figure.magnitude.is_some() {
                let power = second.figure.value.exponent() - second.plain.exponent();
                first.figure.value = first.figure.value.shifted(power);
            }
            if first.figure.value >= second.figure.value {
                return None;
            }
            to = Some(second.figure);
            tail = second_tail;
        }
        let mut figure = first.figure;
        if sign.minus {
            figure.value = figure.value.negated();
        }
        let start = sign.span.map_or(figure.span.start, |span| span.start);
        let tokens = self.prose.token_at(start)..tail.end;
        let last = self.tokens.get(tail.end.checked_sub(1)?)?.end as usize;
        let last = tail.unit.filter(|_| tail.joined.is_none()).map_or(last, |(_, span)| span.end);
        let heavy = figure.value.abs() >= Decimal::new(1, 6);
        let (kind, unit) = match tail.unit {
            Some((Measured::Percent, span)) => (Kind::Percent, Some(span)),
            Some((Measured::Points, span)) => (Kind::Points, Some(span)),
            Some((Measured::Age, span)) => (Kind::Age, Some(span)),
            Some((Measured::Money(currency), span)) => (Kind::Money(sign.currency.unwrap_or(currency)), Some(span)),
            Some((Measured::Hundredths(currency), span)) => {
                figure.value = figure.value.shifted(-2);
                to = to.map(|to| Figure { value: to.value.shifted(-2), ..to });
                (Kind::Money(currency), Some(span))
            }
            Some((Measured::Unit(unit), span)) => {
                match lexicon::pounds().filter(|_| heavy && sterling(span.of(self.text))) {
                    Some(pounds) => (Kind::Money(pounds), Some(span)),
                    None => (Kind::Measure(unit), Some(span)),
                }
            }
            None => (Kind::Count, None),
        };
        let kind = match (kind, sign.currency) {
            (Kind::Count | Kind::Measure(_), Some(currency)) => Kind::Money(currency),
            (Kind::Count, None) if sign.age || self.is_age(&number, &tail) => Kind::Age,
            (kind, _) => kind,
        };
        let mut quantity = Quantity {
            span: Span::new(start, last),
            tokens,
            figure,
            to,
            kind,
            sign: sign.span,
            unit,
            joined: tail.joined,
            hedge: None,
            noun: None,
        };
        if matches!(kind, Kind::Count) && tail.joined.is_none() {
            quantity.noun = self.noun(&quantity);
        }
        quantity.hedge = self.hedge(&quantity);
        Some(quantity)
    }

    /// What makes the number money, an age or negative, right before it.
    fn sign(&self, number: &Number) -> Sign {
        let start = number.figure.span.start;
        let before = &self.text[..start];
        let minus_at = |at: usize| {
            let free =
                at == 0 || self.text[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '—' | '–'));
            free && !self.text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit())
        };
        let near = before.trim_end_matches([' ', '\u{a0}']);
        if let Some((currency, len)) = lexicon::currency_before(near) {
            let at = near.len() - len;
            let code = near[at..].starts_with(|c: char| c.is_ascii_alphabetic());
            let whole = !near[..at].ends_with(|c: char| c.is_alphanumeric());
            let fits = if code { whole } else { near.len() == before.len() };
            // A code that a space divides is a code only in front of figures.
            if fits && (near.ends_with(|c: char| !c.is_alphabetic()) || !number.figure.words) {
                let minus = near[..at].ends_with(['-', '−']) && minus_at(near[..at].trim_end_matches(['-', '−']).len());
                return Sign { currency: Some(currency), minus, span: Some(Span::new(at, near.len())), age: false };
            }
        }
        let word = self.before(number.first, 1);
        let token = number.first.checked_sub(1).map(|at| self.tokens[at].span());
        if before.ends_with(['-', '−']) && minus_at(before.trim_end_matches(['-', '−']).len())
            || word.eq_ignore_ascii_case("minus")
        {
            return Sign { minus: true, span: token, ..Sign::default() };
        }
        if lexicon::is_age_before(word) {
            return Sign { age: true, span: token, ..Sign::default() };
        }
        Sign::default()
    }

    /// What stands after the number; none where it makes the number none that counts.
    fn tail(&self, scaled: &Scaled, money: bool) -> Option<Tail> {
        let (rest, end) = (scaled.rest, scaled.end);
        let text = rest.of(self.text);
        let plain = Tail { end, ..Tail::default() };
        if text.is_empty() {
            let touches = self.touches(end);
            let Some((measured, len)) = lexicon::measured(|nth| self.word(end + nth), touches) else {
                return Some(plain);
            };
            // "$5 million in", "a $5 day rate"
            let timed = matches!(measured, Measured::Unit(_)) && money;
            if timed || (self.word(end) == "p" && !touches) {
                return Some(plain);
            }
            let span = self.tokens[end].span().cover(self.tokens.get(end + len - 1)?.span());
            return Some(Tail { unit: Some((measured, self.unstopped(span))), joined: None, end: end + len });
        }
        let Some(joined) = text.strip_prefix('-') else {
            let next = |nth: usize| if nth == 0 { text } else { self.word(end + nth - 1) };
            let (measured, len) = lexicon::measured(next, true)?;
            let last = self.tokens.get(end + len - 2)?;
            let span = self.unstopped(Span::new(rest.start, last.end as usize));
            return Some(Tail { unit: Some((measured, span)), joined: None, end: end + len - 1 });
        };
        if joined.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(plain);
        }
        let parts = || joined.split('-');
        let ratio = |part: &str| part.starts_with(|c: char| c.is_ascii_digit()) || cardinal(part).is_some();
        if parts().any(ratio) || parts().next().is_some_and(is_fraction) {
            return None;
        }
        let span = Span::new(rest.start + 1, rest.end);
        let whole = lexicon::measured(|nth| if nth == 0 { joined } else { "" }, false);
        if let Some((measured, _)) = whole {
            return Some(Tail { unit: Some((measured, span)), ..plain });
        }
        // "200-foot-wide" is two hundred feet.
        let Some((measured, len)) = lexicon::measured(|nth| parts().nth(nth).unwrap_or(""), false) else {
            return Some(Tail { joined: Some(span), ..plain });
        };
        let bytes = parts().take(len).map(|part| part.len() + 1).sum::<usize>() - 1;
        let (unit, after) = (Span::new(span.start, span.start + bytes), Span::new(span.start + bytes + 1, span.end));
        Some(Tail { unit: Some((measured, unit)), joined: (!after.is_empty()).then_some(after), ..plain })
    }

    /// The words without the stop that may end the sentence as well.
    fn unstopped(&self, span: Span) -> Span {
        Span::new(span.start, span.end - usize::from(span.of(self.text).ends_with('.')))
    }

    /// The other end of a range, and what stands after it. The outer option tells whether anything is joined to the
    /// number at all, the inner whether it makes a range and no score.
    fn range(&self, first: &Scaled, sign: &Sign) -> Option<Option<(Scaled, Tail)>> {
        let from = self.prose.token_at(sign.span.map_or(first.figure.span.start, |span| span.start));
        let opener = self.before(from, 1);
        let money = sign.currency.is_some();
        let second = if first.rest.is_empty() {
            let touching = self.touches(first.end) && self.touches(first.end + 1);
            let joined = match self.word(first.end) {
                "to" | "TO" => !opener.eq_ignore_ascii_case("from"),
                "and" => opener.eq_ignore_ascii_case("between"),
                "–" | "—" | "-" => touching,
                _ => return None,
            };
            let mut at = first.end + 1;
            while money && self.tokens.get(at).is_some_and(|next| is_sign(next.of(self.text))) {
                at += 1;
            }
            if !joined || !(self.is(at, TokenKind::Number) || self.class(at).any(Class::NUMBER)) {
                return None;
            }
            let second = self.number(at)?;
            self.scaled(second, money)
        } else {
            let rest = first.rest.of(self.text).strip_prefix('-')?;
            let len = rest.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')).count();
            let start = first.rest.start + 1;
            let span = Span::new(start, start + len);
            let Some(value) = Decimal::read(&rest[..len]).filter(|_| len > 0) else { return Some(None) };
            let figure = Figure { span, value, words: false, magnitude: None };
            let rest = Span::new(span.end, first.rest.end);
            self.scaled(Number { figure, rest, first: first.end - 1, end: first.end }, money)
        };
        let Some(tail) = self.tail(&second, money) else { return Some(None) };
        let counts = self.noun_after(tail.end).is_some();
        let anchored =
            money || tail.unit.is_some() || tail.joined.is_some() || second.figure.magnitude.is_some() || counts;
        Some((anchored || sign.age).then_some((second, tail)))
    }

    /// Whether a bare figure is somebody's age: "Ann Roe, 34, left", "Ann Roe (34)".
    fn is_age(&self, number: &Number, tail: &Tail) -> bool {
        let Some(comma) = number.first.checked_sub(1) else { return false };
        let opens = self.before(number.first, 1);
        let closes = self.word(number.end);
        let named =
            comma.checked_sub(1).is_some_and(|at| self.tokens[at].is_proper() || self.is(at, TokenKind::Possessive));
        tail.end == number.end
            && !number.figure.words
            && number.figure.value < Decimal::from(125)
            && number.figure.value.exponent() == 0
            && named
            && match opens {
                "," => matches!(closes, "," | "." | ";" | ")" | ""),
                "(" => closes == ")",
                _ => false,
            }
    }

    fn noun(&self, quantity: &Quantity) -> Option<Noun> {
        if quantity.figure.value == Decimal::from(1) {
            let next = self.tokens.get(quantity.tokens.end)?;
            let closed = CLOSED.with(Class::ADVERB).with(Class::NUMBER);
            let plain = next.kind == TokenKind::Word && next.case == Case::Lower && !next.class.any(closed);
            return plain.then(|| Noun { span: next.span(), head: next.span() });
        }
        self.noun_after(quantity.tokens.end)
    }

    /// The noun in the plural that the token opens, or a few words before it: "young Ukrainian soldiers".
    fn noun_after(&self, at: usize) -> Option<Noun> {
        const FARTHEST: usize = 4;
        let words = self.tokens.get(at..)?.iter().take(FARTHEST);
        let mut words = words.take_while(|token| token.kind == TokenKind::Word && !token.class.any(CLOSED));
        let first = self.tokens.get(at)?.span();
        let head = words.find(|token| is_plural(token.of(self.text)))?.span();
        Some(Noun { span: first.cover(head), head })
    }

    fn hedge(&self, quantity: &Quantity) -> Option<(Hedge, Span)> {
        let first = quantity.tokens.start;
        if let Some((hedge, len)) = lexicon::hedge_before(|nth| self.before(first, nth + 1)) {
            let from = self.tokens.get(first.checked_sub(len)?)?.span();
            return Some((hedge, from.cover(self.tokens[first - 1].span())));
        }
        let noun = quantity.noun.map(|noun| self.prose.token_at(noun.span.end.saturating_sub(1)) + 1);
        [Some(quantity.tokens.end), noun].into_iter().flatten().find_map(|at| {
            let (hedge, len) = lexicon::hedge_after(|nth| self.word(at + nth))?;
            Some((hedge, self.tokens.get(at)?.span().cover(self.tokens.get(at + len - 1)?.span())))
        })
    }
}

/// What ends a phrase about what is counted.
const CLOSED: Class = Class::PREPOSITION
    .with(Class::CONJUNCTION)
    .with(Class::AUXILIARY)
    .with(Class::MODAL)
    .with(Class::PRONOUN)
    .with(Class::POSSESSIVE)
    .with(Class::DETERMINER);

/// Whether the token is a currency's sign, or part of one.
fn is_sign(word: &str) -> bool {
    lexicon::currency_before(word).is_some_and(|(_, len)| len == word.len())
        || matches!(word, "US" | "A" | "C" | "HK" | "NZ")
}

/// Whether the words are "pounds", which are money where there are millions of them.
fn sterling(unit: &str) -> bool {
    unit.eq_ignore_ascii_case("pounds") || unit.eq_ignore_ascii_case("pound")
}

#[cfg(test)]
mod tests;
