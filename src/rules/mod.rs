//! The rules: one plain table, one file a rule. Each detects, describes and repairs.

mod attribution;
mod config;
pub mod rule;
mod structure;
mod usage;

pub use rule::{Detect, Finding, Quotes, Repair, Rule};

/// Every built-in rule, by family, in the order of the documentation.
pub const RULES: &[Rule] = &[
    attribution::unnamed_media::RULE,
    structure::placeholder::RULE,
    structure::advisory_left::RULE,
    usage::term::RULE,
    config::mistake::RULE,
    config::suppression_reason::RULE,
    config::unused_suppression::RULE,
];

/// The rule called `name`.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}
