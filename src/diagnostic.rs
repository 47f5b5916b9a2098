//! What a rule found, in the words of a copy editor and at places of the file.

use crate::fix::Fix;
use crate::text::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look.
    Suggestion,
    /// Wrong by the house's rules, most likely.
    Warning,
    /// Must not be published so.
    Error,
}

impl Severity {
    /// The name in configuration, reports and options.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Suggestion => "suggestion",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity called `name`.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Suggestion, Self::Warning, Self::Error].into_iter().find(|severity| severity.name() == name)
    }
}

/// Another place in the draft that a diagnostic speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where, in bytes of the file.
    pub span: Span,
    /// What is there: "first called Defense Secretary here".
    pub message: String,
}

/// Something a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name, `family/what-is-wrong`.
    pub rule: &'static str,
    /// How bad it is, after configuration.
    pub severity: Severity,
    /// What is wrong, why it matters and what to do.
    pub message: String,
    /// Where, in bytes of the file.
    pub span: Span,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// Ways to mend it, the best first.
    pub fixes: Vec<Fix>,
}
