use crate::diagnostic::Severity;
use crate::lexicon::{self, Class, Tenure};
use crate::prose::{Case, Kind};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::people::{Evidence, Held, Mention};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::upper_first;

use super::{JOINS, abbreviation, joins};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/case-before-name",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &["titles/house-style", "titles/inconsistent"],
    page: include_str!("../../../rules/titles/case-before-name.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let found = paragraph.facts.mentions.iter().filter_map(|mention| Some((mention, detect(paragraph, mention)?)));
    let finding = |(mention, held): (&Mention, Held)| {
        let wrong = paragraph.words(held.span);
        let right = right(paragraph, mention, held, style);
        Finding::new(
            Place::here(held.span),
            format!("“{wrong}” is a formal title and takes a capital before a name: “{right}”."),
        )
        .mended_by(vec![Repair::safe(format!("Write “{right}”"), Place::here(held.span), right)])
    };
    found.map(finding).collect()
}

/// The title as it stands before a name: short where the house shortens it, or its next check would ask for that.
fn right(paragraph: &Paragraph<'_>, mention: &Mention, held: Held, style: &Style) -> String {
    let shortens = style.levels.get(abbreviation::RULE.name).is_none_or(Option::is_some);
    let form = abbreviation::other_form(paragraph, mention).filter(|(span, ..)| shortens && *span == held.span);
    form.map_or_else(|| capitalised(paragraph.words(held.span)), |(.., right)| right.to_owned())
}

/// A formal title in lower case that stands directly before a name and nothing makes a description of.
fn detect(paragraph: &Paragraph<'_>, mention: &Mention) -> Option<Held> {
    let held = mention.office.filter(|_| !mention.after && mention.evidence == Evidence::Sure)?;
    if held.deputy || !paragraph.words(held.span).split_whitespace().any(is_lower) {
        return None;
    }
    let offices = || held.ways.iter().map(|way| lexicon::office(*way));
    if offices().any(|office| office.descriptive || office.seat.as_deref() != Some("public")) {
        return None;
    }
    if is_described(paragraph, mention) {
        return None;
    }
    let generic = offices().any(|office| office.generic);
    let tokens = &paragraph.facts.prose.tokens;
    let at = paragraph.facts.prose.token_at(held.span.start);
    let before = at.checked_sub(1).map(|before| tokens[before]);
    let word = before.map_or("", |before| before.of(paragraph.text));
    // A surname alone may be the name of a thing, but hardly after "former".
    if mention.given.is_none() {
        const OTHERS: Class = Class::THING.with(Class::BODY).with(Class::ROLE);
        let surname = tokens.get(paragraph.facts.prose.token_at(mention.surname.start));
        let named = surname.is_some_and(|surname| !surname.class.any(OTHERS));
        if !named || lexicon::tenure(word) != Some(Tenure::Past) {
            return None;
        }
    }
    let Some(before) = before else { return Some(held) };
    let formal = match (before.kind, before.case) {
        (Kind::Mark | Kind::Quote, _) => !matches!(word, "-" | "/" | "&"),
        (Kind::Word, Case::Lower) => joins(paragraph, &before),
        // "Acme president Jane Doe" heads a company.
        (Kind::Word, _) => {
            matches!(word, "U.S." | "US")
                || lexicon::nationality(word)
                || !generic && !before.class.any(Class::BODY.with(Class::THING))
        }
        _ => false,
    };
    formal.then_some(held)
}

/// Whether a word of a title wants a capital.
fn is_lower(word: &str) -> bool {
    word.starts_with(char::is_lowercase) && !is_small(word)
}

/// Whether the word has no capital in a title.
fn is_small(word: &str) -> bool {
    matches!(word, "of" | "the" | "and" | "for")
}

/// Whether "the" or "her" makes a description of the title: "The governor Bob Stone beat was Ann Penn."
fn is_described(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    /// How many words may stand between: "the hawkish Russian president".
    const REACH: usize = 3;
    let prose = &paragraph.facts.prose;
    let at = prose.token_at(mention.title.map_or(mention.span.start, |title| title.start));
    for token in prose.tokens[at.saturating_sub(REACH)..at].iter().rev() {
        let determines = token.class.any(Class::DETERMINER.with(Class::POSSESSIVE));
        if token.kind == Kind::Possessive || determines && !token.class.any(Class::CONJUNCTION) {
            return true;
        }
        if token.kind != Kind::Word || token.class.any(JOINS) || lexicon::encounter(token.of(paragraph.text)) {
            return false;
        }
    }
    false
}

/// The title with capitals, but for its small words.
fn capitalised(title: &str) -> String {
    let words = title.split_whitespace().map(|word| if is_small(word) { word.to_owned() } else { upper_first(word) });
    words.collect::<Vec<_>>().join(" ")
}
