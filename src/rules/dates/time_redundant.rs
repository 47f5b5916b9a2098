use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::prose::Kind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::times::{Half, Mention};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/time-redundant",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["dates/impossible"],
    page: include_str!("../../../rules/dates/time-redundant.md"),
    detect: Detect::Paragraph(check),
};

/// A part of the day that is told twice.
struct Twice {
    /// From the figure to the end of what tells it again.
    span: Span,
    /// The words that tell it again.
    again: Span,
    /// What to cut.
    cut: Span,
    /// Whether what is left may be read as another hour.
    unsure: bool,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let times = &paragraph.facts.times;
    times.iter().filter_map(|mention| detect(mention, paragraph)).map(|twice| describe(&twice, paragraph)).collect()
}

fn detect(mention: &Mention, paragraph: &Paragraph<'_>) -> Option<Twice> {
    let (half, written) = mention.half?;
    let prose = &paragraph.facts.prose;
    let next = prose.token_at(written.end.saturating_sub(1)) + 1;
    let token = |at: usize| prose.tokens.get(next + at);
    let word = |at: usize| paragraph.token(next + at);
    let through = |at: usize| token(at).map_or(written, crate::prose::Token::span);
    let fits = |part: &str| match half {
        Half::Morning => part == "morning",
        Half::Evening => matches!(part, "afternoon" | "evening" | "night"),
        Half::Noon | Half::Midnight => false,
    };
    // "5 a.m. in the morning", "2 a.m. at night": the phrase goes.
    let phrase = match word(0) {
        "in" if word(1) == "the" && fits(word(2)) => Some(through(2)),
        "at" if word(1) == "night" && matches!(half, Half::Morning | Half::Evening) => Some(through(1)),
        _ => None,
    };
    // "5 p.m. in the afternoon sun"
    let ends = |last: Span| {
        super::is_followed(paragraph, last.end)
            || super::after(paragraph, last.end).is_some_and(|next| next.class.any(Class::WEEKDAY.with(Class::MONTH)))
    };
    if let Some(last) = phrase.filter(|last| ends(*last)) {
        let again = through(0).cover(last);
        // One stop is enough for "p.m." and the sentence.
        let stop = paragraph.words(written).ends_with('.') && paragraph.text[last.end..].starts_with('.');
        let cut = Span::new(written.end, last.end + usize::from(stop));
        return Some(Twice { span: mention.span.cover(last), again, cut, unsure: false });
    }
    // "8 p.m. tonight", "9 a.m. this morning": the day must stay, so that the half goes. "12 tonight" would be no help.
    let day = match word(0) {
        _ if mention.hour == 12 => None,
        "tonight" if half == Half::Evening => Some(through(0)),
        "this" | "last" if fits(word(1)) => Some(through(1)),
        _ => None,
    };
    // "8 p.m. tonight's guests"
    let owns = |last: Span| super::after(paragraph, last.end).is_some_and(|next| next.kind == Kind::Possessive);
    if let Some(last) = day.filter(|last| !owns(*last)) {
        let again = through(0).cover(last);
        let cut = Span::new(mention.figure.end, written.end);
        return Some(Twice { span: mention.span.cover(last), again, cut, unsure: mention.range });
    }
    // "8 p.m. on Monday night": the day stays.
    let at = usize::from(word(0) == "on");
    let named =
        token(at).is_some_and(|token| token.class.any(Class::WEEKDAY)) || matches!(word(at), "tomorrow" | "yesterday");
    let part = token(at + 1).filter(|_| named && fits(word(at + 1)))?;
    let ends = super::is_followed(paragraph, part.end as usize);
    let again = part.span();
    let cut = Span::new(through(at).end, again.end);
    ends.then(|| Twice { span: mention.span.cover(again), again, cut, unsure: false })
}

fn describe(twice: &Twice, paragraph: &Paragraph<'_>) -> Finding {
    let Twice { span, again, cut, unsure } = *twice;
    let words = paragraph.phrase(again);
    let finding = Finding::new(
        Place::here(span),
        format!("“{}” says it twice: “{words}” adds nothing to the hour. Cut one.", paragraph.phrase(span)),
    );
    let (title, place) = (format!("Cut “{}”", paragraph.phrase(cut).trim()), Place::here(cut));
    finding.mended_by(vec![if unsure { Repair::offer(title, place, "") } else { Repair::safe(title, place, "") }])
}
