use crate::diagnostic::Severity;
use crate::lexicon::calendar;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::dates::Mention;
use crate::story::{Paragraph, Place};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dates/month-form",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["dates/impossible", "dates/order"],
    page: include_str!("../../../rules/dates/month-form.md"),
    detect: Detect::Paragraph(check),
};

/// A month in the wrong form, and the right one.
struct Form<'s> {
    mention: &'s Mention,
    right: &'s str,
}

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let forms = super::mentions(paragraph).filter_map(|mention| detect(mention, paragraph, style));
    forms.map(|form| describe(&form, paragraph)).collect()
}

fn detect<'s>(mention: &'s Mention, paragraph: &Paragraph<'s>, style: &'s Style) -> Option<Form<'s>> {
    let written = paragraph.words(mention.month.1);
    let names = calendar::month_names(mention.month.0)?;
    let day = mention.day.filter(|_| !mention.day_first);
    let right = match day {
        Some((day, _)) if (1..=31).contains(&day) && super::is_date(mention, paragraph) => {
            style.months.short.get(mention.month.0 as usize - 1)?
        }
        // "Jan" may be a person; with a stop it is nobody.
        None if written.ends_with('.') || mention.year.is_some() || mention.day.is_some() => &names.name,
        _ => return None,
    };
    (written != right && !super::is_shouted(written)).then_some(Form { mention, right })
}

fn describe(form: &Form<'_>, paragraph: &Paragraph<'_>) -> Finding {
    let Form { mention, right } = form;
    let (written, span) = (paragraph.words(mention.month.1), mention.month.1);
    let context = match (mention.day, mention.day_first) {
        (Some(_), false) => "with a day of the month",
        _ => "without a day after it",
    };
    // The stop of "in Dec." may end the sentence as well.
    let ends = written.ends_with('.') && super::ends_sentence(paragraph, span.end);
    let text = if ends { format!("{right}.") } else { (*right).to_owned() };
    // "Del Mar 5"
    let full = calendar::month_names(mention.month.0).is_some_and(|month| month.is_full(written));
    let named = !full && !written.ends_with('.') && follows_name(span.start, paragraph);
    let (title, place) = (format!("Write “{right}”"), Place::here(span));
    let repair = if named { Repair::offer(title, place, text) } else { Repair::safe(title, place, text) };
    Finding::new(Place::here(span), format!("The house writes “{right}” {context}, not “{written}”."))
        .mended_by(vec![repair])
}

/// Whether a name stands before the word that begins at `start`. What opens a sentence has its capital from there.
fn follows_name(start: usize, paragraph: &Paragraph<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let before = prose.token_at(start).checked_sub(1);
    before.is_some_and(|at| prose.tokens[at].is_proper() && !super::opens(at, paragraph))
}
