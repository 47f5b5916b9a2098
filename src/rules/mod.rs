//! The rules: one plain table, one file a rule. Each detects, describes and repairs.

mod acronyms;
mod attribution;
mod config;
mod dateline;
mod dates;
mod facts;
mod headline;
mod legal;
mod names;
mod numbers;
mod punctuation;
mod quotes;
mod rule;
mod structure;
mod titles;
mod usage;
mod words;

pub use rule::{Detect, Finding, Quotes, Repair, Rule, summary};
pub use words::Words;

use crate::nearest;
use crate::styles::Set;
pub use crate::styles::family;

/// Every built-in rule, by family, in the order of the documentation.
pub const RULES: &[Rule] = &[
    attribution::unattributed_quote::RULE,
    attribution::unattributed_claim::RULE,
    attribution::late_speaker::RULE,
    attribution::ambiguous_speaker::RULE,
    attribution::run_on_speakers::RULE,
    attribution::bare_source::RULE,
    attribution::vague_source::RULE,
    attribution::anonymous_no_reason::RULE,
    attribution::anonymous_rote_reason::RULE,
    attribution::anonymous_opinion::RULE,
    attribution::plural_sources::RULE,
    attribution::anonymous_only::RULE,
    attribution::anonymous_no_byline::RULE,
    attribution::anonymous_and_declined::RULE,
    attribution::unnamed_critics::RULE,
    attribution::agentless_belief::RULE,
    attribution::unnamed_study::RULE,
    attribution::unnamed_media::RULE,
    attribution::reportedly::RULE,
    attribution::social_origin::RULE,
    attribution::unverified_media::RULE,
    attribution::loaded_verb::RULE,
    attribution::truth_verb::RULE,
    attribution::mind_reading::RULE,
    attribution::nonspeech_verb::RULE,
    attribution::stiff_verb::RULE,
    attribution::tense_mix::RULE,
    attribution::inverted_said::RULE,
    attribution::fragment_quote::RULE,
    attribution::thin_identification::RULE,
    attribution::channel_clash::RULE,
    titles::inconsistent::RULE,
    titles::two_holders::RULE,
    titles::not_held::RULE,
    titles::house_style::RULE,
    titles::abbreviation::RULE,
    titles::case_before_name::RULE,
    titles::case_after_name::RULE,
    titles::case_alone::RULE,
    titles::occupation_case::RULE,
    titles::modifier_case::RULE,
    titles::abbreviated_alone::RULE,
    titles::military_rank::RULE,
    titles::the_rev::RULE,
    titles::long_before_name::RULE,
    names::inconsistent_spelling::RULE,
    names::known_spelling::RULE,
    names::courtesy_title::RULE,
    names::first_reference::RULE,
    names::never_introduced::RULE,
    names::shared_surname::RULE,
    names::second_reference_title::RULE,
    acronyms::undefined::RULE,
    acronyms::unused::RULE,
    acronyms::in_parentheses::RULE,
    dateline::missing::RULE,
    dateline::format::RULE,
    dateline::city_case::RULE,
    dateline::dash::RULE,
    dateline::date::RULE,
    dateline::region_missing::RULE,
    dateline::ambiguous_city::RULE,
    dateline::region_needless::RULE,
    dateline::state_form::RULE,
    dateline::body_state::RULE,
    dates::weekday_mismatch::RULE,
    dates::impossible::RULE,
    dates::publication_date::RULE,
    dates::month_form::RULE,
    dates::ordinal::RULE,
    dates::order::RULE,
    dates::year_commas::RULE,
    dates::weekday_form::RULE,
    dates::weekday_or_date::RULE,
    dates::on_weekday::RULE,
    dates::relative_day::RULE,
    dates::numeric::RULE,
    dates::time_form::RULE,
    dates::noon_midnight::RULE,
    dates::time_redundant::RULE,
    dates::decade::RULE,
    dates::clock_zone::RULE,
    numbers::threshold::RULE,
    numbers::sentence_start::RULE,
    numbers::age::RULE,
    numbers::percent::RULE,
    numbers::percentage_points::RULE,
    numbers::money::RULE,
    numbers::magnitude::RULE,
    numbers::grouping::RULE,
    numbers::ordinal_word::RULE,
    facts::number_mismatch::RULE,
    facts::sum::RULE,
    facts::percent_change::RULE,
    facts::age_birth::RULE,
    facts::unit_conversion::RULE,
    facts::place_region::RULE,
    quotes::unbalanced::RULE,
    quotes::paragraphs::RULE,
    quotes::nested::RULE,
    quotes::terminal::RULE,
    quotes::style_mix::RULE,
    quotes::ellipsis::RULE,
    quotes::brackets::RULE,
    quotes::scare::RULE,
    punctuation::spacing::RULE,
    punctuation::dash::RULE,
    punctuation::serial_comma::RULE,
    punctuation::abbreviation_stops::RULE,
    punctuation::symbol::RULE,
    headline::not_in_story::RULE,
    headline::unattributed_claim::RULE,
    headline::case::RULE,
    headline::length::RULE,
    legal::guilt_label::RULE,
    legal::crime_as_fact::RULE,
    legal::minor_named::RULE,
    legal::abuse_victim_named::RULE,
    legal::naming_before_charge::RULE,
    structure::advisory_left::RULE,
    structure::placeholder::RULE,
    structure::buried_source::RULE,
    usage::term::RULE,
    config::mistake::RULE,
    config::suppression_reason::RULE,
    config::unused_suppression::RULE,
];

/// Every built-in rule: those above, then those written as data.
pub fn built_in() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().chain(words::built_in().rules())
}

/// What looks for the built-in rules that are written as data.
pub fn words() -> &'static Set {
    words::built_in().set()
}

/// The built-in rule called `name`.
pub fn find(name: &str) -> Option<&'static Rule> {
    built_in().find(|rule| rule.name == name)
}

/// The built-in rules that `name` stands for: the rule of that name, or all of a family.
pub fn named(name: &str) -> impl Iterator<Item = &'static Rule> {
    built_in().filter(move |rule| rule.stands_for(name))
}

/// The built-in rule or family that `name` was most likely meant to be.
pub fn nearest(name: &str) -> Option<&'static str> {
    nearest::nearest(name, built_in().flat_map(|rule| [rule.name, rule.family()]))
}
