//! Dates named in the copy.

use jiff::civil::{Date, Weekday};

use crate::lexicon::quantities::is_plural;
use crate::lexicon::{Class, calendar};
use crate::prose::{Case, Kind, Prose, Token};
use crate::text::Span;

/// A month named in a paragraph, and what stands with it of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mention {
    /// All of it.
    pub span: Span,
    /// The day of the week that goes with it: "Tuesday, Dec. 6".
    pub weekday: Option<(Weekday, Span)>,
    /// The month, January being 1.
    pub month: (i8, Span),
    /// The day of the month as written, which may be one that no month has.
    pub day: Option<(i8, Span)>,
    /// Whether the day stands before the month.
    pub day_first: bool,
    /// Whether the day is one end of several: "Dec. 5-7", "Dec. 5 and 6".
    pub range: bool,
    /// The year.
    pub year: Option<(i16, Span)>,
}

impl Mention {
    /// The day in the calendar, if it names one in full.
    pub fn date(&self) -> Option<Date> {
        Date::new(self.year?.0, self.month.0, self.day?.0).ok()
    }
}

/// The dates of a paragraph.
pub fn mentions(text: &str, prose: &Prose) -> Vec<Mention> {
    let reader = Reader { text, tokens: &prose.tokens };
    let months = prose.tokens.iter().enumerate().filter(|(_, token)| token.class.any(Class::MONTH));
    months.filter_map(|(index, _)| reader.mention(index)).collect()
}

/// The day that words outside the copy name, as systems and writers put it: "2025-12-11T09:00:00Z", "Dec. 11, 2025",
/// "11 December 2025". Figures alone in another order are two days in one: 11/12/2025.
pub fn written(words: &str) -> Option<Date> {
    if let Some(day) = words.get(..DAY) {
        let ends = !words[DAY..].starts_with(|next: char| next.is_ascii_digit());
        if let Some(date) = day.parse().ok().filter(|_| ends) {
            return Some(date);
        }
    }
    let [mention] = *mentions(words, &Prose::read(words)) else { return None };
    mention.date().filter(|_| !mention.range)
}

/// Length of "2025-12-11", in bytes.
const DAY: usize = 10;

/// The words of a paragraph that name a day by the day of writing, by the index of their tokens: "yesterday".
pub fn relative_days(text: &str, prose: &Prose) -> Vec<usize> {
    const DAYS: [&str; 3] = ["yesterday", "today", "tomorrow"];
    let is_day = |token: &Token| {
        token.class.any(Class::ADVERB) && DAYS.iter().any(|day| token.of(text).eq_ignore_ascii_case(day))
    };
    let tokens = prose.tokens.iter().enumerate();
    tokens.filter(|(_, token)| is_day(token)).map(|(index, _)| index).collect()
}

/// The last day of a month. Without a year, February has 29 days.
pub fn days_in(month: i8, year: Option<i16>) -> i8 {
    const LEAP: i16 = 2000;
    Date::new(year.unwrap_or(LEAP), month, 1).map_or(31, Date::days_in_month)
}

/// The day of that month and number which is nearest to `around`.
pub fn nearest(month: i8, day: i8, around: Date) -> Option<Date> {
    let years = [around.year() - 1, around.year(), around.year().saturating_add(1)];
    let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    days.min_by_key(|date| (*date - around).get_days().abs())
}

/// A figure that may be a day of the month.
struct Day {
    number: i8,
    /// Bytes of the figure without an ordinal's ending.
    len: usize,
    ordinal: bool,
    /// Whether another day hangs on it: "5-7".
    range: bool,
}

struct Reader<'p> {
    text: &'p str,
    tokens: &'p [Token],
}

impl Reader<'_> {
    fn mention(&self, at: usize) -> Option<Mention> {
        let token = self.tokens.get(at)?;
        // "may" and "march" are verbs.
        if token.kind != Kind::Word || token.case == Case::Lower {
            return None;
        }
        let month = (calendar::month(token.of(self.text))?, token.span());
        let mut mention = Mention { span: token.span(), month, ..Mention::default() };
        let (mut first, mut last) = (at, at);
        if let Some(day) = self.day(at + 1) {
            mention.day = Some((day.number, self.figure(at + 1, day.len)));
            mention.range = day.range || self.goes_on(at + 2);
            last = at + 1;
            mention.year = self.year(&mut last);
        } else {
            mention.year = self.year(&mut last);
            if let Some((index, day)) = self.day_before(at, mention.year.is_some()) {
                mention.day = Some((day.number, self.figure(index, day.len)));
                mention.day_first = true;
                mention.range = day.range || self.goes_back(index);
                first = index;
            }
        }
        if mention.day.is_some() {
            if let Some((index, day)) = self.weekday_before(first) {
                mention.weekday = Some(day);
                first = index;
            } else if let Some((index, day)) = self.weekday_after(last) {
                mention.weekday = Some(day);
                last = index;
            }
        }
        mention.span = self.tokens[first].span().cover(self.tokens[last].span());
        Some(mention)
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    fn figure(&self, at: usize, len: usize) -> Span {
        self.tokens.get(at).map_or(Span::default(), |token| Span::new(token.start as usize, token.start as usize + len))
    }

    /// The day of the month that the token may be.
    fn day(&self, at: usize) -> Option<Day> {
        let token = self.tokens.get(at)?;
        if token.kind != Kind::Number {
            return None;
        }
        let word = token.of(self.text);
        let len = word.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &word[len..];
        let ordinal = matches!(rest, "st" | "nd" | "rd" | "th");
        // "a Sept. 31-member panel"
        let range = rest.strip_prefix('-').is_some_and(|end| end.starts_with(|c: char| c.is_ascii_digit()));
        let fits = (1..=2).contains(&len) && (rest.is_empty() || ordinal || range);
        fits.then(|| Some(Day { number: word[..len].parse().ok()?, len, ordinal, range })).flatten()
    }

    /// The day before a month: "6 December 2022", "on 6 December", "the 6th of December". A mere figure before a
    /// month may count anything.
    fn day_before(&self, month: usize, with_year: bool) -> Option<(usize, Day)> {
        let of = month.checked_sub(1).filter(|at| self.word(*at) == "of");
        let index = of.unwrap_or(month).checked_sub(1)?;
        let day = self.day(index)?;
        let before = index.checked_sub(1);
        let led = before.is_some_and(|at| {
            matches!(self.word(at), "on" | "On" | "the" | "The" | "until" | "since" | "from" | "by")
                || self.weekday(at).is_some()
        });
        let bare = of.is_none() && !day.ordinal;
        (day.ordinal || (bare && (with_year || led))).then_some((index, day))
    }

    /// The year after `last`, which moves to it.
    fn year(&self, last: &mut usize) -> Option<(i16, Span)> {
        let at = if self.word(*last + 1) == "," { *last + 2 } else { *last + 1 };
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Number)?;
        let word = token.of(self.text);
        let year = word.parse().ok().filter(|year| word.len() == 4 && (1000..2200).contains(year))?;
        // "On Dec. 6, 1500 people marched": few stories date anything so early.
        let counts =
            self.tokens.get(at + 1).is_some_and(|next| is_plural(next.of(self.text)) && next.case == Case::Lower);
        if counts && !(1700..2100).contains(&year) {
            return None;
        }
        *last = at;
        Some((year, token.span()))
    }

    /// Whether a further day follows at `at`: "5 and 6", "5 – 7", "5 to 7".
    fn goes_on(&self, at: usize) -> bool {
        matches!(self.word(at), "and" | "or" | "to" | "through" | "until" | "till" | "-" | "–" | "—" | "&" | "/")
            && (self.day(at + 1).is_some() || self.is_month(at + 1))
            || (self.word(at) == "," && self.day(at + 1).is_some())
    }

    /// Whether a further day stands before the one at `at`: "5 and 6 December".
    fn goes_back(&self, at: usize) -> bool {
        let Some(joint) = at.checked_sub(1) else { return false };
        matches!(
            self.word(joint),
            "and" | "or" | "to" | "through" | "until" | "till" | "-" | "–" | "—" | "&" | "/" | ","
        ) && joint.checked_sub(1).is_some_and(|at| self.day(at).is_some())
    }

    fn is_month(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.class.any(Class::MONTH) && token.case != Case::Lower)
    }

    fn weekday(&self, at: usize) -> Option<(Weekday, Span)> {
        let token = self.tokens.get(at).filter(|token| token.class.any(Class::WEEKDAY))?;
        Some((calendar::weekday(token.of(self.text))?, token.span()))
    }

    /// The weekday cut short that ends at `at`: "Mon."
    fn short_weekday(&self, at: usize) -> Option<(usize, (Weekday, Span))> {
        let stop = self.tokens.get(at)?;
        let (at, token) = match stop.of(self.text) {
            "." => (at.checked_sub(1)?, self.tokens.get(at.checked_sub(1)?)?),
            word if word.ends_with('.') => (at, stop),
            _ => return None,
        };
        let day = calendar::short_weekday(token.of(self.text)).filter(|_| token.case == Case::Title)?;
        (token.span().end + 1 >= stop.span().end).then(|| (at, (day, token.span().cover(stop.span()))))
    }

    /// The weekday right before the date that starts at `first`: "Tuesday, Dec. 6", "Tuesday (Dec. 6", "Tuesday night, Dec.
    /// 6", "Tuesday's Dec. 6 vote".
    fn weekday_before(&self, first: usize) -> Option<(usize, (Weekday, Span))> {
        let mut at = first.checked_sub(1)?;
        if self.tokens[at].kind == Kind::Possessive {
            return at.checked_sub(1).and_then(|at| Some((at, self.weekday(at)?)));
        }
        if matches!(self.word(at), "the" | "," | "(") {
            at = at.checked_sub(1)?;
        }
        if self.word(at) == "," {
            at = at.checked_sub(1)?;
        }
        if matches!(self.word(at + 1), "," | "(") {
            at = self.before_hour(at)?;
        }
        if let Some(short) = self.short_weekday(at) {
            return Some(short);
        }
        let day = self.weekday(at)?;
        // "Friday and Saturday, Dec. 5 and 6": which goes with which is not said.
        let joint = at.checked_sub(1);
        let paired = joint.is_some_and(|joint| {
            matches!(self.word(joint), "and" | "or" | "to" | "through" | "-" | "–" | "—" | "," | "&" | "/")
                && joint.checked_sub(1).is_some_and(|at| self.weekday(at).is_some())
        });
        (!paired).then_some((at, day))
    }

    /// The index before the part of the day or the hour that ends at `at`, if one does: "Tuesday night", "Tuesday at 8 p.m."
    fn before_hour(&self, at: usize) -> Option<usize> {
        match self.word(at) {
            "morning" | "afternoon" | "evening" | "night" => at.checked_sub(1),
            "a.m." | "p.m." | "am" | "pm" => {
                let figure = at.checked_sub(1).filter(|at| self.tokens[*at].kind == Kind::Number)?;
                let before = figure.checked_sub(1)?;
                if matches!(self.word(before), "at" | ",") { before.checked_sub(1) } else { Some(before) }
            }
            _ => Some(at),
        }
    }

    /// The weekday right after the date that ends at `last`: "Dec. 6, 2022, a Tuesday", "Dec. 6 (Tuesday)", "Dec. 6 falls on
    /// a Tuesday".
    fn weekday_after(&self, last: usize) -> Option<(usize, (Weekday, Span))> {
        let mut at = last + 2;
        let verb = |at: usize| matches!(self.word(at), "is" | "was" | "falls" | "fell");
        match self.word(last + 1) {
            "," => {
                if self.word(at) == "which" && verb(at + 1) {
                    at += 2;
                }
                at += usize::from(self.word(at) == "on");
                if self.word(at) != "a" {
                    return None;
                }
                at += 1;
            }
            "(" => at += usize::from(self.word(at) == "a"),
            _ if verb(last + 1) => {
                at += usize::from(self.word(at) == "on");
                at += usize::from(self.word(at) == "a");
            }
            _ => return None,
        }
        let ends = self.tokens.get(at + 1).is_none_or(|next| matches!(next.kind, Kind::Mark | Kind::Quote));
        self.weekday(at).filter(|_| ends).map(|day| (at, day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each date as `weekday|day|month|year`, with `+` for a range.
    fn read(text: &str) -> String {
        let shown = |mention: &Mention| {
            let weekday = mention.weekday.map_or("", |(day, span)| {
                let word = span.of(text);
                assert_eq!(calendar::weekday(word).or(calendar::short_weekday(word)), Some(day));
                calendar::weekday_name(day)
            });
            let day = mention.day.map_or(String::new(), |(day, _)| day.to_string());
            let year = mention.year.map_or(String::new(), |(year, _)| year.to_string());
            format!("{weekday}|{day}|{}|{year}{}", mention.month.0, if mention.range { "+" } else { "" })
        };
        mentions(text, &Prose::read(text)).iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn dates_with_and_without_their_parts() {
        for (text, expected) in [
            ("It met Tuesday, Dec. 6, 2022, in Oslo.", "Tuesday|6|12|2022"),
            ("It met on Tuesday (Dec. 6, 2022) in Oslo.", "Tuesday|6|12|2022"),
            ("It met Tues., Dec. 6, 2022, in Oslo.", "Tuesday|6|12|2022"),
            ("It met Dec. 6, 2022, a Tuesday.", "Tuesday|6|12|2022"),
            ("It met Dec. 6 (Tuesday).", "Tuesday|6|12|"),
            ("It met Dec. 6, which was a Tuesday.", "Tuesday|6|12|"),
            ("It met on Tuesday 6 December 2022.", "Tuesday|6|12|2022"),
            ("It met on Tuesday, the 6th of December.", "Tuesday|6|12|"),
            ("It met on 6 December.", "|6|12|"),
            ("It met in December 2022.", "||12|2022"),
            ("It met in December.", "||12|"),
            ("It met on December 6th.", "|6|12|"),
            ("Friday and Saturday, Dec. 5 and 6, 2022", "|5|12|+"),
            ("Friday, Dec. 5-7, 2022", "Friday|5|12|2022+"),
            ("from Dec. 30 to Jan. 2, 2023", "|30|12|+ |2|1|2023"),
            ("Feb. 30, 2023", "|30|2|2023"),
            ("It killed 6 December pilgrims.", "||12|"),
            ("They may march on Tuesday.", ""),
            ("In March 1,200 came.", "||3|"),
            ("In May 40 people came.", "|40|5|"),
            ("Tuesday night, Dec. 6", "Tuesday|6|12|"),
            ("Tuesday at 8 p.m., Dec. 6", "Tuesday|6|12|"),
            ("Tuesday, 8:30 p.m., Dec. 6", "Tuesday|6|12|"),
            ("Tuesday’s Dec. 6 vote", "Tuesday|6|12|"),
            ("Dec. 6 falls on a Tuesday.", "Tuesday|6|12|"),
            ("Dec. 6, which fell on a Tuesday,", "Tuesday|6|12|"),
            ("Dec. 6 was Tuesday’s deadline", "|6|12|"),
            ("On Tuesday, it met for its Dec. 6 session", "|6|12|"),
            ("every Tuesday night in Dec. 6 times", "|6|12|"),
            ("on Saturday. Dec. 6 was fine.", "|6|12|"),
            ("Dec. 6, a Tuesday tradition", "|6|12|"),
            ("On Dec. 6, 1500 people came.", "|6|12|"),
            ("On Dec. 6, 2022 people came.", "|6|12|2022"),
            ("In Sept. 31-member panels met.", "||9|"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn the_year_that_is_nearest() {
        let day = |text: &str| text.parse::<Date>().ok();
        let january = day("2024-01-03").unwrap_or_default();
        assert_eq!(nearest(12, 30, january), day("2023-12-30"));
        assert_eq!(nearest(2, 29, january), day("2024-02-29"));
        assert_eq!(nearest(2, 30, january), None);
        assert_eq!((days_in(2, None), days_in(2, Some(2023)), days_in(11, None)), (29, 28, 30));
    }
}
