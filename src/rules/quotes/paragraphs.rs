use super::{goes_on, left_open};
use crate::diagnostic::Severity;
use crate::format::Role;
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "quotes/paragraphs",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::About,
    reads: &[Role::Body, Role::Dateline],
    yields_to: &[],
    page: include_str!("../../../rules/quotes/paragraphs.md"),
    detect: Detect::Story(check),
};

/// What is wrong where a quotation goes on in the next paragraph.
enum Wrong {
    /// Its first paragraph closes it.
    Closed(Place),
    /// The next paragraph, which begins here, does not open it again.
    NotReopened(Place, &'static str),
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).map(|wrong| describe(&wrong)).collect()
}

fn detect<'a>(story: &'a Story<'_>) -> impl Iterator<Item = Wrong> + 'a {
    (1..story.paragraphs.len()).filter_map(|next| {
        let (first, second) = (&story.paragraphs[next - 1], &story.paragraphs[next]);
        let read = [first, second].iter().all(|paragraph| RULE.reads.contains(&paragraph.role));
        if !read || first.facts.prose.quotations.is_empty() || second.facts.prose.quotations.is_empty() {
            return None;
        }
        not_reopened(first, second, next).or_else(|| closed(story, next - 1))
    })
}

/// A quotation left open that the next paragraph closes and does not open.
fn not_reopened(first: &Paragraph<'_>, second: &Paragraph<'_>, next: usize) -> Option<Wrong> {
    let open = left_open(first)?;
    goes_on(second).then_some(())?;
    let start = second.facts.prose.tokens.first()?;
    let mark = if first.words(open.span).is_ascii() { "\"" } else { "“" };
    Some(Wrong::NotReopened(Place::new(next, start.span()), mark))
}

/// A quotation closed at the end of its paragraph, with which the next, all quotation, goes on: nobody else is said to
/// speak.
fn closed(story: &Story<'_>, at: usize) -> Option<Wrong> {
    let (first, second) = (&story.paragraphs[at], &story.paragraphs[at + 1]);
    let close = first.facts.prose.quotations.last().and_then(|quotation| quotation.close)?;
    let ends = !close.single && close.span.end == first.text.trim_end().len();
    let [quotation] = second.facts.prose.quotations.as_slice() else { return None };
    let whole = quotation.open.is_some_and(|open| open.span.start == 0 && !open.single)
        && quotation.outer().end == second.text.trim_end().len();
    // Who says "the bridge is “old”" may say something else next.
    let last = first.facts.prose.sentences.last()?;
    let quoted = last.quoted && last.own_words == 0;
    let by = |paragraph: usize| story.sourcing.get(paragraph)?.last()?.by;
    let same = by(at).is_some() && by(at) == by(at + 1);
    (ends && whole && quoted && same).then_some(Wrong::Closed(Place::new(at, close.span)))
}

fn describe(wrong: &Wrong) -> Finding {
    match wrong {
        Wrong::Closed(place) => Finding::new(
            *place,
            "The quotation goes on in the next paragraph, and a closing mark here makes readers look for another speaker \
             there. Leave it out: only the last paragraph closes the quotation.",
        )
        .mended_by(vec![Repair::offer("Leave the quotation open", *place, "")]),
        Wrong::NotReopened(place, mark) => {
            let start = Place { span: Span::new(place.span.start, place.span.start), ..*place };
            Finding::new(
                *place,
                "The quotation goes on from the paragraph before, and nothing says so here. Open it again with a quotation \
                 mark.",
            )
            .mended_by(vec![Repair::offer("Open the quotation again", start, *mark)])
        }
    }
}
