//! How many and how much: the numbers of a paragraph that count or measure something. What is a year, a date, a time,
//! a score, an address or a name of something is none.

use std::ops::Range;

use crate::lexicon::quantities::{
    self as lexicon, Currency, Hedge, Measured, Unit, cardinal, is_fraction, is_plural, ordinal,
};
use crate::lexicon::{Class, Decimal};
use crate::prose::{Case, Kind as TokenKind, Prose, Token};
use crate::text::Span;

use super::dates;

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

/// A number read from tokens, before it is known what it counts.
#[derive(Clone, Copy)]
struct Number {
    figure: Figure,
    /// What is left of its last token: "-year-old", "km", "-12".
    rest: Span,
    /// The index of the first token, and of the first after it.
    first: usize,
    end: usize,
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

    fn number(&self, at: usize) -> Option<Number> {
        if self.is(at, TokenKind::Number) { self.figures(at) } else { self.in_words(at) }
    }

    /// "12", "1,234.5", "3bn", "34-year-old"
    fn figures(&self, at: usize) -> Option<Number> {
        let token = self.tokens[at];
        let word = token.of(self.text);
        let bytes = word.as_bytes();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let len = (0..bytes.len())
            .find(|at| !(is_digit(*at) || matches!(bytes[*at], b',' | b'.') && is_digit(at + 1)))
            .unwrap_or(bytes.len());
        let start = token.start as usize;
        let mut span = Span::new(start, start + len);
        // ".5" after a space
        let mut first = at;
        if self.touches(at) && self.before(at, 1) == "." && !self.touches(at - 1) {
            span.start -= 1;
            first = at - 1;
        }
        let figure = span.of(self.text);
        let padded = figure.len() > 1 && figure.starts_with('0') && !figure.starts_with("0.");
        let mut value = Decimal::read(figure).filter(|_| !padded)?;
        if let Some(half) = self.text[span.end..].chars().next().and_then(vulgar) {
            value = value.plus(half)?;
            span.end += "½".len();
        }
        let figure = Figure { span, value, words: false, magnitude: None };
        Some(Number { figure, rest: Span::new(span.end, token.end as usize), first, end: at + 1 })
    }

    /// "nine", "twenty-five", "three hundred and five", "nine-member"
    fn in_words(&self, at: usize) -> Option<Number> {
        let start = self.tokens[at].start as usize;
        let (mut total, mut group) = (0_i64, 0_i64);
        let mut end = at;
        // What may still be added: after hundreds tens, after tens units.
        let mut room = i64::MAX;
        let mut rest = Span::default();
        let mut last = start;
        while let Some(token) = self.tokens.get(end).filter(|token| token.kind == TokenKind::Word) {
            let word = token.of(self.text);
            let (first, mut tail) = word.split_once('-').map_or((word, None), |(first, tail)| (first, Some(tail)));
            if let Some(value) = cardinal(first) {
                if value >= room || (value == 0 && end > at) {
                    break;
                }
                group = group.checked_add(value)?;
                room = if value >= 20 { 10 } else { 0 };
                last = token.start as usize + first.len();
                if let Some(more) = tail.filter(|_| value >= 20) {
                    let (unit, after) = more.split_once('-').map_or((more, None), |(unit, after)| (unit, Some(after)));
                    if let Some(unit) = cardinal(unit).filter(|unit| (1..10).contains(unit)) {
                        group = group.checked_add(unit)?;
                        room = 0;
                        last = token.end as usize - after.map_or(0, |after| after.len() + 1);
                        tail = after;
                    }
                }
            } else if first.eq_ignore_ascii_case("hundred") && (1..100).contains(&group) {
                group = group.checked_mul(100)?;
                room = 100;
                last = token.start as usize + first.len();
            } else if first.eq_ignore_ascii_case("thousand") && (1..1000).contains(&group) && total == 0 {
                // "five thousand" by itself is five and a magnitude.
                let goes_on = self.class(end + 1).any(Class::NUMBER) && cardinal(self.word(end + 1)).is_some();
                if !goes_on || tail.is_some() {
                    break;
                }
                total = group.checked_mul(1000)?;
                group = 0;
                room = 1000;
                last = token.end as usize;
            } else if word.eq_ignore_ascii_case("and") && room == 100 && cardinal(self.word(end + 1)).is_some() {
                end += 1;
                continue;
            } else {
                break;
            }
            end += 1;
            rest = Span::new(last, token.end as usize);
            if tail.is_some() {
                break;
            }
        }
        if end == at {
            return None;
        }
        let figure = Figure {
            span: Span::new(start, last),
            value: Decimal::from(total.checked_add(group)?),
            words: true,
            magnitude: None,
        };
        Some(Number { figure, rest, first: at, end })
    }

    /// "10th", "third", "twenty-first"
    fn ordinal(&self, at: usize) -> Option<Quantity> {
        let token = self.tokens[at];
        let (word, start) = (token.of(self.text), token.start as usize);
        let (len, value, words) = if token.kind == TokenKind::Number {
            let len = word.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b',').count();
            let ends = matches!(word.get(len..)?, "st" | "nd" | "rd" | "th");
            (len, Decimal::read(&word[..len]).filter(|_| ends)?, false)
        } else {
            let compound = || {
                let (ten, unit) = word.split_once('-')?;
                Some(cardinal(ten).filter(|ten| *ten >= 20)? + ordinal(unit).filter(|unit| *unit < 10)?)
            };
            (word.len(), Decimal::from(ordinal(word).or_else(compound)?), true)
        };
        // "a third of them" is a fraction.
        if words
            && is_fraction(word)
            && matches!(self.before(at, 1), "a" | "one" | "two" | "three" | "A" | "One" | "Two")
        {
            return None;
        }
        let figure = Figure { span: Span::new(start, start + len), value, words, magnitude: None };
        let unit = (!words).then(|| Span::new(start + len, token.end as usize));
        Some(Quantity {
            span: token.span(),
            tokens: at..at + 1,
            figure,
            to: None,
            kind: Kind::Ordinal,
            sign: None,
            unit,
            joined: None,
            hedge: None,
            noun: None,
        })
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

    /// The number with its magnitude.
    fn scaled(&self, number: Number, money: bool) -> Scaled {
        let plain = number.figure.value;
        let mut scaled = Scaled { figure: number.figure, plain, rest: number.rest, end: number.end };
        let rest = number.rest.of(self.text);
        let (span, power) = if rest.is_empty() {
            let Some(token) = self.tokens.get(number.end).filter(|token| token.kind == TokenKind::Word) else {
                return scaled;
            };
            let word = token.of(self.text);
            let head = word.split('-').next().unwrap_or(word);
            let Some(power) = lexicon::magnitude(head, false) else { return scaled };
            let start = token.start as usize;
            scaled.end += 1;
            scaled.rest = Span::new(start + head.len(), token.end as usize);
            (Span::new(start, start + head.len()), power)
        } else {
            let joined = usize::from(rest.starts_with('-'));
            let head = rest[joined..].split('-').next().unwrap_or(rest);
            let Some(power) = lexicon::magnitude(head, joined == 0) else { return scaled };
            // "5m people" is five million of them, "5m" five meters.
            let counts = || self.tokens.get(number.end).is_some_and(|next| is_plural(next.of(self.text)));
            if head.len() == 1 && !money && !(head == "m" && counts()) {
                return scaled;
            }
            let start = number.rest.start + joined;
            scaled.rest = Span::new(start + head.len(), number.rest.end);
            (Span::new(start, start + head.len()), power)
        };
        scaled.figure.magnitude = Some(span);
        scaled.figure.value = plain.shifted(power);
        scaled
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

    /// Whether the number counts, and is no year, label, name, time or address.
    fn is_sound(&self, quantity: &Quantity) -> bool {
        let (first, end) = (quantity.tokens.start, quantity.tokens.end);
        let anchored = quantity.sign.is_some()
            || quantity.unit.is_some()
            || quantity.joined.is_some()
            || quantity.figure.magnitude.is_some()
            || quantity.to.is_some();
        if quantity.figure.words {
            return self.is_sound_in_words(quantity);
        }
        let before = self.before(first, 1);
        // Parts of phone numbers, ratios, dates in figures, times.
        let glued = self.touches(first)
            && matches!(before, "/" | ":" | "+" | "#" | "." | "’" | "'" | "‘" | "-" | "–" | "×" | "°" | "=");
        let runs_on = self.touches(end)
            && matches!(self.word(end), "/" | ":" | "×" | "°" | "=" | "+")
            && self.word(end + 1) != "h";
        if glued || runs_on {
            return false;
        }
        if anchored || matches!(quantity.kind, Kind::Age) {
            return true;
        }
        let row = self.is(end, TokenKind::Number) || (first > 0 && self.is(first - 1, TokenKind::Number));
        let label = first > 0 && (lexicon::is_label(before) || self.names(first - 1))
            || lexicon::is_name(quantity.figure.span.of(self.text));
        !(row
            || label
            || self.is_day(quantity)
            || self.is_time(quantity)
            || self.is_year(quantity)
            || self.is_address(end))
    }

    /// Whether the token is a name that a figure may belong to: "Boeing 737", "Apollo 11".
    fn names(&self, at: usize) -> bool {
        let opens = Class::DETERMINER.with(Class::PREPOSITION).with(Class::CONJUNCTION).with(Class::ADVERB);
        let opens = opens.with(Class::OPENER).with(Class::AUXILIARY).with(Class::PRONOUN).with(Class::COMMON);
        self.tokens[at].is_proper() && !(self.class(at).any(opens) && self.tokens[at].case == Case::Title)
    }

    fn is_sound_in_words(&self, quantity: &Quantity) -> bool {
        let (first, end) = (quantity.tokens.start, quantity.tokens.end);
        let token = self.tokens[self.prose.token_at(quantity.figure.span.start)];
        let opens = first == 0 || !matches!(self.tokens[first - 1].kind, TokenKind::Word | TokenKind::Possessive);
        if token.case != Case::Lower && !opens {
            return false;
        }
        // "one" is more often no number.
        let told = matches!(self.before(first, 1), "the" | "this" | "that" | "no" | "any" | "each" | "every" | "which");
        quantity.figure.value != Decimal::from(1)
            || self.text[quantity.figure.span.end..].starts_with('-')
            || quantity.figure.magnitude.is_some()
            || (!told && (quantity.unit.is_some() || quantity.noun.is_some()))
            || (self.word(end) == "of" && self.is(end + 2, TokenKind::Number))
    }

    /// Whether a bare figure is a day of the month: "5 and 6 December", "Dec. 5 and 6".
    fn is_day(&self, quantity: &Quantity) -> bool {
        let (first, end) = (quantity.tokens.start, quantity.tokens.end);
        let month = |at: usize| self.class(at).any(Class::MONTH) && self.tokens[at].case != Case::Lower;
        let joins = |at: usize| matches!(self.word(at), "and" | "or" | "to" | "–" | "-" | "," | "&" | "through");
        let before = || first >= 2 && joins(first - 1) && self.date_at(first - 2).is_some();
        month(end) || (joins(end) && month(end + 2)) || (quantity.noun.is_none() && before())
    }

    fn is_time(&self, quantity: &Quantity) -> bool {
        let next = self.word(quantity.tokens.end);
        matches!(next, "a.m." | "p.m." | "A.M." | "P.M." | "am" | "pm" | "AM" | "PM" | "o'clock" | "o’clock")
            || matches!(next, "GMT" | "UTC" | "BST" | "EST" | "EDT" | "ET" | "CET" | "hrs" | "noon" | "midnight")
    }

    /// Whether a bare figure of four digits is a year. One of these centuries is, but for "more than 2000 soldiers".
    fn is_year(&self, quantity: &Quantity) -> bool {
        if quantity.figure.span.len() != 4 || quantity.figure.value.exponent() != 0 {
            return false;
        }
        let Some(value) = quantity.figure.value.whole() else { return false };
        let before = self.before(quantity.tokens.start, 1);
        let dated = || {
            matches!(
                before,
                "in" | "In" | "since" | "Since" | "of" | "by" | "By" | "from" | "From" | "until" | "Until" | "to"
            ) || matches!(before, "the" | "The" | "(" | "before" | "after" | "during" | "circa" | "mid")
                || self.class(quantity.tokens.start.wrapping_sub(1)).any(Class::MONTH)
        };
        match value {
            1900..=2099 => quantity.hedge.is_none() || quantity.noun.is_none(),
            1000..=2199 => dated() || quantity.noun.is_none(),
            _ => false,
        }
    }

    /// Whether the words after a figure are a street's: "12 Main St."
    fn is_address(&self, end: usize) -> bool {
        let capitalised = |token: &&Token| {
            token.kind == TokenKind::Word && token.case != Case::Lower || token.kind == TokenKind::Number
        };
        let named = || self.tokens[end.min(self.tokens.len())..].iter().take(4).take_while(capitalised);
        named().skip(1).any(|token| lexicon::is_street(token.of(self.text)))
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

/// A number with its magnitude.
#[derive(Clone, Copy)]
struct Scaled {
    figure: Figure,
    /// Its value without the magnitude.
    plain: Decimal,
    rest: Span,
    end: usize,
}

/// Whether the token is a currency's sign, or part of one.
fn is_sign(word: &str) -> bool {
    lexicon::currency_before(word).is_some_and(|(_, len)| len == word.len())
        || matches!(word, "US" | "A" | "C" | "HK" | "NZ")
}

/// Whether the words are "pounds", which are money where there are millions of them.
fn sterling(unit: &str) -> bool {
    unit.eq_ignore_ascii_case("pounds") || unit.eq_ignore_ascii_case("pound")
}

fn vulgar(c: char) -> Option<Decimal> {
    Some(match c {
        '½' => Decimal::new(5, -1),
        '¼' => Decimal::new(25, -2),
        '¾' => Decimal::new(75, -2),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each quantity as `figure=value kind`, with what else is known of it.
    fn read(text: &str) -> String {
        let prose = Prose::read(text);
        let dates = dates::mentions(text, &prose);
        let found = mentions(text, &prose, &dates);
        let shown = |quantity: &Quantity| {
            let kind = match quantity.kind {
                Kind::Money(currency) => currency.code.clone(),
                Kind::Measure(unit) => format!("{:?}", unit.measures),
                kind => format!("{kind:?}"),
            };
            let mut shown = format!("{}={} {kind}", quantity.span.of(text), quantity.figure.value);
            let noun = quantity.noun.map(|noun| noun.span);
            let hedge = quantity.hedge.map(|(hedge, span)| format!(" {hedge:?}({})", span.of(text)));
            shown += &quantity.to.map_or(String::new(), |to| format!(" to {}", to.value));
            shown += &noun.or(quantity.joined).map_or(String::new(), |span| format!(" [{}]", span.of(text)));
            shown + &hedge.unwrap_or_default()
        };
        found.iter().map(shown).collect::<Vec<_>>().join("; ")
    }

    fn all(cases: &[(&str, &str)]) {
        let wrong: Vec<String> = cases
            .iter()
            .map(|(text, expected)| (text, expected, read(text)))
            .filter(|(_, expected, read)| *expected != read)
            .map(|(text, expected, read)| format!("{text}\n  expected {expected}\n  read     {read}"))
            .collect();
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn figures_and_words() {
        all(&[
            ("It hurt 1,234 people.", "1,234=1,234 Count [people]"),
            ("He saw nine ships.", "nine=9 Count [ships]"),
            ("Twenty-five young Ukrainian soldiers left.", "Twenty-five=25 Count [young Ukrainian soldiers]"),
            ("It had three hundred and five rooms.", "three hundred and five=305 Count [rooms]"),
            ("It had two thousand three hundred rooms.", "two thousand three hundred=2,300 Count [rooms]"),
            ("It has 2 million readers.", "2 million=2,000,000 Count [readers]"),
            ("It has two million readers.", "two million=2,000,000 Count [readers]"),
            ("It has five thousand readers.", "five thousand=5,000 Count [readers]"),
            ("It has 5m readers.", "5m=5,000,000 Count [readers]"),
            ("A 12-member panel, a three-day trip.", "12-member=12 Count [member]; three-day=3 Time"),
            ("It grew 1.5 times, or .5.", "1.5=1.5 Count [times]; .5=0.5 Count"),
            ("It ran 3½ hours.", "3½ hours=3.5 Time"),
            (
                "The 10th, third and twenty-first of 1,000th",
                "10th=10 Ordinal; third=3 Ordinal; twenty-first=21 Ordinal; 1,000th=1,000 Ordinal",
            ),
            ("In August 20 people died.", "20=20 Count [people]"),
            ("one man and two women", "one=1 Count [man]; two=2 Count [women]"),
        ]);
    }

    #[test]
    fn money_percentages_measures_and_ages() {
        all(&[
            ("It cost $4.8 million.", "$4.8 million=4,800,000 USD"),
            (
                "It cost €3bn, US$5, A$5m and 20 euros.",
                "€3bn=3,000,000,000 EUR; US$5=5 USD; A$5m=5,000,000 AUD; 20 euros=20 EUR",
            ),
            ("It cost 5 million pounds and weighs 5 pounds.", "5 million pounds=5,000,000 GBP; 5 pounds=5 Weight"),
            ("It cost Rs 500, 300 USD and 50 cents.", "Rs 500=500 INR; 300 USD=300 USD; 50 cents=0.50 USD"),
            (
                "a $12 million-a-year deal, a $5-million house",
                "$12 million-a-year=12,000,000 USD [a-year]; $5-million=5,000,000 USD",
            ),
            (
                "12%, 12 percent, 12 per cent, 12 percentage points",
                "12%=12 Percent; 12 percent=12 Percent; 12 per cent=12 Percent; 12 percentage points=12 Points",
            ),
            ("a 12-percent rise of a 5-percentage-point lead", "12-percent=12 Percent; 5-percentage-point=5 Points"),
            (
                "5 miles, 8km, 60 mph, 30 degrees, 30C, 86 F, 20°C",
                "5 miles=5 Length; 8km=8 Length; 60 mph=60 Speed; 30 degrees=30 Degrees; 30C=30 Temperature; 86 F=86 Temperature; 20°C=20 Temperature",
            ),
            (
                "5 square miles, a 10-mile run, 100 km/h, minus 5 C, -5 C",
                "5 square miles=5 Area; 10-mile=10 Length; 100 km/h=100 Speed; minus 5 C=-5 Temperature; -5 C=-5 Temperature",
            ),
            ("a 34-year-old, aged 34, who is 34 years old", "34-year-old=34 Age; aged 34=34 Age; 34 years old=34 Age"),
            ("Ann Roe, 34, and Bo Dahl (40) left.", "34=34 Age; 40=40 Age"),
            ("a five-year-old girl", "five-year-old=5 Age"),
            ("a 200-foot-wide rock at 110 mph.", "200-foot-wide=200 Length [wide]; 110 mph=110 Speed"),
        ]);
    }

    #[test]
    fn ranges_and_hedges() {
        all(&[
            ("It took 10 to 12 people.", "10 to 12=10 Count to 12 [people]"),
            ("It took 10-12 people, 10–12 miles.", "10-12=10 Count to 12 [people]; 10–12 miles=10 Length to 12"),
            ("It cost $12 to $14 million.", "$12 to $14 million=12,000,000 USD to 14,000,000"),
            ("It cost $12 million to $14 million.", "$12 million to $14 million=12,000,000 USD to 14,000,000"),
            ("between 10 and 12 percent", "10 and 12 percent=10 Percent to 12"),
            ("It rose from 40 to 55.", "40=40 Count; 55=55 Count"),
            ("for 10-to-12-year-olds, ages 5 to 12", "ages 5 to 12=5 Age to 12"),
            (
                "about 40, more than $5, up to 3 miles",
                "40=40 Count About(about); $5=5 USD Above(more than); 3 miles=3 Length Below(up to)",
            ),
            ("5,000 people or so", "5,000=5,000 Count [people] About(or so)"),
        ]);
    }

    #[test]
    fn what_counts_nothing() {
        for text in [
            "It met on 5 and 6 December, 7 January and Dec. 8 and 9.",
            "It met in 2019 at 12 Main St. and 1600 Pennsylvania Avenue NW.",
            "It met at 3 p.m. and 3:30 p.m. on Dec. 6, 2022, and 6 December.",
            "They won 3-0, 24-17, 24 to 17 and 21–7.",
            "A Boeing 737-800, a Boeing 737, a B-52 and Flight 370.",
            "Call 555-1234, 202-555-0100 or +44 20 7946 0000.",
            "iOS 15.2.1, version 2, page 12, No. 10, Room 12",
            "the 1990s, the '90s, 9/11, 24/7, 1/2, 007, 5G, 4x4",
            "two-thirds of them, a third of them, two-to-one, one-on-one, 5-on-3",
            "no one, the one, one of them, this one day",
            "the Big Three met, hundreds of people, a dozen eggs",
            "the 2019 elections, 911 calls",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }

    #[test]
    fn nothing_overflows() {
        for text in [
            "999999999999999999 trillion trillion dollars",
            "99999999999999999999999999999999999999999999",
            "nine hundred ninety-nine thousand nine hundred ninety-nine trillion hundred thousand million",
            "0-0-0–0 to 0 . .5 .. -.5 $ $5$ 5$ ½ 3½½ -- -5 --5 (-5) $- US$ 1,2,3,4 1.2.3.4 12-",
            "one one one hundred hundred thousand thousand and and ninety-ninety nine-nine- -nine",
            "between 5 and",
            "from 5 to",
            "5 to",
            "aged",
            "minus",
            "$",
            "5 million-",
            "5-",
            "5–",
            "per cent 5 per",
        ] {
            read(text);
        }
    }
}
