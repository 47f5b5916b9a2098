use super::{Slip, once};
use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::prose::{Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "punctuation/spacing",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/punctuation/spacing.md"),
    detect: Detect::Story(check),
};

/// What is wrong with the space between words, or with a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kink {
    /// Two or three spaces between words.
    Wide,
    /// A space before a mark.
    Before,
    /// A mark twice.
    Doubled,
}

struct Found {
    kink: Kink,
    place: Place,
    /// What is marked: with what stands on both sides, since space alone can't be seen.
    shown: Place,
    /// Whether it is in what somebody said.
    said: bool,
    right: &'static str,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let paragraphs = story.paragraphs.iter().enumerate();
    let read = paragraphs.filter(|(_, paragraph)| RULE.reads.contains(&paragraph.role) && has_any(paragraph.text));
    let (wide, others): (Vec<Found>, Vec<Found>) =
        read.flat_map(|(index, paragraph)| detect(index, paragraph)).partition(|found| found.kink == Kink::Wide);
    let (said, own) = wide.into_iter().partition(|found| found.said);
    let of_habit = [habit(own, Applicability::Safe), habit(said, Applicability::Unsafe)];
    of_habit.into_iter().flatten().chain(others.iter().map(|found| describe(story, found))).collect()
}

/// Whether the text may have anything to flag.
fn has_any(text: &str) -> bool {
    let odd = |pair: &[u8]| {
        matches!(pair, [b' ', b' ' | b',' | b'.' | b';' | b':' | b'?' | b'!'] | b",," | b",." | b";;" | b"..")
    };
    text.as_bytes().windows(2).any(odd)
}

fn detect(index: usize, paragraph: &Paragraph<'_>) -> Vec<Found> {
    let (tokens, text) = (&paragraph.facts.prose.tokens, paragraph.text);
    let mut out = Vec::new();
    for pair in tokens.windows(2) {
        let [before, after] = pair else { continue };
        let gap = Span::new(before.end as usize, after.start as usize);
        let rest = &text[after.end as usize..];
        let mut found = |kink, span, right| {
            let (place, shown) = (Place::new(index, span), Place::new(index, before.span().cover(after.span())));
            out.push(Found { kink, place, shown, said: paragraph.said(span), right });
        };
        match (gap.of(text), after.of(text)) {
            // What is further apart stands in columns.
            ("  " | "   ", _) => found(Kink::Wide, gap, " "),
            (" ", "," | "." | ";" | ":" | "?" | "!")
                if ends_words(before) && is_end(rest) && !rest.starts_with(" .") =>
            {
                found(Kink::Before, gap, "");
            }
            ("", mark @ ("," | ";")) if before.of(text) == mark => found(Kink::Doubled, after.span(), ""),
            ("", ".") if before.of(text) == "," => found(Kink::Doubled, before.span(), ""),
            ("", "..") if before.kind == Kind::Word && is_end(rest) => {
                found(Kink::Doubled, after.span(), ".");
            }
            _ => {}
        }
    }
    out
}

/// Whether a mark may follow the token, closed up.
const fn ends_words(token: &Token) -> bool {
    matches!(token.kind, Kind::Word | Kind::Number | Kind::Possessive | Kind::Quote)
}

/// Whether what stands after a mark is no part of what the mark begins.
fn is_end(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | '’' | ')'))
}

fn habit(wide: Vec<Found>, applicability: Applicability) -> Option<Finding> {
    let shown = wide.first()?.shown;
    let slips = wide.into_iter().map(|found| Slip { place: found.place, right: found.right.into() }).collect();
    let finding = once(slips, ("Leave one space", applicability), |_, more| {
        format!("More than one space stands between words here{more}. Set text has one, after a full stop, too.")
    })?;
    Some(Finding { place: shown, ..finding })
}

fn describe(story: &Story<'_>, found: &Found) -> Finding {
    let Found { kink, place, shown, said, right } = *found;
    let (message, title) = match kink {
        Kink::Doubled => ("A mark stands here twice, as after a cut. Keep one.".to_owned(), "Keep one mark"),
        _ => {
            let text = story.paragraphs[place.paragraph].text;
            let mark = text[place.span.end..].chars().next().unwrap_or(' ');
            (format!("A space stands before “{mark}”, as after a cut. Close it up."), "Close it up")
        }
    };
    let repair = if said { Repair::offer(title, place, right) } else { Repair::safe(title, place, right) };
    Finding::new(shown, message).mended_by(vec![repair])
}
