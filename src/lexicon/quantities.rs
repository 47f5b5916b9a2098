//! How news copy writes numbers, from `rules/lexicon/quantities.toml`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::decimal::Decimal;
use super::words::with_lower;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Lists {
    small: String,
    tens: String,
    ordinals: String,
    ordinal_tens: String,
    fractions: String,
    percent: Vec<String>,
    points: Vec<String>,
    age_before: String,
    age_after: Vec<String>,
    label: String,
    names: String,
    street: String,
    time: String,
    before_year: String,
    plural: String,
    not_plural: String,
    extent: String,
    rise: String,
    fall: String,
    other_base: String,
    below_nothing: String,
    everybody: String,
    divided: Vec<[String; 2]>,
    beside: String,
    body_of: String,
    events: Vec<String>,
    anybody: String,
    toll_at: String,
    of_more: String,
    another_time: String,
    collectives: Vec<Collective>,
    unsettled: String,
    opposites: Vec<[String; 2]>,
    hedges: Hedges,
    magnitudes: Vec<Magnitude>,
    currencies: Vec<Currency>,
    units: Vec<Unit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hedges {
    about: Vec<String>,
    above: Vec<String>,
    below: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Magnitude {
    power: i32,
    words: String,
    attached: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Collective {
    values: Vec<i64>,
    words: String,
}

/// A currency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// "USD"
    pub code: String,
    /// Before a figure: "$"
    signs: Vec<String>,
    /// After one: "dollars"
    words: Vec<String>,
    /// After hundredths of it: "cents"
    #[serde(default)]
    hundredths: Vec<String>,
}

/// A unit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// What it measures.
    pub measures: Dimension,
    /// How many base units it is; a name that has several sizes has several.
    #[serde(deserialize_with = "decimals")]
    pub factors: Vec<Decimal>,
    /// The base units that its zero stands at.
    #[serde(default, deserialize_with = "decimal")]
    pub offset: Decimal,
    /// Written after a figure.
    forms: Vec<String>,
    /// Written after a figure without a space only.
    #[serde(default)]
    attached: Vec<String>,
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    /// Meters.
    Length,
    /// Square meters.
    Area,
    /// Liters.
    Volume,
    /// Kilograms.
    Weight,
    /// Kilometers per hour.
    Speed,
    /// Degrees Fahrenheit.
    Temperature,
    /// Degrees of no scale, or of an angle.
    Degrees,
    /// Seconds.
    Time,
}

/// How far a figure is from exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hedge {
    /// It is near: about, nearly, some.
    About,
    /// It is no less: more than, at least.
    Above,
    /// It is no more: up to, less than.
    Below,
}

/// What the words after a number make it.
#[derive(Clone, Copy, Debug)]
pub enum Measured {
    /// percent, per cent, %
    Percent,
    /// percentage points
    Points,
    /// years old
    Age,
    /// dollars
    Money(&'static Currency),
    /// cents
    Hundredths(&'static Currency),
    /// miles
    Unit(&'static Unit),
}

fn decimal<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let figure = String::deserialize(deserializer)?;
    Decimal::read(&figure).ok_or_else(|| serde::de::Error::custom(figure))
}

fn decimals<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Decimal>, D::Error> {
    let figures = Vec::<String>::deserialize(deserializer)?;
    figures.iter().map(|figure| Decimal::read(figure).ok_or_else(|| serde::de::Error::custom(figure))).collect()
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/quantities.toml")).expect("the embedded lexicon is well formed")
});

/// Values by word.
type Values = FxHashMap<&'static str, i64>;

fn values(small: &'static str, from: i64, tens: &'static str) -> Values {
    let small = (from..).zip(small.split_whitespace()).map(|(value, word)| (word, value));
    small.chain((2..).zip(tens.split_whitespace()).map(|(ten, word)| (word, ten * 10))).collect()
}

static CARDINALS: LazyLock<Values> = LazyLock::new(|| values(&LISTS.small, 0, &LISTS.tens));
static ORDINALS: LazyLock<Values> = LazyLock::new(|| values(&LISTS.ordinals, 1, &LISTS.ordinal_tens));

fn set(words: &'static str) -> FxHashSet<&'static str> {
    words.split_whitespace().collect()
}

static FRACTIONS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.fractions));
static AGE_BEFORE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.age_before));
static LABELS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.label));
static EVENTS: LazyLock<FxHashMap<&str, usize>> = LazyLock::new(|| {
    let events = LISTS.events.iter().enumerate();
    events.flat_map(|(event, words)| words.split_whitespace().map(move |word| (word, event))).collect()
});
static OF_MORE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.of_more));
static ANOTHER_TIME: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.another_time));
static COLLECTIVES: LazyLock<FxHashMap<&str, &[i64]>> = LazyLock::new(|| {
    let all = LISTS.collectives.iter();
    all.flat_map(|all| all.words.split_whitespace().map(move |word| (word, all.values.as_slice()))).collect()
});
static UNSETTLED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.unsettled));
static RISE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.rise));
static FALL: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.fall));
static OTHER_BASE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.other_base));
static BELOW_NOTHING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.below_nothing));
static NAMES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.names));
static STREETS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.street));
static PLURALS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.plural));
static NOT_PLURALS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&LISTS.not_plural));

/// Phrases by a word of theirs, in lower case: the rest of the phrase, and what it says. The longest first.
type Phrases<T> = FxHashMap<String, Vec<(Vec<&'static str>, T)>>;

fn add<T>(phrases: &mut Phrases<T>, phrase: &'static str, by_last: bool, said: T) {
    let mut words: Vec<&str> = phrase.split(' ').collect();
    let key = if by_last { words.pop().unwrap_or_default() } else { words.remove(0) };
    phrases.entry(key.to_lowercase()).or_default().push((words, said));
}

fn longest_first<T>(mut phrases: Phrases<T>) -> Phrases<T> {
    phrases.values_mut().for_each(|phrases| phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len())));
    phrases
}

/// What may stand after a number, with or without a space; whether only without.
static MEASURED: LazyLock<Phrases<(Measured, bool)>> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    let plain =
        [(&LISTS.percent, Measured::Percent), (&LISTS.points, Measured::Points), (&LISTS.age_after, Measured::Age)];
    for (forms, measured) in plain {
        forms.iter().for_each(|form| add(&mut phrases, form, false, (measured, false)));
    }
    for currency in &LISTS.currencies {
        currency.words.iter().for_each(|word| add(&mut phrases, word, false, (Measured::Money(currency), false)));
    }
    for currency in &LISTS.currencies {
        currency
            .hundredths
            .iter()
            .for_each(|word| add(&mut phrases, word, false, (Measured::Hundredths(currency), false)));
    }
    for unit in &LISTS.units {
        unit.forms.iter().for_each(|form| add(&mut phrases, form, false, (Measured::Unit(unit), false)));
        unit.attached.iter().for_each(|form| add(&mut phrases, form, false, (Measured::Unit(unit), true)));
    }
    longest_first(phrases)
});

/// Hedges by their last word, for those before a number, and by their first for those after it.
static HEDGES: LazyLock<[Phrases<Hedge>; 2]> = LazyLock::new(|| {
    [true, false].map(|by_last| {
        let mut phrases = Phrases::default();
        let Hedges { about, above, below } = &LISTS.hedges;
        for (words, hedge) in [(about, Hedge::About), (above, Hedge::Above), (below, Hedge::Below)] {
            words.iter().for_each(|phrase| add(&mut phrases, phrase, by_last, hedge));
        }
        longest_first(phrases)
    })
});

/// The value of a number in words up to ninety: nine, twenty.
pub fn cardinal(word: &str) -> Option<i64> {
    with_lower(word, |word| CARDINALS.get(word).copied())
}

/// A whole number up to ninety-nine in words: nine, twenty-five.
pub fn cardinal_in_words(value: i64) -> Option<String> {
    let value = usize::try_from(value).ok().filter(|value| *value < 100)?;
    let small = |value: usize| LISTS.small.split_whitespace().nth(value);
    if value < 20 {
        return small(value).map(str::to_owned);
    }
    let ten = LISTS.tens.split_whitespace().nth(value / 10 - 2)?;
    if value % 10 == 0 { Some(ten.into()) } else { Some(format!("{ten}-{}", small(value % 10)?)) }
}

/// An ordinal number up to nineteenth in words: first.
pub fn ordinal_in_words(value: i64) -> Option<&'static str> {
    LISTS.ordinals.split_whitespace().nth(usize::try_from(value.checked_sub(1)?).ok()?)
}

/// The value of an ordinal number in words up to ninetieth.
pub fn ordinal(word: &str) -> Option<i64> {
    with_lower(word, |word| ORDINALS.get(word).copied())
}

/// Whether the word makes a number a fraction: two-thirds.
pub fn is_fraction(word: &str) -> bool {
    with_lower(word, |word| FRACTIONS.contains(word))
}

/// Whether a number after the word is an age: aged 34.
pub fn is_age_before(word: &str) -> bool {
    with_lower(word, |word| AGE_BEFORE.contains(word))
}

/// Whether a figure after the word is a label and no count: page 12.
pub fn is_label(word: &str) -> bool {
    with_lower(word, |word| LABELS.contains(word))
}

/// Whether the figure is a name: 911.
pub fn is_name(figure: &str) -> bool {
    NAMES.contains(figure)
}

/// Whether the word ends an address: 12 Main St.
pub fn is_street(word: &str) -> bool {
    with_lower(word, |word| STREETS.contains(word))
}

/// Whether a figure before the word is a time of day: 8 p.m.
pub fn is_time(word: &str) -> bool {
    lists(&LISTS.time, word)
}

/// Whether a figure of four digits after the word is a year: since 1789.
pub fn is_before_year(word: &str) -> bool {
    lists(&LISTS.before_year, word)
}

/// Whether the word tells in which direction a measure was taken: 10 feet high.
pub fn is_extent(word: &str) -> bool {
    lists(&LISTS.extent, word)
}

/// The scale that degrees are of beside a conversion into `known`.
pub fn other_scale(known: &Unit) -> Option<&'static Unit> {
    let scales = || LISTS.units.iter().filter(|unit| unit.measures == Dimension::Temperature);
    scales().find(|unit| unit.offset != known.offset)
}

/// Whether the word tells of growth, or of decline: rose, fell.
pub fn is_rise(word: &str) -> Option<bool> {
    with_lower(word, |word| RISE.contains(word).then_some(true).or_else(|| FALL.contains(word).then_some(false)))
}

/// Whether the word is for something that can be less than nothing: profit.
pub fn may_be_negative(word: &str) -> bool {
    with_lower(word, |word| BELOW_NOTHING.contains(word))
}

/// Whether the word makes a percentage one of something else than the figures beside it: annualized.
pub fn is_other_base(word: &str) -> bool {
    with_lower(word, |word| OTHER_BASE.contains(word))
}

/// Whether the word is for people of all kinds: passengers.
pub fn is_everybody(word: &str) -> bool {
    lists(&LISTS.everybody, word)
}

/// Whether the word, hyphened to a count, makes it one of people: 12-member.
pub fn is_body_of(word: &str) -> bool {
    lists(&LISTS.body_of, word)
}

/// By a word that divides people, which pair of words it is of, if of any, and which of the two: men, women.
pub fn divides(word: &str) -> Option<Option<(usize, usize)>> {
    let side = side(&LISTS.divided, word);
    (side.is_some() || lists(&LISTS.beside, word)).then_some(side)
}

/// By an answer that only one person gives who does not give the other: which pair it is of, and which of the two.
pub fn opposite(word: &str) -> Option<(usize, usize)> {
    side(&LISTS.opposites, word)
}

/// Which kind of event the verb is of, by number: kills and dead are of one.
pub fn event(word: &str) -> Option<usize> {
    with_lower(word, |word| EVENTS.get(word).copied())
}

/// Whether the word stands between a toll and its count: rose to.
pub fn is_toll_at(word: &str) -> bool {
    lists(&LISTS.toll_at, word)
}

/// Whether the word beside a count makes it one of some, and not of all: another, including.
pub fn is_of_more(word: &str) -> bool {
    with_lower(word, |word| OF_MORE.contains(word))
}

/// Whether a sentence with the word may tell of another time than the story: previously.
pub fn is_of_another_time(word: &str) -> bool {
    with_lower(word, |word| ANOTHER_TIME.contains(word))
}

/// What numbers the word may stand for: pair, dozen.
pub fn collective(word: &str) -> &'static [i64] {
    with_lower(word, |word| COLLECTIVES.get(word).copied()).unwrap_or_default()
}

/// Whether the noun is for anybody: people.
pub fn is_anybody(word: &str) -> bool {
    lists(&LISTS.anybody, word)
}

/// Whether the word stands in stories in which a count may have changed: toll.
pub fn is_unsettled(word: &str) -> bool {
    with_lower(word, |word| UNSETTLED.contains(word))
}

fn side(pairs: &[[String; 2]], word: &str) -> Option<(usize, usize)> {
    let mut sides =
        pairs.iter().enumerate().flat_map(|(pair, sides)| sides.iter().enumerate().map(move |at| (pair, at)));
    sides.find(|(_, (_, words))| lists(words, word)).map(|(pair, (side, _))| (pair, side))
}

fn lists(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|listed| listed.eq_ignore_ascii_case(word))
}

/// Whether the word looks like a plural noun: people, soldiers.
pub fn is_plural(word: &str) -> bool {
    let ends = |word: &str| {
        word.len() > 2 && word.ends_with('s') && !["ss", "us", "is", "ous"].iter().any(|end| word.ends_with(end))
    };
    with_lower(word, |word| PLURALS.contains(word) || (ends(word) && !NOT_PLURALS.contains(word)))
}

/// The power of ten by which a word after a number multiplies it; `attached` where no space stands between.
pub fn magnitude(word: &str, attached: bool) -> Option<i32> {
    let listed = |magnitude: &&Magnitude| {
        let list = if attached { &magnitude.attached } else { &magnitude.words };
        list.split_whitespace().any(|listed| listed.eq_ignore_ascii_case(word))
    };
    LISTS.magnitudes.iter().find(listed).map(|magnitude| magnitude.power)
}

/// The currency whose sign ends `before`, and how many bytes that sign has; the longest sign that fits.
pub fn currency_before(before: &str) -> Option<(&'static Currency, usize)> {
    let fits = |sign: &str| before.ends_with(sign);
    let signs = LISTS.currencies.iter().flat_map(|currency| currency.signs.iter().map(move |sign| (currency, sign)));
    let (currency, sign) = signs.filter(|(_, sign)| fits(sign)).max_by_key(|(_, sign)| sign.len())?;
    Some((currency, sign.len()))
}

/// British pounds, of which "pounds" tells only where there are too many for a weight.
pub fn pounds() -> Option<&'static Currency> {
    LISTS.currencies.iter().find(|currency| currency.code == "GBP")
}

/// What the words that `next` gives one by one make a number before them, and how many of them do. The longest phrase
/// wins. `attached` where no space stands between.
pub fn measured<'t>(next: impl Fn(usize) -> &'t str, attached: bool) -> Option<(Measured, usize)> {
    let first = next(0);
    // Of letters that stand alone the case counts: "5 C" is a temperature, "5 c" nothing.
    let same = |form: &str, word: &str| form == word || (form.len() > 1 && form.eq_ignore_ascii_case(word));
    let unstopped = |word: &'t str| word.strip_suffix('.').filter(|bare| !bare.is_empty()).unwrap_or(word);
    let phrases = with_lower(first, |word| MEASURED.get(word))
        .or_else(|| MEASURED.get(first))
        .or_else(|| with_lower(unstopped(first), |word| MEASURED.get(word)))?;
    let fits = |(rest, (_, only_attached)): &&(Vec<&str>, (Measured, bool))| {
        (attached || !only_attached) && rest.iter().enumerate().all(|(nth, form)| same(form, unstopped(next(nth + 1))))
    };
    let (rest, (measured, _)) = phrases.iter().find(fits)?;
    let in_case = first.len() > 1 || !first.is_ascii() || matches!(first, "C" | "F" | "m" | "p" | "%");
    in_case.then_some((*measured, rest.len() + 1))
}

/// The hedge that ends right before a number, and how many words it has; `back` gives the words before it, the nearest
/// first.
pub fn hedge_before<'t>(back: impl Fn(usize) -> &'t str) -> Option<(Hedge, usize)> {
    hedge(&HEDGES[0], &back, |rest, nth| rest.len().checked_sub(nth + 1).map_or("", |at| rest[at]))
}

/// The hedge that begins after a number, as in "5,000 or so", and how many words it has.
pub fn hedge_after<'t>(next: impl Fn(usize) -> &'t str) -> Option<(Hedge, usize)> {
    matches!(next(0), "or" | "and").then(|| hedge(&HEDGES[1], &next, |rest, nth| rest[nth])).flatten()
}

fn hedge<'t>(
    hedges: &'static Phrases<Hedge>,
    word: &impl Fn(usize) -> &'t str,
    nth: impl Fn(&[&'static str], usize) -> &'static str,
) -> Option<(Hedge, usize)> {
    let phrases = with_lower(word(0), |word| hedges.get(word))?;
    let fits = |(rest, _): &&(Vec<&'static str>, Hedge)| {
        (0..rest.len()).all(|at| word(at + 1).eq_ignore_ascii_case(nth(rest, at)))
    };
    phrases.iter().find(fits).map(|(rest, hedge)| (*hedge, rest.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let measured = |text: &'static str| {
            let words: Vec<&str> = text.split(' ').collect();
            measured(|nth| words.get(nth).copied().unwrap_or(""), false).map(|(measured, len)| {
                let named = match measured {
                    Measured::Unit(unit) => format!("{:?}", unit.measures),
                    other => format!("{other:?}").split('(').next().unwrap_or_default().to_owned(),
                };
                format!("{named} {len}")
            })
        };
        for (text, expected) in [
            ("miles per hour", "Speed 3"),
            ("miles per gallon", "Length 1"),
            ("percentage points of", "Points 2"),
            ("per cent of", "Percent 2"),
            ("degrees Celsius", "Temperature 2"),
            ("sq. km", "Area 2"),
            ("dollars", "Money 1"),
        ] {
            assert_eq!(measured(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["in London", "c", "per capita", "people"] {
            assert_eq!(measured(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_in_words_and_back() {
        for (value, words) in [(0, "zero"), (9, "nine"), (19, "nineteen"), (20, "twenty"), (45, "forty-five")] {
            assert_eq!(cardinal_in_words(value).as_deref(), Some(words));
        }
        assert_eq!((cardinal_in_words(100), cardinal_in_words(-1)), (None, None));
        assert_eq!((ordinal_in_words(1), ordinal_in_words(9)), (Some("first"), Some("ninth")));
        assert_eq!((ordinal_in_words(0), ordinal_in_words(i64::MIN)), (None, None));
        assert_eq!((ordinal("ninth"), cardinal("nine")), (Some(9), Some(9)));
    }

    #[test]
    fn plural_nouns() {
        assert!(["people", "soldiers", "Women", "buses"].into_iter().all(is_plural));
        assert!(!["this", "was", "boss", "man", "bus", "us"].into_iter().any(is_plural));
    }
}
