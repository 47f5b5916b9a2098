use crate::diagnostic::Severity;
use crate::lexicon::Class;
use crate::prose::{Case, Kind, Mark, Quotation, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::{Stops, Style};
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "quotes/terminal",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::About,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/quotes/terminal.md"),
    detect: Detect::Paragraph(check),
};

/// A comma or full stop on the wrong side of the closing mark.
struct Misplaced {
    /// What stands before them.
    last: Span,
    /// The mark and the stop, in the order in which they stand.
    span: Span,
    /// What should stand there.
    right: String,
    /// Whether it may be mended unseen.
    plain: bool,
}

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let Some(stops) = style.quotes.stops else { return Vec::new() };
    let prose = &paragraph.facts.prose;
    let outer = prose.quotations.iter().map(|quotation| (quotation, true));
    let all = outer.chain(prose.nested.iter().map(|quotation| (quotation, false)));
    all.filter_map(|(quotation, outer)| {
        let found = match stops {
            Stops::Inside => outside(paragraph, quotation, outer),
            Stops::BySense => inside(paragraph, quotation).filter(|_| outer),
        };
        found.map(|misplaced| describe(paragraph, stops, &misplaced))
    })
    .collect()
}

/// A comma or full stop right after the closing mark.
fn outside(paragraph: &Paragraph<'_>, quotation: &Quotation, outer: bool) -> Option<Misplaced> {
    let close = whole(quotation)?;
    let prose = &paragraph.facts.prose;
    let next = prose.token_at(close.span.end);
    let stop = prose.tokens.get(next).filter(|token| token.start as usize == close.span.end)?.span();
    let stopped = matches!(paragraph.words(stop), "," | ".");
    // ". . ." is an ellipsis, and "Corp”.-owned" is nothing that anybody could put right unseen.
    let after = paragraph.text[stop.end..].chars().next();
    if !stopped || paragraph.text[stop.end..].trim_start().starts_with('.') || after.is_some_and(char::is_alphanumeric)
    {
        return None;
    }
    let last = prose.tokens_in(quotation.inner).last()?;
    let span = close.span.cover(stop);
    let mark = paragraph.words(close.span);
    let ended = paragraph.words(last.span());
    // An address ends where it ends, and what breaks off needs a person.
    if last.kind == Kind::Foreign || ended.ends_with("..") || ended == "…" {
        return None;
    }
    let doubled = match ended {
        // In a list of titles, "Who Is She?", keeps its comma.
        "?" | "!" => true,
        "." if paragraph.words(stop) == "," => return None,
        _ => ended.ends_with(paragraph.words(stop)),
    };
    let right = if doubled { mark.to_owned() } else { format!("{}{mark}", paragraph.words(stop)) };
    Some(Misplaced { last: last.span(), span, right, plain: outer && !close.single && !matches!(ended, "?" | "!") })
}

/// A comma or full stop inside the closing mark of a fragment: a few words within the reporter's own sentence.
fn inside(paragraph: &Paragraph<'_>, quotation: &Quotation) -> Option<Misplaced> {
    let (open, close) = (quotation.open?, whole(quotation)?);
    let prose = &paragraph.facts.prose;
    let tokens = prose.tokens_in(quotation.inner);
    let [first, .., last, stop] = tokens else { return None };
    let stop = stop.span();
    let stopped = matches!(paragraph.words(stop), "," | ".");
    let one =
        tokens[..tokens.len() - 1].iter().all(|token| !matches!(token.of(paragraph.text), "." | "?" | "!" | "..."));
    let before = prose.token_at(open.span.start).checked_sub(1).map(|at| &prose.tokens[at])?;
    let fragment = first.case == Case::Lower && tokens.len() <= FRAGMENT && leads_in(before);
    if !stopped || !one || !fragment || close.single {
        return None;
    }
    let right = format!("{}{}", paragraph.words(close.span), paragraph.words(stop));
    Some(Misplaced { last: last.span(), span: stop.cover(close.span), right, plain: false })
}

/// Most tokens of a fragment.
const FRAGMENT: usize = 8;

/// Whether the word goes on into a fragment: "it was “a disgrace”". After a comma or a verb of speech a sentence of the
/// speaker's goes on.
fn leads_in(before: &Token) -> bool {
    before.kind == Kind::Word && before.case == Case::Lower && !before.class.any(Class::SPEECH)
}

/// The closing mark of a quotation that has both.
fn whole(quotation: &Quotation) -> Option<Mark> {
    quotation.open.and(quotation.close)
}

fn describe(paragraph: &Paragraph<'_>, stops: Stops, misplaced: &Misplaced) -> Finding {
    let (last, written, right) = (paragraph.words(misplaced.last), paragraph.words(misplaced.span), &misplaced.right);
    let what = if written.contains(',') { "comma" } else { "full stop" };
    let write = format!("Write {last}{right} instead of {last}{written}");
    let message = match stops {
        _ if !right.contains([',', '.']) => {
            format!("The quotation ends with a mark of its own, so the {what} after it is one too many. {write}")
        }
        Stops::Inside => format!("The house puts the {what} inside the quotation mark. {write}"),
        Stops::BySense => {
            format!("The quotation is a fragment, so the {what} is the story’s and stands outside. {write}")
        }
    };
    let place = Place::here(misplaced.span);
    let title = format!("Write {last}{right}");
    let repair = if misplaced.plain { Repair::safe(title, place, right) } else { Repair::offer(title, place, right) };
    Finding::new(place, message).mended_by(vec![repair])
}
