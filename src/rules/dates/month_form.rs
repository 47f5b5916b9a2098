use crate::diagnostic::Severity;
use crate::lexicon::calendar;
use crate::prose::{Case, Kind};
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
    yields_to: &["dates/impossible"],
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
        Some((day, _)) if (1..=31).contains(&day) && is_date(mention, paragraph) => {
            style.months.short.get(mention.month.0 as usize - 1)?
        }
        // "Jan" may be a person; with a stop it is nobody.
        None if written.ends_with('.') || mention.year.is_some() || mention.day.is_some() => &names.name,
        _ => return None,
    };
    // All capitals are a headline or a table, where other rules hold.
    let shouted = written.len() > 3 && written.to_uppercase() == written;
    (written != right && !shouted).then_some(Form { mention, right })
}

/// Whether month and figure are a date of the story's own, and neither count nor name: "In August 20 people died",
/// "the September 11 Memorial".
fn is_date(mention: &Mention, paragraph: &Paragraph<'_>) -> bool {
    let prose = &paragraph.facts.prose;
    let Some((_, day)) = mention.day else { return false };
    let month = prose.token_at(mention.month.1.start);
    let before = month.checked_sub(1).and_then(|at| prose.tokens.get(at)).map_or("", |token| token.of(paragraph.text));
    if mention.year.is_none() && matches!(before, "in" | "In" | "last" | "next" | "this" | "every" | "each") {
        return false;
    }
    let after = prose.tokens.get(prose.token_at(day.end.saturating_sub(1)) + 1);
    let named = after.is_some_and(|token| token.kind == Kind::Word && matches!(token.case, Case::Title | Case::Upper));
    mention.year.is_some() || !named
}

fn describe(form: &Form<'_>, paragraph: &Paragraph<'_>) -> Finding {
    let Form { mention, right } = form;
    let (written, span) = (paragraph.words(mention.month.1), mention.month.1);
    let context = match (mention.day, mention.day_first) {
        (Some(_), false) => "with a day of the month",
        _ => "without a day after it",
    };
    // The stop of "in Dec." may end the sentence as well.
    let prose = &paragraph.facts.prose;
    let sentence = prose.sentence_at(span.start).map(|index| &prose.sentences[index]);
    let ends = written.ends_with('.') && sentence.is_some_and(|sentence| sentence.span.end == span.end);
    let text = if ends { format!("{right}.") } else { (*right).to_owned() };
    Finding::new(Place::here(span), format!("The house writes “{right}” {context}, not “{written}”."))
        .mended_by(vec![Repair::safe(format!("Write “{right}”"), Place::here(span), text)])
}
