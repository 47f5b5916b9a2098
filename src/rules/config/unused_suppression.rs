use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Quotes, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/unused-suppression",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: rule::ALL,
    yields_to: &[],
    page: include_str!("../../../rules/config/unused-suppression.md"),
    detect: Detect::Elsewhere,
};
