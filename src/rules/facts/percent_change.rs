use crate::diagnostic::Severity;
use crate::lexicon::Decimal;
use crate::lexicon::quantities::{Hedge, is_other_base, is_rise, may_be_negative};
use crate::prose::{Kind as TokenKind, Sentence};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "facts/percent-change",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/facts/percent-change.md"),
    detect: Detect::Paragraph(check),
};

/// A change told by its two ends and by its percentage.
struct Change<'s> {
    from: &'s Quantity,
    to: &'s Quantity,
    percent: &'s Quantity,
    /// Whether the copy tells of growth.
    rise: bool,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    // "to $5 million in the third quarter from $4 million": a quarter is no figure of the change.
    let figures: Vec<&Quantity> =
        paragraph.facts.quantities.iter().filter(|quantity| !matches!(quantity.kind, Kind::Ordinal)).collect();
    let changes = figures.windows(3).enumerate().filter_map(|(at, triple)| {
        let [a, b, c] = *triple else { return None };
        // "up 8 percent to $54 million from $50 million, or 4 percent without fuel"
        let before = at.checked_sub(1).and_then(|at| figures.get(at));
        let second = is_percent(c) && before.is_some_and(|before| is_percent(before));
        change(paragraph, a, b, c).filter(|_| !second)
    });
    let changes = changes.filter(contradicts).filter_map(|change| describe(&change, paragraph));
    let falls = paragraph.facts.quantities.iter().filter(|percent| falls_below_nothing(paragraph, percent));
    changes.chain(falls.map(|percent| describe_fall(percent, paragraph))).collect()
}

/// Whether something is told to have fallen by more than all of it. Only what can turn negative can: a profit.
fn falls_below_nothing(paragraph: &Paragraph<'_>, percent: &Quantity) -> bool {
    let reader = Reader { paragraph, tokens: &paragraph.facts.prose.tokens };
    let all = Decimal::new(100, 0);
    if !is_percent(percent) || percent.to.is_some() || percent.figure.value <= all {
        return false;
    }
    let fell = reader.rise_before(percent) == Some(false)
        || matches!(reader.before(percent), "a" | "A") && is_rise(reader.word(percent.tokens.end)) == Some(false);
    let prose = &paragraph.facts.prose;
    let sentence = prose.sentence_at(percent.span.start).and_then(|at| prose.sentences.get(at));
    let may =
        |sentence: &Sentence| prose.tokens_of(sentence).iter().any(|token| may_be_negative(token.of(paragraph.text)));
    fell && !sentence.is_some_and(may)
}

fn is_percent(quantity: &Quantity) -> bool {
    matches!(quantity.kind, Kind::Percent)
}

/// The change that three quantities in a row tell, if they stand so close that nothing else can be meant.
fn change<'s>(paragraph: &Paragraph<'_>, a: &'s Quantity, b: &'s Quantity, c: &'s Quantity) -> Option<Change<'s>> {
    let reader = Reader { paragraph, tokens: &paragraph.facts.prose.tokens };
    let (from, to, percent, rise) = if is_percent(a) {
        let rise = reader.rise_before(a)?;
        // "5% a year" is a rate, and "from $50 at the start of the year" may be of another time than the percentage.
        if matches!(reader.word(a.tokens.end), "a" | "an") || reader.word(c.tokens.end) == "at" {
            return None;
        }
        match (reader.joint(a, b)?, reader.joint(b, c)?) {
            ("to", "from") => (c, b, a, rise),
            ("from", "to") => (b, c, a, rise),
            _ => return None,
        }
    } else if is_percent(c) {
        let (from, to) = match (reader.before(a), reader.joint(a, b)?) {
            ("from", "to") => (a, b),
            ("to", "from") => (b, a),
            _ => return None,
        };
        (from, to, c, reader.rise_after(b, c, to.figure.value > from.figure.value)?)
    } else {
        return None;
    };
    let prose = &paragraph.facts.prose;
    let first = prose.sentence_at(a.span.start)?;
    let sound = are_alike(from, to)
        && [from, to, percent]
            .iter()
            .all(|quantity| quantity.to.is_none() && quantity.figure.value > Decimal::default())
        && !matches!(percent.hedge, Some((Hedge::Below, _)))
        && prose.sentence_at(c.span.start) == Some(first)
        && !reader.has_other_base(prose.sentences.get(first)?);
    sound.then_some(Change { from, to, percent, rise })
}

/// Whether the two are of one thing: both money of one currency, both miles, both people.
fn are_alike(from: &Quantity, to: &Quantity) -> bool {
    let magnitudes = [from, to].map(|quantity| quantity.figure.magnitude.is_some());
    let alike = match (from.kind, to.kind) {
        (Kind::Money(one), Kind::Money(other)) => std::ptr::eq(one, other),
        (Kind::Measure(one), Kind::Measure(other)) => std::ptr::eq(one, other),
        (Kind::Count, Kind::Count) => from.joined.is_none() && to.joined.is_none(),
        _ => false,
    };
    // "from 1.2 to 1.5 million"
    alike && magnitudes[0] == magnitudes[1]
}

struct Reader<'s> {
    paragraph: &'s Paragraph<'s>,
    tokens: &'s [crate::prose::Token],
}

impl<'s> Reader<'s> {
    fn word(&self, at: usize) -> &'s str {
        self.tokens.get(at).map_or("", |token| token.of(self.paragraph.text))
    }

    /// The index of the first token of the quantity and its hedge.
    fn opening(&self, quantity: &Quantity) -> usize {
        let before = quantity.hedge.filter(|(_, span)| span.start < quantity.span.start);
        before.map_or(quantity.tokens.start, |(_, span)| self.paragraph.facts.prose.token_at(span.start))
    }

    /// The word before a quantity.
    fn before(&self, quantity: &Quantity) -> &'s str {
        self.opening(quantity).checked_sub(1).map_or("", |at| self.word(at))
    }

    /// The last word between two quantities, where only a few plain words stand there: "55 cents a share from 40".
    fn joint(&self, one: &Quantity, other: &Quantity) -> Option<&'s str> {
        const FARTHEST: usize = 7;
        let between = self.tokens.get(one.tokens.end..self.opening(other))?;
        let plain = between.iter().all(|token| {
            let word = token.of(self.paragraph.text);
            matches!(token.kind, TokenKind::Word) && is_rise(word).is_none() || word == ","
        });
        let stops =
            between.iter().filter(|token| matches!(token.of(self.paragraph.text), "and" | "or" | "while" | "but"));
        let last = between.last()?.of(self.paragraph.text);
        (plain && between.len() <= FARTHEST && stops.count() == 0).then_some(last)
    }

    /// Whether the words right before a percentage tell of growth: "rose by about 10%".
    fn rise_before(&self, percent: &Quantity) -> Option<bool> {
        let opening = self.opening(percent);
        (1..=3).find_map(|by| {
            let at = opening.checked_sub(by)?;
            let plain =
                (1..by).all(|by| matches!(self.word(opening - by), "by" | "a" | "another" | "sharply" | "further"));
            is_rise(self.word(at)).filter(|_| plain)
        })
    }

    /// Whether the percentage after two figures is told as one of growth: "from 40 to 55, up 37.5%", "a 10% rise". "or"
    /// tells nothing, and so means what the figures say.
    fn rise_after(&self, last: &Quantity, percent: &Quantity, grew: bool) -> Option<bool> {
        let between = self.tokens.get(last.tokens.end..self.opening(percent))?;
        let words: Vec<&str> = between.iter().map(|token| token.of(self.paragraph.text)).collect();
        // "$40 a share, up 10%"
        let mark = words.iter().position(|word| matches!(*word, "," | "(" | "—" | "–" | "-")).filter(|at| *at <= 3)?;
        match words.get(mark + 1..)? {
            [word] if is_rise(word).is_some() => is_rise(word),
            ["a" | "an", word, "of"] => is_rise(word),
            ["or"] => Some(grew),
            ["a" | "an"] => is_rise(self.word(percent.tokens.end)),
            _ => None,
        }
    }

    fn has_other_base(&self, sentence: &Sentence) -> bool {
        let tokens = self.paragraph.facts.prose.tokens_of(sentence);
        let cent = |at: usize| tokens.get(at + 1).is_some_and(|next| next.of(self.paragraph.text) == "cent");
        tokens.iter().enumerate().any(|(at, token)| is_other_base(token.of(self.paragraph.text)) && !cent(at))
    }
}

/// Whether no figures that are written so can be meant.
fn contradicts(change: &Change<'_>) -> bool {
    let Change { from, to, percent, rise } = change;
    let reckon = || {
        let (from_low, from_high) = bounds(from)?;
        let (to_low, to_high) = bounds(to)?;
        let value = percent.figure.value;
        let hundred = Decimal::new(100, 0);
        let off = match percent.hedge {
            Some((Hedge::About, _)) => value.times(Decimal::new(1, -1))?.max(percent.figure.value.step()),
            _ => value.step(),
        };
        let top = match percent.hedge {
            Some((Hedge::Above, _)) => value.times(Decimal::new(15, -1))?,
            _ => value.plus(off)?,
        };
        let (least, most) = (value.minus(off)?, top);
        // What a hundred comes to, at least and at most.
        let (low, high) = if *rise {
            (hundred.plus(least)?, hundred.plus(most)?)
        } else {
            (hundred.minus(most)?, hundred.minus(least)?)
        };
        let too_little = to_high.times(hundred)? < from_low.times(low)?;
        let too_much = to_low.times(hundred)? > from_high.times(high)?;
        Some(too_little || too_much)
    };
    reckon().unwrap_or(false)
}

/// The least and the most that a figure can stand for: half its last place either way, more where it is round or said
/// to be near.
fn bounds(quantity: &Quantity) -> Option<(Decimal, Decimal)> {
    const HALF: Decimal = Decimal::new(5, -1);
    let value = quantity.figure.value;
    let share = value.times(if quantity.hedge.is_some() { Decimal::new(5, -2) } else { Decimal::new(1, -2) })?;
    let round = if quantity.hedge.is_some() { share } else { value.round_step().times(HALF)?.min(share) };
    let off = value.step().times(HALF)?.max(round);
    Some((value.minus(off)?, value.plus(off)?))
}

fn describe_fall(percent: &Quantity, paragraph: &Paragraph<'_>) -> Finding {
    let message = format!(
        "Nothing falls by “{}”: a fall of 100% leaves none of it. Check the figure, and what it is a share of.",
        paragraph.phrase(percent.span)
    );
    Finding::new(Place::here(percent.span), message)
}

fn describe(change: &Change<'_>, paragraph: &Paragraph<'_>) -> Option<Finding> {
    let Change { from, to, percent, rise } = change;
    let (a, b) = (from.figure.value, to.figure.value);
    let grew = b > a;
    let places = percent.figure.value.exponent().min(0);
    let right = b.minus(a)?.abs().times(Decimal::new(100, 0))?.over(a, places)?;
    let way = |rise: bool| if rise { "up" } else { "down" };
    let (one, other) = (paragraph.phrase(from.span), paragraph.phrase(to.span));
    let said = if grew == *rise { String::new() } else { format!("{} ", way(*rise)) };
    let written = paragraph.phrase(percent.span);
    let message = format!(
        "From “{one}” to “{other}” is {} {right}%, not {said}“{written}”. One of the three figures is wrong: check them.",
        way(grew)
    );
    Some(Finding::new(Place::here(percent.span), message))
}
