use crate::diagnostic::Severity;
use crate::lexicon::quantities::{divides, is_body_of, is_everybody, is_of_more, opposite};
use crate::lexicon::{Class, Decimal};
use crate::prose::{Kind as TokenKind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "facts/sum",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/facts/sum.md"),
    detect: Detect::Paragraph(check),
};

/// A whole that its parts don't make.
struct Wrong<'s> {
    whole: &'s Quantity,
    parts: Span,
    sum: Decimal,
}

/// Answers that more people gave than there are.
struct Excess<'s> {
    others: Vec<&'s Quantity>,
    last: &'s Quantity,
    sum: Decimal,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let reader = Reader { paragraph, tokens: &paragraph.facts.prose.tokens };
    let quantities = &paragraph.facts.quantities;
    let wholes = (0..quantities.len()).filter_map(|at| reader.wrong(at)).map(|wrong| describe(&wrong, paragraph));
    let excesses = (0..quantities.len()).filter_map(|at| reader.excess(quantities.get(at..)?));
    wholes.chain(excesses.map(|excess| describe_excess(&excess, paragraph))).collect()
}

struct Reader<'s> {
    paragraph: &'s Paragraph<'s>,
    tokens: &'s [Token],
}

/// A part of a whole: how many, and who.
struct Part {
    value: Decimal,
    divides: Option<(usize, usize)>,
    /// The index of the first token after it.
    end: usize,
}

/// Most parts that copy divides people into.
const MOST: usize = 6;

impl<'s> Reader<'s> {
    fn word(&self, at: usize) -> &'s str {
        self.tokens.get(at).map_or("", |token| token.of(self.paragraph.text))
    }

    fn after(&self, span: Span) -> usize {
        self.paragraph.facts.prose.token_at(span.end.saturating_sub(1)) + 1
    }

    /// The whole at `at`, if parts that leave nobody out stand beside it and don't make it.
    fn wrong(&self, at: usize) -> Option<Wrong<'s>> {
        let quantities: &'s [Quantity] = &self.paragraph.facts.quantities;
        let whole = quantities.get(at)?;
        if !whole.is_exact() || !matches!(whole.kind, Kind::Count) {
            return None;
        }
        let first = self.parts_of(whole)?;
        let mut next = first;
        let mut sum = Decimal::default();
        let mut sides = Vec::new();
        let mut rest = quantities.get(at + 1..)?;
        for nth in 0.. {
            if nth == MOST {
                return None;
            }
            let part = self.part(next, &mut rest)?;
            sum = sum.plus(part.value)?;
            sides.extend(part.divides);
            next = part.end;
            let joint = usize::from(self.word(next) == ",")
                + usize::from(self.word(next + usize::from(self.word(next) == ",")) == "and");
            let goes_on = joint > 0 && self.opens_part(next + joint);
            if !goes_on {
                break;
            }
            next += joint;
        }
        let whole_told = sides.iter().any(|(pair, side)| sides.contains(&(*pair, 1 - side)));
        let twice = sides.iter().enumerate().any(|(at, side)| sides[..at].contains(side));
        let parts = Span::new(self.tokens.get(first)?.start as usize, self.tokens.get(next - 1)?.end as usize);
        let ends =
            self.ends(next) || (whole.joined.is_some() && !matches!(self.word(next), "and" | "or" | "among" | ","));
        (whole_told && !twice && ends && sum != whole.figure.value).then_some(Wrong { whole, parts, sum })
    }

    /// Where the parts begin that may make a whole: "12 people, five men …", "a 12-member jury of seven women …"
    fn parts_of(&self, whole: &Quantity) -> Option<usize> {
        if let Some(joined) = whole.joined {
            let of = (whole.tokens.end..).take(4).find(|at| self.word(*at) == "of")?;
            let plain = self.tokens.get(whole.tokens.end..of)?.iter().all(|token| token.kind == TokenKind::Word);
            return (is_body_of(joined.of(self.paragraph.text)) && plain).then_some(of + 1);
        }
        let noun = whole.noun.filter(|noun| is_everybody(noun.head.of(self.paragraph.text)))?;
        let mark = self.after(noun.span);
        matches!(self.word(mark), "," | ":" | "—" | "–" | "-" | "--" | "(").then_some(mark + 1)
    }

    fn opens_part(&self, at: usize) -> bool {
        matches!(self.word(at), "a" | "an")
            || self
                .tokens
                .get(at)
                .is_some_and(|token| token.kind == TokenKind::Number || token.class.any(Class::NUMBER))
    }

    /// The part that begins at `at`: "five men", "a child".
    fn part(&self, at: usize, rest: &mut &'s [Quantity]) -> Option<Part> {
        if matches!(self.word(at), "a" | "an") {
            return Some(Part { value: Decimal::from(1), divides: divides(self.word(at + 1))?, end: at + 2 });
        }
        let (quantity, others) = rest.split_first()?;
        *rest = others;
        let noun = quantity.noun.filter(|_| quantity.is_exact() && quantity.tokens.start == at)?;
        Some(Part {
            value: quantity.figure.value,
            divides: divides(noun.head.of(self.paragraph.text))?,
            end: self.after(noun.span),
        })
    }

    /// Whether nothing more is said of the parts: "five men and six women among them" are some of the whole, and after
    /// "five men and six women." may come "One body was not identified."
    fn ends(&self, at: usize) -> bool {
        let next = at + 1 + usize::from(matches!(self.word(at + 1), "The" | "the"));
        let more = matches!(self.word(next), "and" | "or" | "plus" | "some" | "several" | "many")
            || is_of_more(self.word(next))
            || self.opens_part(next);
        matches!(self.word(at), "" | ")" | "—" | "–" | "--" | "!" | "?")
            || (matches!(self.word(at), "." | ";" | ",") && !more)
    }

    /// The shares of opposite answers, and of those who gave none, that make more than a hundred. `all` are the quantities
    /// from the first of them on.
    fn excess(&self, all: &'s [Quantity]) -> Option<Excess<'s>> {
        const FARTHEST: usize = 9;
        let [one, other, rest @ ..] = all else { return None };
        let percent = |quantity: &Quantity| matches!(quantity.kind, Kind::Percent) && quantity.to.is_none();
        let least = |quantity: &Quantity| quantity.hedge.is_none();
        if !percent(one) || !percent(other) || !least(one) || !least(other) {
            return None;
        }
        let prose = &self.paragraph.facts.prose;
        if prose.sentence_at(one.span.start) != prose.sentence_at(other.span.start) {
            return None;
        }
        let between = one.tokens.end..other.tokens.start;
        let split = between.clone().any(|at| {
            let token = &self.tokens[at];
            token.kind == TokenKind::Number
                || matches!(
                    self.word(at),
                    "among"
                        | "compared"
                        | "last"
                        | "earlier"
                        | "previous"
                        | "previously"
                        | "from"
                        | "than"
                        | "versus"
                        | ";"
                )
        });
        let answer = |at: usize| Some((at, opposite(self.word(at))?));
        let (_, (pair, side)) = between.take(FARTHEST).find_map(answer)?;
        let (end, (other_pair, other_side)) = (other.tokens.end..other.tokens.end + 3).find_map(answer)?;
        let said = (other.tokens.end..end).all(|at| self.word(at) != "of");
        let object =
            matches!(self.word(end + 1), "" | "." | "," | ";" | ")" | "it" | "him" | "her" | "them" | "—" | "and");
        let opposed = pair == other_pair && side != other_side;
        if !opposed || split || !said || !object {
            return None;
        }
        let none = rest.first().filter(|none| percent(none) && least(none) && self.gave_no_answer(end, none));
        let shares: Vec<&Quantity> = [one, other].into_iter().chain(none).collect();
        let step = |share: &&Quantity| share.figure.value.step();
        let sum = shares.iter().try_fold(Decimal::default(), |sum, share| sum.plus(share.figure.value))?;
        // Each may have been rounded up by half its last place, and three seldom all of them.
        let rounded = shares.iter().map(step).max()?;
        let (last, others) = shares.split_last()?;
        let excess = Excess { others: others.to_vec(), last, sum };
        (sum > Decimal::new(100, 0).plus(rounded)?).then_some(excess)
    }

    /// Whether a share that follows the last answer's word is that of people without one: "and 8% unsure".
    fn gave_no_answer(&self, last: usize, share: &Quantity) -> bool {
        const NONE: [&str; 6] = ["undecided", "unsure", "uncertain", "unaware", "neutral", "neither"];
        let joined = (last + 1..share.tokens.start).all(|at| matches!(self.word(at), "," | "and" | "with"));
        let answer = share.tokens.end + usize::from(matches!(self.word(share.tokens.end), "were" | "are" | "was"));
        joined && NONE.contains(&self.word(answer))
    }
}

fn describe(wrong: &Wrong<'_>, paragraph: &Paragraph<'_>) -> Finding {
    let whole = wrong.whole.noun.map_or(wrong.whole.span, |noun| wrong.whole.span.cover(noun.span));
    let (parts, sum, told) = (paragraph.phrase(wrong.parts), wrong.sum, paragraph.phrase(whole));
    Finding {
        related: vec![(Place::here(whole), "the whole".to_owned())],
        ..Finding::new(
            Place::here(wrong.parts),
            format!("“{parts}” make {sum}, not “{told}”. Readers will count: check each of the figures."),
        )
    }
}

fn describe_excess(excess: &Excess<'_>, paragraph: &Paragraph<'_>) -> Finding {
    let Excess { others, last, sum } = excess;
    let place = |share: &Quantity| Place::here(share.span);
    let words = |share: &Quantity| format!("“{}”", paragraph.phrase(share.span));
    let rest: Vec<String> = others.iter().map(|share| words(share)).collect();
    let message = format!(
        "{} and {} make {sum}% of people who give one answer each. Check the shares.",
        rest.join(", "),
        words(last)
    );
    let related = others.iter().map(|share| (place(share), "another share".to_owned()));
    Finding { related: related.collect(), ..Finding::new(place(last), message) }
}
