use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::{Slip, Style};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "usage/term",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/usage/term.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let slips = style.terms.find(paragraph.text, &paragraph.facts.prose).into_iter();
    let finding = |slip: Slip<'_>| {
        Finding::new(Place::here(slip.span), describe(paragraph.words(slip.span), &slip)).mended_by(vec![repair(slip)])
    };
    slips.map(finding).collect()
}

fn describe(words: &str, slip: &Slip<'_>) -> String {
    let why = slip.term.why.as_deref().map_or(String::new(), |why| format!(" ({why})"));
    format!("The house does not write “{words}”{why}. Write “{}”.", slip.right)
}

fn repair(slip: Slip<'_>) -> Repair {
    Repair::safe(format!("Write “{}”", slip.right), Place::here(slip.span), slip.right)
}
