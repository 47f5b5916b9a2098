//! The rules: one plain table, one file a rule. Each detects, describes and repairs.

mod attribution;
mod config;
mod dateline;
mod dates;
mod names;
pub mod rule;
mod structure;
mod titles;
mod usage;

pub use rule::{Detect, Finding, Quotes, Repair, Rule};

/// Every built-in rule, by family, in the order of the documentation.
pub const RULES: &[Rule] = &[
    attribution::unnamed_media::RULE,
    dateline::city_case::RULE,
    dateline::dash::RULE,
    dateline::date::RULE,
    dateline::format::RULE,
    dateline::region_missing::RULE,
    dateline::region_needless::RULE,
    dateline::state_form::RULE,
    dates::impossible::RULE,
    dates::month_form::RULE,
    dates::weekday_mismatch::RULE,
    titles::inconsistent::RULE,
    titles::house_style::RULE,
    titles::abbreviation::RULE,
    titles::case_before_name::RULE,
    names::inconsistent_spelling::RULE,
    names::courtesy_title::RULE,
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
