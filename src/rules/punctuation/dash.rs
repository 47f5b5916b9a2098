use super::is_word;
use crate::diagnostic::Severity;
use crate::prose::{Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "punctuation/dash",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["dateline/dash"],
    page: include_str!("../../../rules/punctuation/dash.md"),
    detect: Detect::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, style: &Style) -> Vec<Finding> {
    let right = style.punctuation.dash.as_str();
    if right.is_empty() || !["—", "–", "--"].iter().any(|dash| paragraph.text.contains(dash)) {
        return Vec::new();
    }
    detect(paragraph, right).map(|gap| describe(paragraph, gap, right)).collect()
}

/// The dashes between words, with the space around them, that are not as the house sets them.
fn detect<'p>(paragraph: &Paragraph<'p>, right: &'p str) -> impl Iterator<Item = Span> + use<'p> {
    let (paragraph, text) = (*paragraph, paragraph.text);
    let opening = paragraph.facts.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
    let others = paragraph.facts.prose.tokens.iter().filter(move |token| !is_dash(token.of(text)));
    let mut before: Option<&Token> = None;
    others.filter_map(move |after| {
        let before = before.replace(after)?;
        let gap = Span::new(before.end as usize, after.start as usize);
        let written = gap.of(text);
        let dash = written.trim_matches(' ');
        // Closed up, a short dash joins names: "the Quill–Roe letter".
        let divides = match dash {
            "—" | "--" | "---" => true,
            "–" => written.starts_with(' ') && written.ends_with(' '),
            _ => false,
        };
        let range = before.kind == Kind::Number && after.kind == Kind::Number;
        let between = (is_word(before) || before.kind == Kind::Quote) && (is_word(after) || after.kind == Kind::Quote);
        let own = gap.start >= opening && !paragraph.said(gap);
        (divides && !range && between && own && written != right).then_some(gap)
    })
}

fn is_dash(token: &str) -> bool {
    matches!(token, "—" | "–" | "--" | "---")
}

fn describe(paragraph: &Paragraph<'_>, gap: Span, right: &str) -> Finding {
    let written = paragraph.words(gap);
    let wrong = if written.trim() == right.trim() {
        "The space around this dash".to_owned()
    } else {
        format!("“{}” for a dash", written.trim())
    };
    let message =
        format!("{wrong} is not the house’s. It sets “{right}”: readers take dashes of two kinds for two marks.");
    let place = Place::here(gap);
    Finding::habit(place, message, Repair::safe("Set the dashes right", place, right))
}
