use super::verdict::{Kind, is_sure};
use super::words::{cardinal, is_capitals, is_day, is_particle, months_like, opens_upper, opens_upper_or_known};
use super::{Dateline, Slip};
use crate::lexicon::{calendar, places};
use crate::text::Span;

/// No dateline is longer; what stands further on is not read.
const LONGEST: usize = 160;

/// The dateline with which a paragraph opens.
pub fn parse(text: &str) -> Option<Dateline> {
    let first = text.chars().next()?;
    if !(first.is_alphabetic() || first == '(') {
        return None;
    }
    let text = opening(text);
    // Most paragraphs have nothing at their start that could end a dateline.
    if !text.contains(|char| matches!(char, '0'..='9' | '(' | '/' | '-' | '–' | '—' | '―' | '−' | '_')) {
        return None;
    }
    let mut parser = Parser { text, at: 0, line: Dateline::default() };
    let kind = parser.read()?;
    is_sure(parser.text, &parser.line, kind).then_some(parser.line)
}

/// The dateline that is all of a field of its own, where it needs no dash: "OSLO, Norway".
pub fn parse_field(text: &str) -> Option<Dateline> {
    let mut parser = Parser { text: opening(text), at: 0, line: Dateline::default() };
    let kind = parser.parts()?;
    parser.line.span = Span::new(0, parser.at);
    (kind != Kind::Small && parser.rest().trim().is_empty()).then_some(parser.line)
}

/// The start of a paragraph, as far as a dateline can reach.
fn opening(text: &str) -> &str {
    let end = (LONGEST.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(text.len())]
}

/// Reads the parts from left to right; `at` is what is read next.
struct Parser<'t> {
    text: &'t str,
    at: usize,
    line: Dateline,
}

impl<'t> Parser<'t> {
    fn read(&mut self) -> Option<Kind> {
        let kind = self.parts()?;
        let first = self.line.slips.iter().any(|slip| matches!(slip, Slip::AgencyFirst(_)));
        self.line.dash.or(self.line.agency.filter(|_| !first)).or(self.line.date)?;
        // "NARA, Japan - March 4 - " and "NARA, Japan - (Reuters) - ": the first dash is one too many.
        if let Some(dash) = self.line.dash
            && self.line.agency.is_none()
            && self.is_misplaced(dash)
        {
            let before = self.text[..dash.start].trim_end().len();
            self.line.slips.push(Slip::Stray(Span::new(before, dash.end)));
        }
        let last = self.line.dash.or(self.line.agency.map(|agency| Span::new(agency.start, self.at)));
        self.line.span = Span::new(0, last.map_or(self.at, |last| last.end));
        Some(kind)
    }

    fn parts(&mut self) -> Option<Kind> {
        let kind = if self.rest().starts_with('(') && !self.leading_agency() || self.date_ahead() {
            Kind::None
        } else {
            self.places()?
        };
        let end = self.at;
        self.date_part(kind, end);
        self.agency_part();
        self.dash_part();
        Some(kind)
    }

    /// Whether date or agency, and another dash, follow what was read as the dash; reads them if so.
    fn is_misplaced(&mut self, dash: Span) -> bool {
        let (at, line) = (self.at, self.line.clone());
        self.line.dash = None;
        // The comma before it is the one that belongs before the date.
        self.line.slips.retain(|slip| !matches!(slip, Slip::Stray(span) if span.end <= dash.start));
        if self.line.date.is_none() {
            self.skip_space();
            self.date();
        }
        self.agency_part();
        self.dash_part();
        let found = self.line.dash.is_some() && (self.line.agency, self.line.date) != (line.agency, line.date);
        if !found {
            (self.at, self.line) = (at, line);
            self.line.dash = Some(dash);
        }
        found
    }

    /// Reads an agency in brackets that stands before a place: "(AP) LONDON — ".
    fn leading_agency(&mut self) -> bool {
        let start = self.at;
        self.eat("(");
        let agency = self.known_agency().filter(|_| self.eat(")") && !self.dash_follows());
        self.skip_space();
        let place = self.word_ahead().is_some_and(is_capitals) && !self.date_ahead();
        let Some(agency) = agency.filter(|_| place) else {
            self.at = start;
            return false;
        };
        self.line.agency = Some(agency);
        self.line.slips.push(Slip::AgencyFirst(Span::new(start, self.at)));
        true
    }

    // ---- place and region

    fn places(&mut self) -> Option<Kind> {
        let first = self.word_ahead()?;
        let kind = match first {
            _ if is_capitals(first) => Kind::Capitals,
            _ if opens_upper(first) => Kind::Title,
            _ => Kind::Small,
        };
        (self.line.place, self.line.region) = self.locality(kind)?;
        for _ in 0..3 {
            let at = self.at;
            let joined = self.eat("/") || (self.eat(" and ") && self.word_ahead().is_some_and(is_capitals));
            let Some(next) = joined.then(|| self.locality(kind)).flatten() else {
                self.at = at;
                break;
            };
            self.line.more.push(next);
        }
        Some(kind)
    }

    fn locality(&mut self, kind: Kind) -> Option<(Span, Option<Span>)> {
        let start = self.at;
        let mut end = start;
        for count in 0.. {
            let at = self.at;
            self.skip_space();
            let Some(word) = self.word_ahead() else {
                self.at = at;
                break;
            };
            let fits = match kind {
                // "SANTA Cruz, Calif."
                Kind::Capitals => is_capitals(word) || (count > 0 && opens_upper(word) && self.is_half_set(word)),
                Kind::Small => count < 3,
                _ => opens_upper(word) || (count > 0 && (is_particle(word) || self.completes(start, word))),
            };
            let next = |parser: &mut Self| {
                parser.date_ahead() || parser.agency_ahead() || parser.region_ahead(Span::new(start, end))
            };
            if !fits || (count > 0 && next(self)) {
                self.at = at;
                break;
            }
            if count == 6 {
                return None;
            }
            self.at += word.len();
            end = self.at;
        }
        let place = Span::new(start, end);
        (end > start).then(|| (place, self.region(place, kind)))
    }

    /// Whether a region and nothing more stands here, after a known city: "WASHINGTON D.C.", but not "MEXICO CITY".
    fn region_ahead(&self, city: Span) -> bool {
        let word = self.word_ahead().unwrap_or("");
        let after = self.text[self.at + word.len()..].trim_start();
        after.starts_with([',', '(', '-', '–', '—'])
            && places::region(word).is_some()
            && places::city(city.of(self.text)).is_some()
    }

    /// Whether an agency without its brackets and a dash stand here: "OSLO, Norway, AP — ".
    fn agency_ahead(&self) -> bool {
        let word = self.word_ahead().unwrap_or("");
        let after = self.text[self.at + word.len()..].trim_start();
        // "PA" is a state as well.
        after.starts_with(['-', '–', '—']) && places::agency(word).is_some() && places::region(word).is_none()
    }

    /// Whether `word`, though written small, ends the name of a known city that began at `start`: "New york".
    fn completes(&self, start: usize, word: &str) -> bool {
        let end = self.at + word.len();
        (self.text[end..].starts_with(',') || self.text[end..].starts_with(" ("))
            && places::city(&self.text[start..end]).is_some()
    }

    /// Whether `word` ends a place whose first word alone is in capitals.
    fn is_half_set(&self, word: &str) -> bool {
        self.text[self.at + word.len()..].starts_with(',') && places::region(word).is_none()
    }

    /// The region after a place, if there is one and it has an end.
    fn region(&mut self, place: Span, kind: Kind) -> Option<Span> {
        let at = self.at;
        if self.eat(" [") || self.eat("[") {
            if places::agency(self.word_ahead().unwrap_or("")).is_some() {
                self.at = at;
                return None;
            }
            let end = self.rest().find(']').map(|len| self.at + len);
            let region = end.map(|end| Span::new(self.at, end));
            self.at = end.map_or(at, |end| end + 1);
            return region;
        }
        let comma = self.eat(",");
        let mut region = self.region_words();
        // "GEORGE TOWN, Grand Cayman, Cayman Islands"
        let more = self.at;
        if let (true, Some(first)) = (comma, region)
            && self.eat(",")
        {
            match self.region_words() {
                Some(second) if self.ends_part() && first.of(self.text).len() > 3 => region = Some(first.cover(second)),
                _ => self.at = more,
            }
        }
        let text = self.text;
        let known = |region: Span| places::region(region.of(text)).is_some();
        let city = || places::city(place.of(text)).is_some();
        match region {
            Some(_) if comma && self.ends_part() => {}
            // "RENO Nev., March 4": only what is surely a region, after what is surely a place.
            Some(region) if !comma && known(region) && (kind == Kind::Capitals || city()) && self.ends_part() => {
                self.line.slips.push(Slip::Comma(Span::new(at, region.start)));
            }
            _ => {
                self.at = at;
                region = None;
            }
        }
        region
    }

    fn region_words(&mut self) -> Option<Span> {
        self.skip_space();
        let start = self.at;
        let mut end = start;
        for count in 0..6 {
            self.skip_space();
            if self.date_ahead() || self.agency_ahead() {
                break;
            }
            let Some(word) = self.word_ahead() else { break };
            if !(opens_upper(word) || (count == 0 && word == "the") || (count > 0 && is_particle(word))) {
                break;
            }
            self.at += word.len();
            end = self.at;
        }
        self.at = end;
        (end > start).then_some(Span::new(start, end))
    }

    /// Whether a part of the dateline can end here.
    fn ends_part(&mut self) -> bool {
        let at = self.at;
        self.skip_space();
        let ends = self.rest().is_empty()
            || self.rest().starts_with([',', '(', '[', '/'])
            || self.mark_ahead() > 0
            || self.agency_ahead()
            || self.date_ahead();
        self.at = at;
        ends
    }

    // ---- date

    /// The date and what stands before it; `end` is where the place and region ended.
    fn date_part(&mut self, kind: Kind, end: usize) {
        let at = self.at;
        self.skip_space();
        let comma = self.eat(",");
        let gap = (comma && self.at > at + 1).then(|| Span::new(at, self.at - 1));
        // "Ithaca, N.Y,. April 11"
        let stray = self.at;
        let stray = self.eat(".").then(|| Span::new(stray, self.at));
        self.skip_space();
        let start = self.at;
        if !self.date() {
            self.at = at;
            return;
        }
        self.line.slips.extend(gap.into_iter().chain(stray).map(Slip::Stray));
        if !comma && kind != Kind::None {
            self.line.slips.push(Slip::Comma(Span::new(end, start)));
        }
    }

    fn date_ahead(&mut self) -> bool {
        let (at, slips) = (self.at, self.line.slips.len());
        let saved = (self.line.date, self.line.month, self.line.day, self.line.year);
        let found = self.date();
        self.at = at;
        self.line.slips.truncate(slips);
        (self.line.date, self.line.month, self.line.day, self.line.year) = saved;
        found
    }

    /// Reads a date, also one that is misspelled or impossible, and the day of the week before it, if they stand here.
    fn date(&mut self) -> bool {
        let start = self.at;
        let weekday = self.word_ahead().filter(|word| calendar::weekday(word).is_some());
        if let Some(weekday) = weekday {
            self.at += weekday.len();
            self.eat(",");
            self.skip_space();
        }
        let date = self.at;
        if !self.bare_date() {
            self.at = start;
            return false;
        }
        if weekday.is_some() {
            self.line.slips.push(Slip::Weekday(Span::new(start, date)));
        }
        true
    }

    /// Reads a date without a day of the week.
    fn bare_date(&mut self) -> bool {
        let start = self.at;
        let Some(first) = self.word_ahead() else { return false };
        let day_first = is_day(cardinal(first)) && cardinal(first).len() <= 2;
        if !(day_first || (first.len() <= 10 && first.as_bytes().first().is_some_and(u8::is_ascii_alphabetic))) {
            return false;
        }
        let first_span = Span::new(self.at, self.at + cardinal(first).len());
        self.at += first.len();
        self.skip_space();
        let second = self.word_ahead().unwrap_or("");
        let stop = cardinal(second.strip_suffix('.').unwrap_or(second));
        let ends = self.mark_ahead() > 0 || self.rest().starts_with('(');
        if !(day_first || is_day(stop) || ends) {
            self.at = start;
            return false;
        }
        let second_span = Span::new(self.at, self.at + stop.len());
        let (month, day) = if day_first { (second_span, first_span) } else { (first_span, second_span) };
        let named = calendar::month(month.of(self.text)).is_some();
        let dated = if day_first { named } else { is_day(stop) && (named || !months_like(first).is_empty()) };
        if dated {
            self.at += second.len();
            self.line.day = Some(day);
            if day_first {
                self.line.slips.push(Slip::DayFirst);
            } else if second.len() > stop.len() + 1 {
                self.line.slips.push(Slip::Ordinal(Span::new(day.end, self.at)));
            }
        } else if named && !day_first && ends {
            // "CHICAGO, April - "
            self.at = first_span.end;
        } else {
            self.at = start;
            return false;
        }
        self.line.month = Some(month);
        self.line.year = self.line.day.and_then(|_| self.year());
        let last = if day_first { month.end } else { self.line.day.map_or(month.end, |day| day.end) };
        let ordinal = self.line.slips.last().and_then(|slip| match slip {
            Slip::Ordinal(ending) => Some(ending.end),
            _ => None,
        });
        let end = self.line.year.map_or(ordinal.unwrap_or(last), |year| year.end);
        self.line.date = Some(Span::new(start, end));
        true
    }

    fn year(&mut self) -> Option<Span> {
        let at = self.at;
        self.eat(",");
        self.skip_space();
        let word = self.word_ahead().unwrap_or("");
        if word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()) {
            let year = Span::new(self.at, self.at + 4);
            self.at = year.end;
            return Some(year);
        }
        self.at = at;
        None
    }

    // ---- agency and dash

    fn agency_part(&mut self) {
        let at = self.at;
        self.skip_space();
        let opening = self.at;
        let agency = if self.eat("(") {
            self.bracketed(opening)
        } else if self.eat("[") {
            self.known_agency().filter(|_| self.eat("]")).inspect(|_| self.unbracketed(opening))
        } else if self.eat("/") {
            self.known_agency().filter(|_| self.eat("/"))
        } else {
            let comma = self.at;
            let comma = self.eat(",").then(|| Span::new(comma, self.at));
            self.skip_space();
            // "PARIS, Sept. 24, (Xinhua) -- "
            let bracket = self.at;
            if let Some(comma) = comma
                && self.eat("(")
                && let Some(agency) = self.bracketed(bracket)
            {
                self.line.slips.push(Slip::Stray(comma));
                self.line.agency = Some(agency);
                return;
            }
            let found = if self.agency_ahead() { self.known_agency() } else { None };
            // "BONN, March 4, Reuter - ", as Reuters once sent it.
            found.inspect(|found| {
                if found.of(self.text) != "Reuter" {
                    self.unbracketed(opening)
                }
            })
        };
        self.line.agency = self.line.agency.or(agency);
        if agency.is_none() {
            self.at = at;
        }
    }

    /// The agency after its opening bracket, which stands at `opening`.
    fn bracketed(&mut self, opening: usize) -> Option<Span> {
        let (start, rest) = (self.at, self.rest());
        let name = &rest[..rest.find(['(', ')', ',', ';']).unwrap_or(rest.len())];
        if rest[name.len()..].starts_with(')') && name.len() <= 40 && opens_upper_or_known(name) {
            self.at += name.len() + 1;
            // What nobody knows is an agency only before a dash: "OSLO, April 7 (Acme Inc.) said".
            if places::agency(name).is_some() || self.dash_follows() {
                return Some(Span::new(start, start + name.len()));
            }
            self.at = start;
        }
        self.known_agency().inspect(|_| self.unbracketed(opening))
    }

    /// Reads the name of an agency that the lexicon knows, of one word.
    fn known_agency(&mut self) -> Option<Span> {
        let (start, word) = (self.at, self.word_ahead()?);
        places::agency(word)?;
        self.at += word.len();
        Some(Span::new(start, self.at))
    }

    /// Notes that what was read from `opening` on should be an agency in brackets.
    fn unbracketed(&mut self, opening: usize) {
        self.line.slips.push(Slip::Bracket(Span::new(opening, self.at)));
    }

    fn dash_follows(&mut self) -> bool {
        let at = self.at;
        self.skip_space();
        let follows = self.mark_ahead() > 0;
        self.at = at;
        follows
    }

    fn dash_part(&mut self) {
        let at = self.at;
        self.skip_space();
        // "MADRID, Dec 10 (EFE).- "
        if self.line.agency.is_some() && self.rest().starts_with(".-") {
            self.at += 1;
        }
        let comma = self.at;
        let comma = self.eat(",").then(|| Span::new(comma, self.at));
        self.skip_space();
        let mark = match self.mark_ahead() {
            0 if self.line.agency.is_some() && self.at == at && self.rest().starts_with([':', '.']) => 1,
            mark => mark,
        };
        if mark == 0 {
            self.at = at;
            return;
        }
        self.line.slips.extend(comma.map(Slip::Stray));
        self.line.dash = Some(Span::new(self.at, self.at + mark));
        self.at += mark;
    }

    /// Bytes of the dash that stands here; 0 for none.
    fn mark_ahead(&self) -> usize {
        let rest = self.rest();
        let len = rest.len() - rest.trim_start_matches(['-', '–', '—', '―', '−', '_']).len();
        let mark = &rest[..len];
        // A hyphen that holds a word together is no dash.
        let space = |char: Option<char>| char.is_none_or(char::is_whitespace);
        let hyphen =
            mark == "-" && !space(rest[len..].chars().next()) && !space(self.text[..self.at].chars().next_back());
        if hyphen || mark.chars().count() > 3 { 0 } else { len }
    }

    // ---- reading

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn eat(&mut self, what: &str) -> bool {
        let found = self.rest().starts_with(what);
        self.at += if found { what.len() } else { 0 };
        found
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// The word that begins here: up to white space, a comma, a bracket, a slash, a dash.
    fn word_ahead(&self) -> Option<&'t str> {
        let rest = self.rest();
        let mut previous = ' ';
        let mut chars = rest.char_indices().peekable();
        let mut end = rest.len();
        while let Some((at, char)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, next)| *next);
            // "U.S.-MEXICO" is one word.
            let inner = char == '-' && (previous.is_alphanumeric() || previous == '.') && next.is_alphanumeric();
            if !inner && (char.is_whitespace() || ",;:()[]/<>\"“”-–—―−_".contains(char)) {
                end = at;
                break;
            }
            previous = char;
        }
        (end > 0).then(|| &rest[..end])
    }
}
