use crate::diagnostic::Severity;
use crate::rules::rule::{self, Detect, Quotes, Rule};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "config/mistake",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::On,
    reads: rule::ALL,
    yields_to: &[],
    page: include_str!("../../../rules/config/mistake.md"),
    detect: Detect::Elsewhere,
};
