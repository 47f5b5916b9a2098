use super::Line;
use crate::diagnostic::Severity;
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::Story;
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dateline/dash",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: crate::rules::rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/dateline/dash.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let Some(line) = Line::own(story, style) else { return Vec::new() };
    let (gap, right) = (line.gap(), style.dateline.dash.as_str());
    // How wide the space is, is not the dateline's business. One with nothing after it has yet to be written on.
    if one_space(line.words(gap)) == right || gap.end == line.text.len() {
        return Vec::new();
    }
    let named = name(right);
    let repair = |title: &str| vec![Repair::safe(title, line.at(gap), right)];
    if let Some(date) = line.late_date() {
        let message = "The dateline does not end with its agency: a date follows. Put it before, or leave it out.";
        return vec![line.finding(date, message.into(), Vec::new())];
    }
    let written = line.words(gap).trim();
    let Some(dash) = line.parts.dash else {
        if !written.is_empty() {
            let message = format!("“{written}” stands after the dateline, where the house sets {named}.");
            return vec![line.finding(line.parts.span, message, repair("Put the dash in"))];
        }
        let message = format!("No dash divides the dateline from the story. Put {named} after it.");
        return vec![line.finding(line.parts.span, message, repair("Put the dash in"))];
    };
    let message = if written == right.trim() {
        format!("The space around the dateline’s dash is wrong. The house sets {named}.")
    } else {
        format!("The dateline ends in “{written}”, and the house ends it in {named}.")
    };
    vec![line.finding(dash, message, repair("Set the dash right"))]
}

/// The dash with each run of space around it made one, and a bar for what it looks like.
fn one_space(gap: &str) -> String {
    let side = |space: bool| if space { " " } else { "" };
    format!(
        "{}{}{}",
        side(gap.starts_with(char::is_whitespace)),
        gap.trim().replace('―', "—"),
        side(gap.ends_with(char::is_whitespace))
    )
}

/// The dash in words.
fn name(dash: &str) -> &'static str {
    match dash {
        " — " => "an em dash with a space on each side",
        " - " => "a hyphen with a space on each side",
        _ => "the house’s dash",
    }
}
