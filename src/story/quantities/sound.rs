//! Which numbers count, and which are years, labels, names, times or addresses.

use super::{Kind, Quantity, Reader, TokenKind, lexicon};
use crate::lexicon::{Class, Decimal, calendar};
use crate::prose::{Case, Token};

impl Reader<'_> {
    /// Whether the number counts, and is no year, label, name, time or address.
    pub(super) fn is_sound(&self, quantity: &Quantity) -> bool {
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
        calendar::is_zone(next) || lexicon::is_time(next)
    }

    /// Whether a bare figure of four digits is a year. One of these centuries is, but for "more than 2000 soldiers".
    fn is_year(&self, quantity: &Quantity) -> bool {
        if quantity.figure.span.len() != 4 || quantity.figure.value.exponent() != 0 {
            return false;
        }
        let Some(value) = quantity.figure.value.whole() else { return false };
        let before = self.before(quantity.tokens.start, 1);
        let month = || self.class(quantity.tokens.start.wrapping_sub(1)).any(Class::MONTH);
        let dated = || lexicon::is_before_year(before) || month();
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
