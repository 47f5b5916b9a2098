use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::Class;
use super::{claims, fold, names, offices, titles, verbs};

/// `rules/lexicon/words.toml`: for each class, its words, divided by white space.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    determiner: String,
    pronoun: String,
    possessive: String,
    preposition: String,
    conjunction: String,
    auxiliary: String,
    modal: String,
    adverb: String,
    number: String,
    month: String,
    weekday: String,
    role: String,
    body: String,
    document: String,
    unnamed: String,
    vague: String,
    media: String,
    court: String,
    abbreviation: String,
    prefix: String,
    opener: String,
    common: String,
}

static CLASSES: LazyLock<FxHashMap<String, Class>> = LazyLock::new(|| {
    let lists: Lists =
        toml::from_str(include_str!("../../rules/lexicon/words.toml")).expect("the embedded lexicon is well formed");
    let lists = [
        (lists.determiner, Class::DETERMINER),
        (lists.pronoun, Class::PRONOUN),
        (lists.possessive, Class::POSSESSIVE),
        (lists.preposition, Class::PREPOSITION),
        (lists.conjunction, Class::CONJUNCTION),
        (lists.auxiliary, Class::AUXILIARY),
        (lists.modal, Class::MODAL),
        (lists.adverb, Class::ADVERB),
        (lists.number, Class::NUMBER),
        (lists.month, Class::MONTH),
        (lists.weekday, Class::WEEKDAY),
        (lists.role, Class::ROLE),
        (lists.body, Class::BODY),
        (lists.document, Class::DOCUMENT),
        (lists.unnamed, Class::UNNAMED),
        (lists.vague, Class::VAGUE),
        (lists.media, Class::MEDIA),
        (lists.court, Class::COURT),
        (lists.abbreviation, Class::ABBREVIATION),
        (lists.prefix, Class::PREFIX),
        (lists.opener, Class::OPENER),
        (lists.common, Class::COMMON),
    ];
    let mut classes: FxHashMap<String, Class> = FxHashMap::default();
    let mut add = |word: &str, class| {
        let known = classes.entry(word.to_owned()).or_default();
        *known = known.with(class);
    };
    for (words, class) in &lists {
        words.split_whitespace().for_each(|word| add(word, *class));
    }
    for (words, class) in titles::classes().chain(names::classes()) {
        words.split_whitespace().for_each(|word| add(word, class));
    }
    offices::openers().for_each(|word| add(word, Class::OFFICE));
    for (word, verb) in verbs::forms() {
        let class = if verb.class == verbs::VerbClass::Thought { Class::THOUGHT } else { Class::SPEECH };
        add(word, class);
    }
    for word in claims::openers() {
        add(word, Class::CLAIM);
    }
    classes
});

/// The classes of a word, in whatever case it is written. Curly apostrophes count as straight ones.
pub fn class_of(word: &str) -> Class {
    if !word.is_ascii() && word.len() <= LONGEST {
        // "Zoë" is a given name, as "Zoe" is; no other word is looked up without its accents.
        let given = CLASSES.get(&fold(word)).is_some_and(|class| class.any(Class::GIVEN));
        return if given { Class::GIVEN } else { Class::NONE };
    }
    with_lower(word, |lower| CLASSES.get(lower).copied().unwrap_or_default())
}

/// The words of a list that white space divides.
pub(super) fn set(words: &str) -> FxHashSet<&str> {
    words.split_whitespace().collect()
}

/// Longest word that the lexicon is asked about, in bytes.
const LONGEST: usize = 24;

/// Calls `with` with the word in lower case, or with "" where the word is longer than any in the lexicon or has
/// letters beyond ASCII, of which the lexicon has none.
pub(super) fn with_lower<T>(word: &str, with: impl FnOnce(&str) -> T) -> T {
    let mut buffer = [0; LONGEST];
    let bytes = word.as_bytes();
    if bytes.len() > LONGEST || !word.is_ascii() {
        return with("");
    }
    let lower = &mut buffer[..bytes.len()];
    lower.copy_from_slice(bytes);
    lower.make_ascii_lowercase();
    with(std::str::from_utf8(lower).unwrap_or_default())
}
