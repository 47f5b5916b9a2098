use std::mem::discriminant;

use super::is_sentence_case;
use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::headlines::{charge, is_short_for_name, leads_to_charge};
use crate::lexicon::{Class, Decimal, fold, nationality, places};
use crate::prose::{Case, Kind, Token};
use crate::rules::names::inconsistent_spelling::{is_unknown, one_letter_apart};
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::quantities::{Kind as Of, Quantity};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "headline/not-in-story",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::On,
    reads: &[Role::Headline],
    yields_to: &["names/inconsistent-spelling", "names/known-spelling", "facts/number-mismatch"],
    page: include_str!("../../../rules/headline/not-in-story.md"),
    detect: Detect::Story(check),
};

/// Fewest tokens below a headline that are a story: what is begun may not have come to all of it.
const ENOUGH: usize = 100;
/// Most things that a headline is looked up for; a longer one is none.
const MOST: usize = 12;

/// What a headline names.
struct Named {
    span: Span,
    what: What,
    /// Whether something in the story may stand for it.
    like: bool,
}

enum What {
    /// A name, folded.
    Name(String),
    Number(Decimal),
    /// A percentage: a story may have what it is worked out from.
    Share(Decimal),
    Charge(usize),
    /// A vote or a result, the larger figure first. It is told only where the story has another one.
    Score(u32, u32),
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let Some(index) = story.headline else { return Vec::new() };
    let headline = &story.paragraphs[index];
    let mut named = named(headline);
    let mut tokens = 0;
    for paragraph in story.paragraphs.iter().filter(|paragraph| paragraph.role != Role::Headline) {
        if named.is_empty() {
            return Vec::new();
        }
        tokens += paragraph.facts.prose.tokens.len();
        named.retain_mut(|named| !is_in(named, paragraph));
    }
    if tokens < ENOUGH {
        return Vec::new();
    }
    let findings = named.iter().filter_map(|named| {
        let near = if let What::Name(name) = &named.what { nearest(story, name) } else { None };
        (near.is_some() || !named.like).then(|| describe(Place::new(index, named.span), headline, named, near))
    });
    findings.collect()
}

/// The names, numbers and charges of a headline that a story surely repeats.
fn named(headline: &Paragraph<'_>) -> Vec<Named> {
    let (text, facts) = (headline.text, headline.facts);
    let tokens = &facts.prose.tokens;
    if !is_sentence_case(text, tokens) {
        return Vec::new();
    }
    // "Ann Roe: It was the sea" is by her, and "Ferry sinks | Gazette" in it.
    let is_end = |token: &Token| matches!(token.of(text), "|" | "-" | "–" | "—");
    let end = tokens.iter().rposition(is_end).unwrap_or(tokens.len());
    let label = tokens.iter().position(|token| token.of(text) == ":").map_or(0, |at| at + 1);
    let named = |span: Span, what: What| Named { span, what, like: false };
    let names = (label.max(1)..end).filter(|at| is_name(text, tokens, *at));
    let names = names.map(|at| named(tokens[at].span(), What::Name(key(tokens[at].of(text)))));
    let numbers = facts.quantities.iter().filter(|quantity| is_told(tokens, quantity));
    let numbers = numbers.map(|quantity| {
        let is = if matches!(quantity.kind, Of::Percent) { What::Share } else { What::Number };
        named(quantity.span, is(quantity.figure.value))
    });
    let charges = (0..tokens.len()).filter_map(|at| charged(text, tokens, at));
    let charges = charges.map(|(span, charge)| named(span, What::Charge(charge)));
    let scores = scores(text, tokens).filter(|(at, ..)| is_within(tokens, *at));
    let scores =
        scores.map(|(at, more, less)| Named { span: tokens[at].span(), what: What::Score(more, less), like: true });
    names.chain(numbers).chain(charges).chain(scores).take(MOST).collect()
}

/// The votes and results among the tokens, "6-2", each with its token and its figures, the larger one first.
fn scores<'t>(text: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = (usize, u32, u32)> + 't {
    /// What is larger is a year or a model: "2024-25", "737-800".
    const MOST: u32 = 500;
    /// "Fifty-fifty", and around the clock.
    const PHRASES: [(u32, u32); 2] = [(50, 50), (24, 7)];
    let numbers = tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Number);
    numbers.filter_map(move |(at, token)| {
        let (one, other) = token.of(text).split_once('-')?;
        let (one, other): (u32, u32) = (one.parse().ok()?, other.parse().ok()?);
        let score = (one.max(other), one.min(other));
        (score.0 < MOST && !PHRASES.contains(&score)).then_some((at, score.0, score.1))
    })
}

/// Whether the token is surely a name that has no other form.
fn is_name(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let word = token.of(text);
    let plain = token.kind == Kind::Word
        && token.case == Case::Title
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
        && word.chars().nth(super::SHORTEST - 1).is_some();
    // "OAPs" is short for something.
    let spelled = !word.chars().nth(1).is_some_and(char::is_uppercase);
    // The story may do without a given name.
    let last = !tokens.get(at + 1).is_some_and(Token::is_proper);
    plain
        && spelled
        && last
        && is_within(tokens, at)
        && !token.quoted
        && !token.class.any(Class::MONTH.with(Class::WEEKDAY).with(Class::DOCUMENT).with(Class::MEDIA))
        && is_unknown(word)
        && !nationality(word)
        && !is_short_for_name(word)
}

/// Whether the token stands in the middle of the headline: what opens it, or a quotation, or follows a mark, may have a
/// capital for that, or count what is in a list.
fn is_within(tokens: &[Token], at: usize) -> bool {
    at > 0 && !matches!(tokens[at - 1].kind, Kind::Mark | Kind::Quote)
}

/// The name as it is compared: without what stands before its apostrophe.
fn key(name: &str) -> String {
    fold(name.split(['\'', '’']).max_by_key(|part| part.len()).unwrap_or(name))
}

/// Whether a story gives the number again: a share, a sum of money, or a count that is no list's.
fn is_told(tokens: &[Token], quantity: &Quantity) -> bool {
    const COUNTED: i64 = 10;
    let counted = || quantity.figure.value.whole().is_some_and(|value| value >= COUNTED);
    let kind = match quantity.kind {
        Of::Percent | Of::Money(_) => true,
        Of::Count => is_within(tokens, quantity.tokens.start) && counted(),
        _ => false,
    };
    kind && quantity.is_exact() && !quantity.figure.words && quantity.joined.is_none()
}

/// The charge after a verdict, or in one: "convicted of second-degree murder".
fn charged(text: &str, tokens: &[Token], at: usize) -> Option<(Span, usize)> {
    const FARTHEST: usize = 4;
    tokens[at].class.any(Class::COURT).then_some(())?;
    let after = tokens.get(at + 1..)?.iter().take(FARTHEST);
    let mut after = after.skip_while(|token| leads_to_charge(token.of(text)));
    let token = after.next()?;
    Some((token.span(), charge(token.of(text))?))
}

/// Whether a paragraph has what is named, and keeps in mind whether it has something like it.
fn is_in(named: &mut Named, paragraph: &Paragraph<'_>) -> bool {
    let (text, facts) = (paragraph.text, paragraph.facts);
    let tokens = &facts.prose.tokens;
    match &named.what {
        What::Score(one, other) => {
            let told = scores(text, tokens).inspect(|_| named.like = false);
            told.filter(|(_, a, b)| (a, b) == (one, other)).count() > 0
        }
        What::Charge(row) => tokens.iter().any(|token| charge(token.of(text)) == Some(*row)),
        What::Number(value) | What::Share(value) => {
            let quantities = facts.quantities.iter().flat_map(|quantity| [Some(quantity.figure), quantity.to]);
            quantities.flatten().any(|figure| is_about(figure.value, *value))
                || tokens.iter().any(|token| token.kind == Kind::Number && is_figure_of(token.of(text), *value))
                || matches!(named.what, What::Share(_)) && is_worked_out(*value, &facts.quantities)
        }
        What::Name(name) => tokens.iter().any(|token| {
            let word = token.of(text);
            match token.kind {
                Kind::Word => word.split(['-', '\'', '’']).any(|part| is_form(part, name, &mut named.like)),
                Kind::Foreign => fold(word).contains(name.as_str()),
                _ => false,
            }
        }),
    }
}

/// Whether a word of the story is the name; if it begins as the name does, it may be another form of it: French, France.
fn is_form(word: &str, name: &str, like: &mut bool) -> bool {
    /// Of a name of six letters or more, four.
    const BEGINNING: usize = 3;
    let long = usize::from(name.chars().nth(5).is_some());
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let beginning =
        name.chars().take(BEGINNING + long).all(|wanted| letters.next().is_some_and(|c| same_letter(c, wanted)));
    *like |= beginning;
    beginning && fold(word) == name
}

fn same_letter(letter: char, folded: char) -> bool {
    letter == folded || !letter.is_ascii()
}

/// Whether the number may be the other one, rounded or not.
fn is_about(value: Decimal, other: Decimal) -> bool {
    const NEAR: Decimal = Decimal::new(15, 0);
    let apart = value.minus(other).map(Decimal::abs).and_then(|apart| apart.times(NEAR));
    apart.is_none_or(|apart| apart <= other.abs())
}

/// Whether the percentage, rounded, is by how much one of the quantities is more or less than another of its kind, or how
/// much of it that is: "fell to $92 million from $100 million".
fn is_worked_out(share: Decimal, quantities: &[Quantity]) -> bool {
    const HUNDRED: Decimal = Decimal::new(100, 0);
    const TWICE: Decimal = Decimal::new(2, 0);
    let is_share = |part: Decimal, whole: Decimal| {
        let off = part.times(HUNDRED)?.minus(share.times(whole)?)?.abs().times(TWICE)?;
        Some(off <= whole.abs())
    };
    let counted = || quantities.iter().filter(|quantity| matches!(quantity.kind, Of::Count | Of::Money(_)));
    counted().any(|whole| {
        let (kind, whole) = (discriminant(&whole.kind), whole.figure.value);
        let shares = |part: Decimal| {
            let change = part.minus(whole)?.abs();
            Some(is_share(part, whole)? || is_share(change, whole)?)
        };
        let mut parts = counted().filter(|part| discriminant(&part.kind) == kind).map(|part| part.figure.value);
        parts.any(|part| part != whole && shares(part) == Some(true))
    })
}

/// Whether the figure may be the number with or without its thousands or millions.
fn is_figure_of(figure: &str, value: Decimal) -> bool {
    let digits = figure.trim_end_matches(|c: char| !c.is_ascii_digit());
    Decimal::read(digits).is_some_and(|read| [0, 3, 6, 9, 12].iter().any(|power| is_about(read.shifted(*power), value)))
}

/// The name in the story that is one letter off.
fn nearest<'s>(story: &Story<'s>, name: &str) -> Option<&'s str> {
    const SHORTEST: usize = 5;
    /// How often it must stand there.
    const OFTEN: usize = 2;
    if name.chars().count() < SHORTEST {
        return None;
    }
    let mut found: Option<(&str, usize)> = None;
    for paragraph in story.paragraphs.iter().filter(|paragraph| paragraph.is_copy()) {
        for token in paragraph.facts.prose.tokens.iter().filter(|token| token.case == Case::Title) {
            let word = token.of(paragraph.text);
            match &mut found {
                Some((known, times)) if *known == word => *times += 1,
                None if is_near(word, name) => found = Some((word, 1)),
                _ => {}
            }
        }
    }
    found.filter(|(_, times)| *times >= OFTEN).map(|(word, _)| word)
}

fn is_near(word: &str, name: &str) -> bool {
    word.len().abs_diff(name.len()) <= 2
        && word.chars().flat_map(char::to_lowercase).next() == name.chars().next()
        && one_letter_apart(&fold(word), name)
        && is_unknown(word)
        && places::region(word).is_none()
}

fn describe(place: Place, headline: &Paragraph<'_>, named: &Named, near: Option<&str>) -> Finding {
    let words = headline.phrase(named.span);
    match (&named.what, near) {
        (What::Name(_), Some(near)) => {
            let message = format!("The headline has “{words}” and the story “{near}.” Check which is right.");
            Finding::new(place, message).mended_by(vec![Repair::offer(format!("Write “{near}”"), place, near)])
        }
        (What::Name(_), None) => {
            let message = format!(
                "“{words}” is in the headline and nowhere in the story, so readers wait for it in vain. Check the name, or \
                 say in the story who or what it is."
            );
            Finding::new(place, message)
        }
        (What::Number(_) | What::Share(_), _) => {
            let message = format!(
                "The headline says “{words},” and the story has no such number. Check which is right, or give it in the story."
            );
            Finding::new(place, message)
        }
        (What::Score(..), _) => {
            let message =
                format!("The headline says “{words},” and the story has another figure. Check which is right.");
            Finding::new(place, message)
        }
        (What::Charge(_), _) => {
            let message = format!(
                "The headline says “{words}” and the story doesn’t. A wrong charge does harm, and may be libel. Check it."
            );
            Finding::new(place, message)
        }
    }
}
