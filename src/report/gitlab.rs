use serde::Serialize;

use super::{Checked, relative};
use crate::diagnostic::Severity;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The file's issues, separated by commas.
pub(super) fn write(checked: &Checked<'_>) -> String {
    let issues = checked.diagnostics.iter().zip(super::fingerprints(checked)).map(|(diagnostic, fingerprint)| {
        let lines = Lines { begin: checked.at(diagnostic.span.start).line, end: checked.at(diagnostic.span.end).line };
        let severity = match diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Suggestion => "info",
        };
        super::to_json(&Issue {
            description: &diagnostic.message,
            check_name: diagnostic.rule,
            fingerprint,
            severity,
            location: Location { path: relative(checked.path), lines },
        })
    });
    issues.collect::<Vec<_>>().join(",\n")
}
