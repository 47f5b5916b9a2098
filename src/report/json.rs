use serde::Serialize;

use super::{Checked, LineColumn};
use crate::diagnostic::Diagnostic;
use crate::fix::Fix;
use crate::text::{Edit, Span};

/// How the document begins; its files follow, separated by commas.
pub(super) const OPEN: &str = "{\"version\":1,\"files\":[";

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    span: [usize; 2],
    start: LineColumn,
    end: LineColumn,
    related: Vec<Related<'a>>,
    fixes: Vec<Repair<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    span: [usize; 2],
    start: LineColumn,
    end: LineColumn,
    message: &'a str,
}

#[derive(Serialize)]
struct Repair<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    span: [usize; 2],
    text: &'a str,
}

pub(super) fn write(checked: &Checked<'_>) -> String {
    let file = File {
        path: checked.path,
        diagnostics: checked.diagnostics.iter().map(|diagnostic| entry(checked, diagnostic)).collect(),
    };
    super::to_json(&file)
}

fn entry<'a>(checked: &Checked<'_>, diagnostic: &'a Diagnostic) -> Entry<'a> {
    let related = diagnostic.related.iter().map(|related| Related {
        span: pair(related.span),
        start: checked.at(related.span.start),
        end: checked.at(related.span.end),
        message: &related.message,
    });
    Entry {
        rule: diagnostic.rule,
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        span: pair(diagnostic.span),
        start: checked.at(diagnostic.span.start),
        end: checked.at(diagnostic.span.end),
        related: related.collect(),
        fixes: diagnostic.fixes.iter().map(repair).collect(),
    }
}

fn repair(fix: &Fix) -> Repair<'_> {
    let edits = fix.edits.iter().map(|Edit { span, text }| Replacement { span: pair(*span), text });
    Repair { title: &fix.title, applicability: fix.applicability.name(), edits: edits.collect() }
}

fn pair(span: Span) -> [usize; 2] {
    [span.start, span.end]
}
