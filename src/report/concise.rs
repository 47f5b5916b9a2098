use std::fmt::Write as _;

use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use anstream::adapter::strip_str;

use super::{Checked, Look};
use crate::diagnostic::Severity;

pub(super) fn write(checked: &Checked<'_>, look: Look) -> String {
    let mut out = String::new();
    for diagnostic in checked.diagnostics {
        let at = checked.at(diagnostic.span.start);
        let style = if look.color { style(diagnostic.severity) } else { Style::new() };
        let (severity, rule) = (diagnostic.severity.name(), diagnostic.rule);
        let message = one_line(&diagnostic.message);
        let path = checked.path;
        // Writing to a String can't fail.
        let _ = writeln!(out, "{path}:{}:{}: {style}{severity}[{rule}]{style:#} {message}", at.line, at.column);
    }
    out
}

/// The colour in which a severity is shown.
pub(super) fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::BrightRed.on_default(),
        Severity::Warning => AnsiColor::Yellow.on_default(),
        Severity::Suggestion => AnsiColor::BrightCyan.on_default(),
    }
    .effects(Effects::BOLD)
}

/// The message as one line that is safe to show on a terminal, whatever words of the draft it repeats.
pub(super) fn one_line(message: &str) -> String {
    strip_str(message).to_string().chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
