use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::times::{Half, Mention};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/noon-midnight",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["dates/impossible", "dates/time-redundant"],
    page: include_str!("../../../rules/dates/noon-midnight.md"),
    detect: Detect::Paragraph(check),
};

/// How far the words say which of the two is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sure {
    Yes,
    /// Another reading is possible.
    Likely,
    /// The word would not fit: "8-12 p.m."
    Unfit,
}

/// Twelve o'clock in figures.
struct Twelve {
    span: Span,
    right: &'static str,
    sure: Sure,
    /// Whether "12" stands beside the word already.
    doubled: bool,
}

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    if style.dates.time.is_none() {
        return Vec::new();
    }
    let times = super::times(paragraph);
    let found = times
        .iter()
        .enumerate()
        .filter_map(|(at, mention)| detect(mention, at.checked_sub(1).and_then(|before| times.get(before)), paragraph));
    found.map(|twelve| describe(&twelve, paragraph)).collect()
}

fn detect(mention: &Mention, before: Option<&Mention>, paragraph: &Paragraph<'_>) -> Option<Twelve> {
    let (half, _) = mention.half.filter(|_| mention.hour == 12 && mention.minute.unwrap_or(0) == 0)?;
    let unfit = mention.range && before.is_some_and(|before| before.range && before.half.is_none());
    let (right, likely) = match half {
        Half::Noon => ("noon", false),
        Half::Midnight => ("midnight", false),
        // "12 p.m. on New Year's Eve" may be a slip for the other one.
        Half::Evening => {
            ("noon", has(paragraph, mention, |word| matches!(word, "night" | "tonight" | "midnight" | "Eve")))
        }
        // Midnight ends a day, and 12 a.m. begins one.
        Half::Morning => ("midnight", names_day(paragraph, mention)),
    };
    let sure = match (unfit, likely) {
        (true, _) => Sure::Unfit,
        (false, true) => Sure::Likely,
        (false, false) => Sure::Yes,
    };
    let next = super::after(paragraph, mention.span.end).filter(|next| next.of(paragraph.text) == right);
    let span = next.map_or(mention.span, |next| mention.span.cover(next.span()));
    Some(Twelve { span, right, sure, doubled: next.is_some() || matches!(half, Half::Noon | Half::Midnight) })
}

fn has(paragraph: &Paragraph<'_>, mention: &Mention, is: impl Fn(&str) -> bool) -> bool {
    let prose = &paragraph.facts.prose;
    let Some(index) = prose.sentence_at(mention.span.start) else { return false };
    prose.tokens_of(&prose.sentences[index]).iter().any(|token| is(token.of(paragraph.text)))
}

fn names_day(paragraph: &Paragraph<'_>, mention: &Mention) -> bool {
    let prose = &paragraph.facts.prose;
    let Some(index) = prose.sentence_at(mention.span.start) else { return false };
    let day = Class::WEEKDAY.with(Class::MONTH);
    prose.tokens_of(&prose.sentences[index]).iter().any(|token| {
        token.class.any(day)
            || matches!(token.of(paragraph.text), "today" | "yesterday" | "tomorrow" | "night" | "morning" | "day")
    })
}

fn describe(twelve: &Twelve, paragraph: &Paragraph<'_>) -> Finding {
    let Twelve { span, right, sure, doubled } = *twelve;
    let written = paragraph.phrase(span);
    let message = if doubled {
        format!("There is one {right} a day: write “{right}” without the 12.")
    } else {
        format!("Readers take “{written}” for noon or midnight. Write “{right}” if that is meant.")
    };
    let finding = Finding::new(Place::here(span), message);
    if sure == Sure::Unfit {
        return finding;
    }
    let prose = &paragraph.facts.prose;
    let sentence = prose.sentence_at(span.start).map(|index| &prose.sentences[index]);
    let opens = sentence.is_some_and(|sentence| sentence.span.start == span.start);
    let word = if opens { format!("{}{}", right[..1].to_uppercase(), &right[1..]) } else { right.to_owned() };
    // The stop of "12 p.m." may end the sentence as well.
    let stop = if written.ends_with('.') && super::ends_sentence(paragraph, span.end) { "." } else { "" };
    let (title, text) = (format!("Write “{right}”"), format!("{word}{stop}"));
    let place = Place::here(span);
    let repair = if sure == Sure::Yes { Repair::safe(title, place, text) } else { Repair::offer(title, place, text) };
    finding.mended_by(vec![repair])
}
