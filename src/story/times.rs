//! Times of day named in the copy.

use crate::lexicon::{Class, calendar};
use crate::prose::{Kind, Prose, Token};
use crate::text::Span;

/// A time of day, as written; it may be one that no clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The figure and what tells the half of the day.
    pub span: Span,
    /// The figure: "8", "8:30", "8.30", "1430".
    pub figure: Span,
    /// The hour as written.
    pub hour: u8,
    /// The minute as written, if it is.
    pub minute: Option<u8>,
    /// What tells the half of the day.
    pub half: Option<(Half, Span)>,
    /// The zone after it: "GMT", "ET".
    pub zone: Option<Span>,
    /// Whether a word before it leads to a time: "at", "until".
    pub led: bool,
    /// Whether it is one end of a span of time: "8-10 p.m.", "8 a.m. to noon".
    pub range: bool,
}

/// Half of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// a.m., however written
    Morning,
    /// p.m., however written
    Evening,
    /// noon, after "12"
    Noon,
    /// midnight, after "12"
    Midnight,
}

/// The times of day of a paragraph. The first of "8-10 p.m." has no half of its own.
pub fn mentions(text: &str, prose: &Prose) -> Vec<Mention> {
    let reader = Reader { text, prose };
    let mut found = Vec::new();
    let mut done = 0;
    for token in prose.tokens.iter().filter(|token| token.kind == Kind::Number) {
        if token.start as usize >= done {
            done = reader.read(token.start as usize, &mut found);
        }
    }
    found
}

/// An hour, its minute, and whether a colon stands between them.
struct Clock {
    hour: u8,
    minute: Option<u8>,
    colon: bool,
    figure: Span,
}

/// What stands between two times.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Dash,
    To,
    And,
}

struct Reader<'p> {
    text: &'p str,
    prose: &'p Prose,
}

impl Reader<'_> {
    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or("")
    }

    /// The first token that ends after `at`, and its index.
    fn token(&self, at: usize) -> (usize, Option<&Token>) {
        let index = self.prose.token_at(at);
        (index, self.prose.tokens.get(index))
    }

    fn word(&self, at: usize) -> &str {
        self.token(at).1.map_or("", |token| token.of(self.text))
    }

    /// Reads the time that may begin at `start` and those that hang on it. Gives the end of what was read.
    fn read(&self, start: usize, found: &mut Vec<Mention>) -> usize {
        let (mut end, mut next, mut hangs) = (start, Some(start), false);
        while let Some(clock) = next.take().and_then(|start| self.clock(start)) {
            let mention = self.mention(&clock);
            end = mention.map_or(clock.figure.end, |mention| mention.span.end);
            let joined = self.joined(end);
            let last = joined.and_then(|(next, _)| self.mention(&self.clock(next)?)).filter(|last| last.half.is_some());
            // Before "to" only a figure with minutes is surely an hour.
            let opens = last.is_some() && matches!(joined, Some((_, joint)) if joint == Joint::Dash || clock.colon);
            let first = mention.or_else(|| opens.then(|| self.bare(&clock)));
            let goes_on = match joined {
                Some((_, Joint::And)) => mention.is_none_or(|mention| mention.half.is_none()),
                joined => joined.is_some(),
            };
            found.extend(first.map(|first| Mention { range: first.range || hangs || goes_on, ..first }));
            hangs = goes_on;
            next = last.and(joined).map(|(next, _)| next);
        }
        end
    }

    /// An hour whose half of the day stands with the one after it.
    fn bare(&self, clock: &Clock) -> Mention {
        Mention {
            span: clock.figure,
            figure: clock.figure,
            hour: clock.hour,
            minute: clock.minute,
            half: None,
            zone: None,
            led: self.is_led(clock.figure.start),
            range: true,
        }
    }

    /// Where the figure after "to" or a dash begins, and what joins it.
    fn joined(&self, end: usize) -> Option<(usize, Joint)> {
        let rest = self.rest(end);
        if let Some(after) = rest.strip_prefix(['-', '–', '—']) {
            let figure = after.starts_with(|c: char| c.is_ascii_digit());
            return figure.then(|| (self.text.len() - after.len(), Joint::Dash));
        }
        let (index, _) = self.token(end);
        let joint = match self.word(end) {
            "-" | "–" | "—" => Joint::Dash,
            "to" | "until" | "till" | "through" => Joint::To,
            "and" | "or" => Joint::And,
            _ => return None,
        };
        let next = self.prose.tokens.get(index + 1).filter(|next| next.kind == Kind::Number)?;
        Some((next.start as usize, joint))
    }

    /// The figure at `at`, if it has the form of a time.
    fn clock(&self, at: usize) -> Option<Clock> {
        let rest = self.rest(at);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = |digits: &str| digits.parse::<u8>().ok();
        let mark = rest[digits..].chars().next();
        let minutes = rest[digits..].get(1..3).filter(|two| two.bytes().all(|byte| byte.is_ascii_digit()));
        let (hour, minute, len) = match (digits, mark, minutes) {
            (1 | 2, Some(':' | '.'), Some(minutes)) => (number(&rest[..digits])?, number(minutes), digits + 3),
            (1 | 2, _, _) => (number(&rest[..digits])?, None, digits),
            (4, _, _) => (number(&rest[..2])?, number(&rest[2..4]), 4),
            _ => return None,
        };
        let mut after = rest[len..].chars();
        let (next, then) = (after.next(), after.next());
        // "8:30:15", "1,200", "2.755"
        let goes_on = next.is_some_and(|c| c.is_ascii_digit())
            || matches!(next, Some(':' | '.' | ',' | '/')) && then.is_some_and(|c| c.is_ascii_digit());
        // "$8", and "11: 06 a.m."
        let before = &self.text[..at];
        let part = before.ends_with(['$', '£', '€']) || (rest.starts_with('0') && before.trim_end().ends_with(':'));
        let figure = Span::new(at, at + len);
        (!goes_on && !part).then_some(Clock { hour, minute, colon: minutes.is_some() && mark == Some(':'), figure })
    }

    fn mention(&self, clock: &Clock) -> Option<Mention> {
        let Clock { hour, minute, colon, figure } = *clock;
        let led = self.is_led(figure.start);
        let military = figure.len() == 4 && !self.text[figure.start..figure.end].contains([':', '.']);
        let half = self.half(clock, led).filter(|_| !military);
        let span = half.map_or(figure, |(_, span)| figure.cover(span));
        let zone = self.zone(span.end);
        let sure = match half {
            Some(_) => true,
            None if military => matches!(self.word(span.end), "GMT" | "UTC"),
            None => colon && (zone.is_some() || led) && !self.rest(span.end).starts_with(char::is_alphanumeric),
        };
        let range = self.hangs(figure.start);
        sure.then_some(Mention { span, figure, hour, minute, half, zone, led, range })
    }

    /// The zone right after `at`. The stop of "EST." is not its own.
    fn zone(&self, at: usize) -> Option<Span> {
        let token = self.token(at).1?;
        let name = token.of(self.text).trim_end_matches('.');
        calendar::is_clock(name).then(|| Span::new(token.start as usize, token.start as usize + name.len()))
    }

    /// What tells the half of the day right after the figure.
    fn half(&self, clock: &Clock, led: bool) -> Option<(Half, Span)> {
        let rest = self.rest(clock.figure.end);
        let written = rest.trim_start();
        let gap = rest.len() - written.len();
        let start = clock.figure.end + gap;
        if gap > 0 && clock.hour == 12 && matches!(clock.minute, None | Some(0)) {
            match self.word(start) {
                "noon" => return Some((Half::Noon, Span::new(start, start + "noon".len()))),
                "midnight" => return Some((Half::Midnight, Span::new(start, start + "midnight".len()))),
                _ => {}
            }
        }
        let (half, len) = half_of(written)?;
        let span = Span::new(start, start + len);
        let form = &written[..len];
        // "am" is a verb, "AM" a kind of radio, "PM" a prime minister, and "a.m" may be one with the full stop missing.
        let bare = gap > 0 && !form.contains('.') && form != "pm";
        let sure = !bare || clock.minute.is_some() || led || self.can_follow(span.end);
        (sure && !self.text[span.end..].starts_with(char::is_alphanumeric)).then_some((half, span))
    }

    /// Whether what stands after `at` can follow a time, so that what was read as AM or PM is no noun.
    fn can_follow(&self, at: usize) -> bool {
        let day = Class::WEEKDAY.with(Class::MONTH);
        self.token(at).1.is_none_or(|next| {
            matches!(next.kind, Kind::Mark | Kind::Quote)
                || next.class.any(Class::PREPOSITION.with(Class::CONJUNCTION).with(day))
                || self.zone(at).is_some()
        })
    }

    /// Whether the figure at `at` hangs on a time before it: "8 a.m. to", "noon-".
    fn hangs(&self, at: usize) -> bool {
        let before = |back: usize| {
            let index = self.prose.token_at(at).checked_sub(back);
            index.and_then(|index| self.prose.tokens.get(index)).map_or("", |token| token.of(self.text))
        };
        matches!(before(1), "to" | "until" | "till" | "through" | "-" | "–" | "—")
            && (half_of(before(2)).is_some() || matches!(before(2), "noon" | "midnight"))
    }

    fn is_led(&self, at: usize) -> bool {
        let before = self.prose.token_at(at).checked_sub(1).and_then(|index| self.prose.tokens.get(index));
        calendar::leads_to_time(before.map_or("", |token| token.of(self.text)))
    }
}

/// What "a.m.", "AM", "p.m" and so on mean where a text begins with it, and its length.
fn half_of(text: &str) -> Option<(Half, usize)> {
    let half = match text.as_bytes().first()? {
        b'a' | b'A' => Half::Morning,
        b'p' | b'P' => Half::Evening,
        _ => return None,
    };
    let rest = text[1..].strip_prefix('.').unwrap_or(&text[1..]);
    let rest = rest.strip_prefix(['m', 'M'])?;
    let dotted = text[1..].starts_with('.');
    let stop = usize::from(dotted && rest.starts_with('.'));
    let len = text.len() - rest.len() + stop;
    (!text[len..].starts_with(char::is_alphanumeric)).then_some((half, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each time as `hour:minute half zone`, with `+` for one end of a span.
    fn read(text: &str) -> String {
        let shown = |mention: &Mention| {
            assert!(mention.span.start <= mention.figure.start && mention.figure.end <= mention.span.end);
            let minute = mention.minute.map_or(String::new(), |minute| format!(":{minute}"));
            let half = match mention.half {
                Some((Half::Morning, _)) => " am",
                Some((Half::Evening, _)) => " pm",
                Some((Half::Noon, _)) => " noon",
                Some((Half::Midnight, _)) => " midnight",
                None => "",
            };
            let zone = mention.zone.map_or(String::new(), |zone| format!(" {}", zone.of(text)));
            format!("{}{minute}{half}{zone}{}", mention.hour, if mention.range { "+" } else { "" })
        };
        mentions(text, &Prose::read(text)).iter().map(shown).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn times_in_all_their_forms() {
        for (text, expected) in [
            ("It met at 8 p.m. and at 8:30 A.M. EST.", "8 pm|8:30 am EST"),
            ("It met at 8pm, 8.30am and 8 pm. Then 9 p.m", "8 pm|8:30 am|8 pm|9 pm"),
            ("It met at 8p.m. on Friday, 10 AM Saturday and 11 AM.", "8 pm|10 am|11 am"),
            ("It ran from 8 to 10 p.m. and 8-10pm.", "10 pm+|8+|10 pm+"),
            ("It ran from 8:00 to 10:00 p.m. and 8:00–9:00 pm", "8:0+|10:0 pm+|8:0+|9:0 pm+"),
            ("It ran 9 a.m.-5 p.m., 9am-5pm and 11 a.m. to 12 noon", "9 am+|5 pm+|9 am+|5 pm+|11 am+|12 noon+"),
            ("It left at 20:00 and landed (1430 GMT, 14:30 GMT).", "20:0|14:30 GMT|14:30 GMT"),
            ("Doors open at 12 midnight, 25:00 GMT and 13 p.m.", "12 midnight|25:0 GMT|13 pm"),
            ("It ran noon to 5 p.m. and 6 p.m. until 2 a.m.", "5 pm+|6 pm+|2 am+"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn figures_that_are_no_times() {
        for text in [
            "He ran 26:12 and read Matthew 25:40.",
            "It won 8-10, 20:00 in all, and paid $8 and 8.5 percent.",
            "Of 12, 8 am I. Radio 1040 AM is on 8 AM dials. No. 10 PM Hart left.",
            "In 2023 there were 8 apples, 1,200 pears and 3.75 tons.",
            "At 8:30:15 it rose 10 pmol.",
        ] {
            assert_eq!(read(text), "", "{text}");
        }
    }
}
