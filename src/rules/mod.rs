//! The rules: one plain table, one file a rule. Each detects, describes and repairs.

mod attribution;
pub mod rule;

pub use rule::{Detect, Finding, Quotes, Repair, Rule};

/// Every built-in rule, by family, in the order of the documentation.
pub const RULES: &[Rule] = &[attribution::unnamed_media::RULE];

/// The rule called `name`.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}
