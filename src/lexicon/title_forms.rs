use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::words::{set, with_lower};

/// `rules/lexicon/title_forms.toml`. Lists are divided by white space.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    modifier: String,
    prefix: String,
    occupation: String,
    common: String,
    service: String,
    single: String,
    one_name: String,
    any_office: String,
    alone: BTreeMap<String, String>,
    ranks: BTreeMap<String, Vec<String>>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/lexicon/title_forms.toml")).expect("the embedded lexicon is well formed")
});

static MODIFIER: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&FORMS.modifier));
static OCCUPATION: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&FORMS.occupation));
static COMMON: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&FORMS.common));
static SERVICE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&FORMS.service));
static ONE_NAME: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&FORMS.one_name));
static ANY_OFFICE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&FORMS.any_office));
static SINGLE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| set(&FORMS.single));

/// Other ways to write a rank: the words before the last, and how it is written.
type Ranks = Vec<(Vec<&'static str>, &'static str)>;

/// By their last word, the longest first.
static RANKS: LazyLock<FxHashMap<&str, Ranks>> = LazyLock::new(|| {
    let mut ranks: FxHashMap<&str, Ranks> = FxHashMap::default();
    for (right, forms) in &FORMS.ranks {
        for form in forms {
            let mut words: Vec<&str> = form.split(' ').collect();
            let last = words.pop().unwrap_or_default();
            ranks.entry(last).or_default().push((words, right));
        }
    }
    ranks.values_mut().for_each(|ranks| ranks.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
    ranks
});

/// Whether the word tells of somebody's time in office and stays lower case before a title: former, then-Gov.
pub fn title_modifier(word: &str) -> bool {
    let prefixed = |prefix: &str| word.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    with_lower(word, |word| MODIFIER.contains(word)) || FORMS.prefix.split_whitespace().any(prefixed)
}

/// Whether the word is a job and no formal title: actor.
pub fn occupation(word: &str) -> bool {
    with_lower(word, |word| OCCUPATION.contains(word))
}

/// Whether the word of a title has no capital after a name or alone: president.
pub fn common_in_title(word: &str) -> bool {
    with_lower(word, |word| COMMON.contains(word))
}

/// Whether the word, before a rank, says whose it is: Army.
pub fn service(word: &str) -> bool {
    with_lower(word, |word| SERVICE.contains(word))
}

/// Whether only one person holds the office of this id, wherever the story is set.
pub fn single_holder(id: &str) -> bool {
    SINGLE.contains(id)
}

/// Whether the word is a title with which one name is enough: Pope.
pub fn known_by_one(word: &str) -> bool {
    with_lower(word, |word| ONE_NAME.contains(word))
}

/// Whether the word is a title that goes with any office besides: chairman.
pub fn goes_with_any(word: &str) -> bool {
    with_lower(word, |word| ANY_OFFICE.contains(word))
}

/// The word to write for a short title where no name follows: "governor" for "Gov."
pub fn spelled_alone(short: &str) -> Option<&'static str> {
    FORMS.alone.get(short).map(String::as_str)
}

/// The rank at the end of some words, given from the last to the first, where it is written otherwise than before a
/// name: how many words it has, and how it is written.
pub fn rank<'t>(mut words: impl Iterator<Item = &'t str> + Clone) -> Option<(usize, &'static str)> {
    let ranks = RANKS.get(words.next()?)?;
    let ends = |(before, _): &&(Vec<&str>, &str)| {
        let mut words = words.clone();
        before.iter().rev().all(|word| words.next() == Some(word))
    };
    ranks.iter().find(ends).map(|(before, right)| (before.len() + 1, *right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rank_is_found() {
        let at_end = |words: &str| rank(words.rsplit(' '));
        assert_eq!(at_end("Army Lieutenant General"), Some((2, "Lt. Gen.")));
        assert_eq!(at_end("LTG"), Some((1, "Lt. Gen.")));
        assert_eq!(at_end("General"), Some((1, "Gen.")));
        assert_eq!(at_end("Lt. Gen."), None);
        assert_eq!(at_end("general"), None);
    }

    #[test]
    fn single_offices_are_offices() {
        assert!(SINGLE.iter().all(|id| crate::lexicon::office_id(id).is_some()));
    }

    #[test]
    fn a_modifier_may_be_hyphenated() {
        assert!(title_modifier("Then-Gov") && title_modifier("Former") && !title_modifier("Thence"));
    }
}
