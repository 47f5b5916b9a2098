use std::fmt::Write;

use copydesk::diagnostic::Diagnostic;
use copydesk::fix;
use copydesk::text::Span;

use super::drafts::Mark;

/// Whether the diagnostics found are the ones marked, all of them and no others.
///
/// # Errors
///
/// Those that were missed and those that nobody marked, each underlined.
pub fn compare(text: &str, marks: &[Mark], found: &[Diagnostic]) -> Result<(), String> {
    let mut unexpected: Vec<&Diagnostic> = found.iter().collect();
    let mut report = String::new();
    for mark in marks {
        let fits = |diagnostic: &&Diagnostic| {
            let Diagnostic { rule, message, span, .. } = diagnostic;
            *span == mark.span && (message.contains(&mark.words) || rule.contains(&mark.words))
        };
        match unexpected.iter().position(fits) {
            Some(index) => drop(unexpected.remove(index)),
            None => report += &format!("missed:\n{}", underlined(text, mark.span, &mark.words)),
        }
    }
    for diagnostic in unexpected {
        let words = format!("{} [{}]", diagnostic.message, diagnostic.rule);
        report += &format!("not expected:\n{}", underlined(text, diagnostic.span, &words));
    }
    if report.is_empty() { Ok(()) } else { Err(report) }
}

/// `text` after the `pick`th fix (from 0) of every diagnostic that has as many, applied as `--fix` does: until none
/// is left.
pub fn fixed(text: &str, pick: usize, mut check: impl FnMut(&str) -> Vec<Diagnostic>) -> String {
    let picked = |diagnostic: Diagnostic| diagnostic.fixes.into_iter().nth(pick);
    fix::until_settled(text, |text| check(text).into_iter().filter_map(picked).collect()).0
}

/// `expected` and `found`, line by line; `None` where they are the same.
pub fn difference(expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let mut report = String::from("(- expected, + found)\n");
    for change in similar::TextDiff::from_lines(expected, found).iter_all_changes() {
        let _ = write!(report, "{}{change}", change.tag());
    }
    Some(report)
}

/// The line on which `span` begins, with carets under it and words after them.
fn underlined(text: &str, span: Span, words: &str) -> String {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
    let number = text[..start].matches('\n').count() + 1;
    let indent = text[start..span.start].chars().count();
    let carets = text[span.start..span.end.min(end)].chars().count();
    let goes_on = if span.end > end { ">" } else { "" };
    format!(
        "{number:>4} | {}\n     | {}{}{goes_on} {words}\n",
        &text[start..end],
        " ".repeat(indent),
        "^".repeat(carets),
    )
}
