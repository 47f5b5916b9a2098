//! Numbers as they are written: in figures, in words, in order, with a magnitude.

use super::{Figure, Kind, Quantity, Reader, TokenKind, lexicon};
use crate::lexicon::quantities::{cardinal, is_fraction, is_plural, ordinal};
use crate::lexicon::{Class, Decimal};
use crate::text::Span;

/// A number read from tokens, before it is known what it counts.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub figure: Figure,
    /// What is left of its last token: "-year-old", "km", "-12".
    pub rest: Span,
    /// The index of the first token, and of the first after it.
    pub first: usize,
    pub end: usize,
}

/// A number with its magnitude.
#[derive(Clone, Copy)]
pub(super) struct Scaled {
    pub figure: Figure,
    /// Its value without the magnitude.
    pub plain: Decimal,
    pub rest: Span,
    pub end: usize,
}

impl Reader<'_> {
    pub(super) fn number(&self, at: usize) -> Option<Number> {
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
    pub(super) fn ordinal(&self, at: usize) -> Option<Quantity> {
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

    /// The number with its magnitude.
    pub(super) fn scaled(&self, number: Number, money: bool) -> Scaled {
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
}

fn vulgar(c: char) -> Option<Decimal> {
    Some(match c {
        '½' => Decimal::new(5, -1),
        '¼' => Decimal::new(25, -2),
        '¾' => Decimal::new(75, -2),
        _ => return None,
    })
}
