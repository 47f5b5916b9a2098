use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Quotes, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/suppression-reason",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::On,
    reads: rule::ALL,
    yields_to: &[],
    page: include_str!("../../../rules/config/suppression-reason.md"),
    detect: Detect::Elsewhere,
};
