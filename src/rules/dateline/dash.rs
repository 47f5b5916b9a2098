use super::Line;
use crate::diagnostic::Severity;
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::Story;
use crate::style::Style;
use crate::text::Span;

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
    let Some(line) = Line::of(story, style).filter(|line| !line.form.dash.is_empty()) else { return Vec::new() };
    let (gap, right) = (line.gap(), line.form.dash.as_str());
    // How wide the space is, is not the dateline's business. One with nothing after it has yet to be written on.
    let set = one_space(line.words(gap));
    if line.forms().any(|form| form.dash == set) || gap.end == line.text.len() {
        return Vec::new();
    }
    let (named, whose) = (name(right), line.whose);
    let (span, text) = narrowed(line, gap, right);
    let repair = |title: &str| vec![Repair::safe(title, line.at(span), text)];
    if let Some(date) = line.late_date() {
        let message = "The dateline does not end with its agency: a date follows. Put it before, or leave it out.";
        return vec![line.finding(date, message.into(), Vec::new())];
    }
    let written = line.words(gap).trim();
    let Some(dash) = line.parts.dash else {
        if !written.is_empty() {
            let message = format!("“{written}” stands after the dateline, where {whose} sets {named}.");
            return vec![line.finding(line.parts.span, message, repair("Put the dash in"))];
        }
        let message = format!("No dash divides the dateline from the story. Put {named} after it.");
        return vec![line.finding(line.parts.span, message, repair("Put the dash in"))];
    };
    let message = if written == right.trim() {
        format!("The space around the dateline’s dash is wrong. {} sets {named}.", line.whose_at_start())
    } else {
        format!("The dateline ends in “{written}”, and {whose} ends it in {named}.")
    };
    vec![line.finding(dash, message, repair("Set the dash right"))]
}

/// What has to be replaced in the gap, and by what: space that is there already stays, which may be the end of a line,
/// and so does markup between it and the dash.
fn narrowed<'d>(line: Line<'_>, gap: Span, right: &'d str) -> (Span, &'d str) {
    let (mut span, mut right) = (gap, right);
    let written = line.words(gap);
    let (before, after) = (written.trim_start(), written.trim_end());
    // Of nothing but space, both ends would be the same.
    if before.is_empty() {
        return (span, right);
    }
    if before.len() < written.len() && right.starts_with(' ') {
        span.start = gap.end - before.len();
        right = right.trim_start();
    }
    if after.len() < written.len() && right.ends_with(' ') {
        span.end = gap.start + after.len();
        right = right.trim_end();
    }
    (span, right)
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
fn name(dash: &str) -> String {
    let mark = match dash.trim() {
        "—" => "an em dash",
        "–" => "an en dash",
        "-" => "a hyphen",
        "--" => "two hyphens",
        other => return format!("“{other}”"),
    };
    let space = if dash.starts_with(' ') { "with a space on each side" } else { "without spaces" };
    format!("{mark} {space}")
}
