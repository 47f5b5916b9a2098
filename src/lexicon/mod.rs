//! What is read from `rules/lexicon/`, once: the words, titles and places that an editor can change without
//! knowing Rust.

mod acronyms;
pub mod calendar;
mod claims;
mod class;
mod decimal;
mod fold;
pub mod gazetteer;
pub mod headlines;
mod legal;
mod names;
pub mod numbers;
mod offices;
pub mod places;
mod punctuation;
pub mod quantities;
mod references;
mod sources;
mod title_forms;
mod titles;
mod verbs;
mod weasel;
mod words;

pub use acronyms::{is_plain_acronym, spelled_out};
pub use claims::{ClaimKind, ClaimPhrase, claim_phrases, is_record};
pub use class::Class;
pub use decimal::Decimal;
pub use fold::fold;
pub use legal::guilt;
pub use names::{gender_of_name, same_name};
pub use offices::{Body, Office, Offices, Wording, bodies, longest_office, office, office_id, offices};
pub use punctuation::{Abbreviation, abbreviations};
pub use references::{Gender, bodies_called, body_head, gender_of_title, titles_called};
pub use sources::{Sources, sources};
pub use title_forms::{
    common_in_title, goes_with_any, known_by_one, occupation, rank, service, single_holder, spelled_alone,
    title_modifier,
};
pub use titles::{
    Short, Tenure, change, deputy, encounter, firm, hyphened, nationality, other_post, player, shortened, spelled,
    surname_too, tenure,
};
pub use verbs::{
    Clause, Form, Plainer, Verb, VerbClass, form_of, is_irregular_past, is_opinion, is_plain, is_private, is_saying,
    is_told_thing, plainer, shows, takes_object, verb,
};
pub use weasel::{Weasel, Words, weasel};
pub use words::class_of;
