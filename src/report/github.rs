use std::fmt::Write as _;

use super::Checked;
use crate::diagnostic::Severity;

/// A workflow command for each finding.
pub(super) fn write(checked: &Checked<'_>) -> String {
    let mut out = String::new();
    for diagnostic in checked.diagnostics {
        let (start, end) = (checked.at(diagnostic.span.start), checked.at(diagnostic.span.end));
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Suggestion => "notice",
        };
        let path = property(checked.path);
        let _ = write!(out, "::{command} file={path},line={},endLine={}", start.line, end.line);
        // GitHub takes columns only where there is one line.
        if start.line == end.line {
            let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
        }
        let _ = writeln!(out, ",title={}::{}", property(diagnostic.rule), data(&diagnostic.message));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_would_end_a_property_or_a_command() {
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(data("50%: a, b\r\n::error::"), "50%25: a, b%0D%0A::error::");
    }
}
