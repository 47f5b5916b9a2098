use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

/// `rules/lexicon/sources.toml`. Lists of words are divided by white space.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    bare: String,
    telling: String,
    empty: String,
    people: String,
    knowing: Vec<String>,
    thin: Vec<String>,
    involved: Vec<String>,
    withheld: Vec<String>,
    unauthorized: Vec<String>,
    formula: Vec<String>,
    reason: String,
    reason_next: String,
    opinion: String,
    opinions: Vec<String>,
    declined: Vec<String>,
}

/// Words in lower case.
pub type Words = FxHashSet<&'static str>;
/// Phrases, each by its words in lower case.
pub type Phrases = Vec<Vec<&'static str>>;

/// What copy calls the sources whom it does not name, and what it says about them.
#[derive(Debug)]
pub struct Sources {
    /// Nouns that say nothing more: source.
    pub bare: Words,
    /// Nouns that say what the person did: whistleblower.
    pub telling: Words,
    /// Words before a noun that describe nothing: reliable.
    pub empty: Words,
    /// Nouns for anybody: person.
    pub people: Words,
    /// What follows a noun for a person and tells how they know: "briefed on".
    pub knowing: Phrases,
    /// What follows a noun for anybody and tells too little: "close to".
    pub thin: Phrases,
    /// What else tells how a source knows: "involved in".
    pub involved: Phrases,
    /// That a name is withheld: "on condition of anonymity".
    pub withheld: Phrases,
    /// The last words of those, and the first of `unauthorized`.
    pub withholding: Words,
    /// What, after "not", says so too: "authorized to speak".
    pub unauthorized: Phrases,
    /// Other reasons that fit any story: "to speak freely".
    pub formula: Phrases,
    /// Words that open a reason anywhere in the sentence.
    pub reason: Words,
    /// Words that open one right after it is said that the name is withheld.
    pub reason_next: Words,
    /// Words that belong to somebody's opinion.
    pub opinion: Words,
    /// Phrases that do.
    pub opinions: Phrases,
    /// How an office says that it will not speak.
    pub declined: Phrases,
}

static SOURCES: LazyLock<Sources> = LazyLock::new(|| {
    let lists: Lists =
        toml::from_str(include_str!("../../rules/lexicon/sources.toml")).expect("the embedded lexicon is well formed");
    let (withheld, unauthorized) = (phrases(lists.withheld), phrases(lists.unauthorized));
    let last = withheld.iter().filter_map(|phrase| phrase.last());
    let withholding = last.chain(unauthorized.iter().filter_map(|phrase| phrase.first())).copied().collect();
    Sources {
        bare: words(lists.bare),
        telling: words(lists.telling),
        empty: words(lists.empty),
        people: words(lists.people),
        knowing: phrases(lists.knowing),
        thin: phrases(lists.thin),
        involved: phrases(lists.involved),
        withheld,
        withholding,
        unauthorized,
        formula: phrases(lists.formula),
        reason: words(lists.reason),
        reason_next: words(lists.reason_next),
        opinion: words(lists.opinion),
        opinions: phrases(lists.opinions),
        declined: phrases(lists.declined),
    }
});

// The lexicon lives as long as the process does.
fn words(list: String) -> Words {
    String::leak(list).split_whitespace().collect()
}

fn phrases(list: Vec<String>) -> Phrases {
    list.into_iter().map(|phrase| String::leak(phrase).split_whitespace().collect()).collect()
}

/// The sources whom copy does not name.
pub fn sources() -> &'static Sources {
    &SOURCES
}
