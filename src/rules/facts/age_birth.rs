use jiff::ToSpan;
use jiff::civil::Date;

use crate::diagnostic::Severity;
use crate::prose::{Case, Kind as TokenKind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::people::Person;
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "facts/age-birth",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/facts/age-birth.md"),
    detect: Detect::Story(check),
};

/// How old somebody is said to be, and when.
#[derive(Clone, Copy)]
struct Age {
    years: i64,
    place: Place,
    /// The year in which they were that old, where the sentence tells of one.
    year: Option<i16>,
}

/// When somebody is said to have been born.
#[derive(Clone, Copy)]
struct Birth {
    year: i16,
    date: Option<Date>,
    place: Place,
}

/// An age and a birth that don't go together, and the ages that would.
struct Mismatch {
    age: Age,
    birth: Birth,
    right: Vec<i64>,
    year: i16,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    story.people.iter().filter_map(|person| detect(story, person)).map(|mismatch| describe(&mismatch)).collect()
}

fn detect(story: &Story<'_>, person: &Person) -> Option<Mismatch> {
    // A father and a son may be one person to the reader of names.
    if person.namesake {
        return None;
    }
    let told: Vec<Told> = person.namings.iter().map(|naming| told(story, *naming)).collect();
    let birth = told.iter().find_map(|told| told.birth)?;
    let age = told.iter().find_map(|told| told.age)?;
    // Further on, the story may tell of a time long past.
    if age.place.paragraph != birth.place.paragraph {
        return None;
    }
    // Several ages are of several times.
    let one = told.iter().all(|told| {
        told.age.is_none_or(|other| other.years == age.years) && told.birth.is_none_or(|other| other.year == birth.year)
    });
    let (right, year) = ages(birth, age.year, story.date)?;
    (one && !right.contains(&age.years)).then_some(Mismatch { age, birth, right, year })
}

/// What stands with a name of how old they are and when they were born.
#[derive(Default)]
struct Told {
    age: Option<Age>,
    birth: Option<Birth>,
}

fn told(story: &Story<'_>, (index, number): (usize, usize)) -> Told {
    let paragraph = &story.paragraphs[index];
    let reader = Reader { paragraph, index };
    let prose = &paragraph.facts.prose;
    let mention = paragraph.facts.mentions[number].span;
    let (first, end) = (prose.token_at(mention.start), prose.token_at(mention.end.saturating_sub(1)) + 1);
    // "Roe, 34, who was born in 1980"
    let mut at = end;
    let mut age = None;
    if matches!(reader.word(at), "," | "(")
        && let Some(quantity) = reader.age(at + 1)
    {
        age = reader.aged(quantity);
        at = quantity.tokens.end;
    }
    for skipped in [&[",", ")"][..], &[","], &["who", "("], &["was", "is"]] {
        at += usize::from(skipped.contains(&reader.word(at)));
    }
    let mut birth = reader.birth(at);
    // "Born in 1980, Roe"
    if birth.is_none() && reader.word(first.wrapping_sub(1)) == "," {
        let start =
            prose.sentence_at(mention.start).map_or(0, |sentence| prose.sentences[sentence].tokens.start as usize);
        birth = reader.birth(start).filter(|birth| prose.token_at(birth.place.span.end.saturating_sub(1)) + 2 == first);
    }
    // "Roe, born in 1980, is 34"
    if age.is_none()
        && let Some(birth) = birth
    {
        let after = prose.token_at(birth.place.span.end.saturating_sub(1)) + 1;
        let after = after + usize::from(matches!(reader.word(after), "," | ")"));
        if matches!(reader.word(after), "is" | "turned") || reader.word(after) == "," {
            age = reader.number(after + 1).and_then(|quantity| reader.aged(quantity));
        }
    }
    // "34-year-old Ann Roe"
    let before = paragraph.facts.quantities.partition_point(|quantity| quantity.tokens.end <= first);
    let close = before.checked_sub(1).and_then(|at| paragraph.facts.quantities.get(at));
    if age.is_none() {
        age = close.filter(|quantity| reader.goes_before(quantity, first)).and_then(|quantity| reader.aged(quantity));
    }
    Told { age, birth }
}

struct Reader<'s> {
    paragraph: &'s Paragraph<'s>,
    index: usize,
}

impl<'s> Reader<'s> {
    fn word(&self, at: usize) -> &'s str {
        self.paragraph.facts.prose.tokens.get(at).map_or("", |token| token.of(self.paragraph.text))
    }

    /// The quantity that begins with the token.
    fn number(&self, at: usize) -> Option<&'s Quantity> {
        let quantities: &'s [Quantity] = &self.paragraph.facts.quantities;
        let found = quantities.partition_point(|quantity| quantity.tokens.start < at);
        let quantity = quantities.get(found).filter(|quantity| quantity.tokens.start == at && quantity.is_exact())?;
        let bare = matches!(quantity.kind, Kind::Age) || (quantity.noun.is_none() && quantity.joined.is_none());
        bare.then_some(quantity)
    }

    fn age(&self, at: usize) -> Option<&'s Quantity> {
        self.number(at).filter(|quantity| matches!(quantity.kind, Kind::Age))
    }

    /// Whether the age right before a name is that person's: "34-year-old Ann Roe", "the 34-year-old actor Ann Roe".
    fn goes_before(&self, quantity: &Quantity, name: usize) -> bool {
        let between = self.paragraph.facts.prose.tokens.get(quantity.tokens.end..name).unwrap_or_default();
        matches!(quantity.kind, Kind::Age)
            && quantity.unit.is_some_and(|unit| unit.of(self.paragraph.text) == "year-old")
            && quantity.is_exact()
            && between.len() <= 2
            && between.iter().all(|token| token.kind == TokenKind::Word && token.case == Case::Lower)
            && !between.iter().any(|token| matches!(token.of(self.paragraph.text), "son" | "daughter" | "and" | "of"))
    }

    /// The age, if the sentence does not tell of a time that nothing dates.
    fn aged(&self, quantity: &Quantity) -> Option<Age> {
        let prose = &self.paragraph.facts.prose;
        let sentence = prose.sentences.get(prose.sentence_at(quantity.span.start)?)?;
        let tokens = prose.tokens_of(sentence);
        let word = |at: usize| tokens.get(at).map_or("", |token| token.of(self.paragraph.text));
        let births = self.births_in(sentence.span);
        let mut years =
            tokens.iter().filter_map(|token| year(token.of(self.paragraph.text)).map(|year| (year, token.span())));
        let mut others = years.by_ref().filter(|(_, span)| births.is_none_or(|birth| !birth.overlaps(*span)));
        let other = others.next().map(|(year, _)| year);
        let several = others.any(|(year, _)| Some(year) != other);
        let died = (0..tokens.len()).any(|at| matches!(word(at), "died" | "dies"));
        let past = (0..tokens.len()).any(|at| {
            matches!(word(at), "then" | "when" | "ago") || (word(at) == "time" && at > 1 && word(at - 2) == "at")
        });
        let undated = other.is_none() && past;
        let sound = !several && !undated && (other.is_none() || died);
        let years = quantity.figure.value.whole()?;
        let place = Place::new(self.index, quantity.span);
        (sound && (1..125).contains(&years)).then_some(Age { years, place, year: other })
    }

    /// The year of the birth that the sentence tells of.
    fn births_in(&self, sentence: Span) -> Option<Span> {
        let prose = &self.paragraph.facts.prose;
        let first = prose.token_at(sentence.start);
        let tokens = prose.tokens_in(sentence);
        let born = tokens.iter().position(|token| token.of(self.paragraph.text).eq_ignore_ascii_case("born"))?;
        self.birth(first + born).map(|birth| birth.place.span)
    }

    /// The birth that "born" at `at` begins to tell: "born in Oslo on May 2, 1980".
    fn birth(&self, at: usize) -> Option<Birth> {
        const FARTHEST: usize = 14;
        if !self.word(at).eq_ignore_ascii_case("born") {
            return None;
        }
        let prose = &self.paragraph.facts.prose;
        for next in at + 1..at + FARTHEST {
            let token = prose.tokens.get(next)?;
            let word = token.of(self.paragraph.text);
            if let Some(year) = year(word) {
                let start = prose.tokens.get(at)?.start as usize;
                let dates = &self.paragraph.facts.dates;
                let date = dates.get(dates.partition_point(|date| date.span.end <= token.start as usize));
                let date = date.filter(|date| date.span.holds(token.start as usize)).and_then(|date| date.date());
                let place = Place::new(self.index, Span::new(start, token.end as usize));
                return Some(Birth { year, date, place });
            }
            let plain = matches!(word, "," | "on" | "in" | "the" | "near" | "at") || token.kind == TokenKind::Number;
            if !plain && (token.kind != TokenKind::Word || token.case == Case::Lower) {
                return None;
            }
        }
        None
    }
}

fn year(word: &str) -> Option<i16> {
    let year = word.parse().ok().filter(|_| word.len() == 4 && !word.starts_with('+'))?;
    (1850..2100).contains(&year).then_some(year)
}

/// The ages that fit a birth, in the year told or on the day of the story, and that year. A story may be of some weeks
/// before, and "turns 35" of some days after.
fn ages(birth: Birth, told: Option<i16>, published: Option<Date>) -> Option<(Vec<i64>, i16)> {
    const OLDEST: i64 = 100;
    const BEFORE: i64 = 60;
    const AFTER: i64 = 14;
    let by_year = |year: i16| [i64::from(year) - i64::from(birth.year) - 1, i64::from(year) - i64::from(birth.year)];
    if let Some(year) = told {
        return Some((by_year(year).to_vec(), year));
    }
    let published = published?;
    let days = [published.checked_sub(BEFORE.days()).ok()?, published, published.checked_add(AFTER.days()).ok()?];
    let mut right: Vec<i64> = match birth.date {
        Some(born) => days.into_iter().map(|day| on(born, day)).collect(),
        None => [days[0].year(), published.year()].into_iter().flat_map(by_year).collect(),
    };
    right.sort_unstable();
    right.dedup();
    // Nobody that old is told of as living.
    let living = right.first().is_none_or(|youngest| *youngest < OLDEST);
    (living && birth.year <= published.year()).then_some((right, published.year()))
}

/// How old somebody is on a day.
fn on(born: Date, day: Date) -> i64 {
    let before = (day.month(), day.day()) < (born.month(), born.day());
    i64::from(day.year()) - i64::from(born.year()) - i64::from(before)
}

fn describe(mismatch: &Mismatch) -> Finding {
    let Mismatch { age, birth, right, year } = mismatch;
    let ages: Vec<String> = right.iter().map(i64::to_string).collect();
    let message = format!(
        "Somebody born in {} is {} in {year}, not {}. One of the two is wrong: check both.",
        birth.year,
        ages.join(" or "),
        age.years
    );
    Finding { related: vec![(birth.place, "the birth".to_owned())], ..Finding::new(age.place, message) }
}
