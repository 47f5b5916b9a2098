use crate::diagnostic::Severity;
use crate::prose::Kind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::dates::Mention;
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/ordinal",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["dates/impossible", "dates/order"],
    page: include_str!("../../../rules/dates/ordinal.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let found = super::mentions(paragraph).filter_map(|mention| Some((mention, detect(mention, paragraph)?)));
    found.map(|(mention, endings)| describe(mention, endings, paragraph)).collect()
}

/// The ordinals' endings of the day, and of the one that goes with it: "Dec. 5th and 6th". "The 6th of December" is
/// said so.
fn detect(mention: &Mention, paragraph: &Paragraph<'_>) -> Option<Vec<Span>> {
    let (number, day) = mention.day?;
    let first = super::ordinal(paragraph, day)?;
    let said = mention.day_first && paragraph.text[first.end..mention.month.1.start].trim() == "of";
    let right = !said && super::is_date(mention, paragraph);
    right.then(|| [Some(first), second(mention, number, first.end, paragraph)].into_iter().flatten().collect())
}

/// The ending of the day that follows the first one, or of the one that stands before it where the month comes last.
fn second(mention: &Mention, number: i8, end: usize, paragraph: &Paragraph<'_>) -> Option<Span> {
    if !mention.range {
        return None;
    }
    let prose = &paragraph.facts.prose;
    let at = prose.token_at(end.saturating_sub(1));
    let other = if mention.day_first { at.checked_sub(2)? } else { at + 2 };
    let token = prose.tokens.get(other).filter(|token| token.kind == Kind::Number)?;
    let len = token.of(paragraph.text).bytes().take_while(u8::is_ascii_digit).count();
    let figure = Span::new(token.start as usize, token.start as usize + len);
    let later = paragraph.words(figure).parse::<i8>().is_ok_and(|day| (day < number) == mention.day_first);
    let ending = super::ordinal(paragraph, figure).filter(|ending| ending.end == token.end as usize)?;
    (later && (mention.day_first || super::is_followed(paragraph, ending.end))).then_some(ending)
}

fn describe(mention: &Mention, endings: Vec<Span>, paragraph: &Paragraph<'_>) -> Finding {
    let (month, day) = (mention.month.1, mention.day.map_or(endings[0], |(_, day)| day));
    let span = month.cover(endings[0]).cover(day);
    let (name, figure) = (paragraph.words(month), paragraph.words(day));
    let right = if mention.day_first { format!("{figure} {name}") } else { format!("{name} {figure}") };
    let edits = endings.into_iter().map(|ending| (Place::here(ending), String::new())).collect();
    let repair = Repair { edits, ..Repair::safe(format!("Write “{right}”"), Place::here(day), "") };
    let written = paragraph.phrase(span);
    Finding::new(
        Place::here(span),
        format!("A day beside its month is a bare figure in the house’s copy: “{right}”, not “{written}”."),
    )
    .mended_by(vec![repair])
}
