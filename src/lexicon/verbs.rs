use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::words::with_lower;

/// A form of a verb that attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    /// The infinitive: "say".
    pub base: &'static str,
    /// What a copy editor thinks of it.
    pub class: VerbClass,
    /// Which form this is.
    pub form: Form,
    /// Whether what is said may follow with no "that".
    pub clause: Clause,
    /// Whether whom it tells comes before what it tells: "told reporters that".
    pub tells: bool,
    /// Whether what is promised or wanted may follow with "to".
    pub to: bool,
    /// Whether it attributes only with "out": "pointed out".
    pub out: bool,
    /// Whether a noun may be what is said: "reported the arrest".
    pub things: bool,
    /// Whether it is something else than saying unless "that", a quotation or a clause follows: "added two points".
    pub deed: bool,
}

/// Whether what is said may follow a verb with no "that".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clause {
    /// It mostly does: "said prices fell".
    Freely,
    /// It may, and so may other things: "claimed prices fell", "claimed victory".
    Plainly,
    /// It needs "that", a quotation or a colon.
    Never,
}

/// What a copy editor thinks of an attributing verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VerbClass {
    /// Plain: said, told, added.
    Neutral,
    /// Names the channel: posted, tweeted.
    Posted,
    /// For formal acts: announced, ruled, vowed.
    Formal,
    /// Certifies what is said: noted, revealed.
    Truth,
    /// Casts doubt on the speaker: claimed, boasted.
    Doubt,
    /// Suggests wrongdoing: admitted, confessed.
    Guilt,
    /// Colours the speech: slammed, sneered.
    Loaded,
    /// Says what kind of act it was: denied, warned, urged.
    Pointed,
    /// Reports a state of mind: believes, hopes.
    Thought,
    /// No way of speaking: smiled.
    Nonspeech,
    /// Said is plainer: remarked.
    Stiff,
}

/// A form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// say
    Base,
    /// says
    Third,
    /// said; also the participle where it is the same
    Past,
    /// written, where it differs from the past
    Participle,
    /// saying
    Gerund,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    #[serde(default)]
    clause: String,
    that: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grammar {
    freely: String,
    tells: String,
    to: String,
    out: String,
    things: String,
    deeds: String,
    phrases: String,
    nouns: String,
    pasts: String,
}

/// `rules/lexicon/speech.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speech {
    grammar: Grammar,
    verbs: BTreeMap<VerbClass, Verbs>,
    plainer: BTreeMap<String, Vec<String>>,
    exact: BTreeMap<VerbClass, String>,
    words: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    opinion: String,
    private: String,
    object: String,
    plain: String,
}

/// What the file holds, made ready to be asked.
struct Lexicon {
    forms: FxHashMap<String, Verb>,
    /// By infinitive and form.
    words: FxHashMap<(&'static str, Form), String>,
    phrases: FxHashSet<String>,
    nouns: FxHashSet<String>,
    pasts: FxHashSet<String>,
    /// By the infinitive of a verb.
    plainer: FxHashMap<String, Vec<Plainer>>,
    exact: FxHashMap<VerbClass, FxHashSet<String>>,
    opinion: FxHashSet<String>,
    private: FxHashSet<String>,
    object: FxHashSet<String>,
    plain: FxHashSet<String>,
}

/// What a plainer writer puts for a verb that "say" can't replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plainer {
    /// The words after the verb that are replaced with it: "out at" of "lash out at".
    pub with: Vec<String>,
    /// What to write, with its verb in the infinitive: "criticize", "say with a smile".
    pub phrase: String,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let Speech { grammar, verbs, plainer, exact, words: listed } =
        toml::from_str(include_str!("../../rules/lexicon/speech.toml")).expect("the embedded lexicon is well formed");
    let lists = |list: &str, base: &str| list.split_whitespace().any(|listed| listed == base);
    let mut forms = FxHashMap::default();
    let mut words = FxHashMap::default();
    for (class, Verbs { clause, that }) in verbs {
        for (list, takes_clause) in [(clause, true), (that, false)] {
            // The lexicon lives as long as the process does.
            for entry in String::leak(list).split_whitespace() {
                for (word, base, form) in conjugate(entry) {
                    let clause = match takes_clause {
                        true if lists(&grammar.freely, base) => Clause::Freely,
                        true => Clause::Plainly,
                        false => Clause::Never,
                    };
                    let [tells, to, out, things, deed] =
                        [&grammar.tells, &grammar.to, &grammar.out, &grammar.things, &grammar.deeds]
                            .map(|list| lists(list, base));
                    words.entry((base, form)).or_insert_with(|| word.clone());
                    // The first class that lists a form has it.
                    forms.entry(word).or_insert(Verb { base, class, form, clause, tells, to, out, things, deed });
                }
            }
        }
    }
    let set = |list: &str| list.split_whitespace().map(str::to_owned).collect();
    Lexicon {
        forms,
        words,
        phrases: set(&grammar.phrases),
        nouns: set(&grammar.nouns),
        pasts: set(&grammar.pasts),
        plainer: plainer_by_verb(plainer),
        exact: exact.iter().map(|(class, list)| (*class, set(list))).collect(),
        opinion: set(&listed.opinion),
        private: set(&listed.private),
        object: set(&listed.object),
        plain: set(&listed.plain),
    }
});

fn plainer_by_verb(lists: BTreeMap<String, Vec<String>>) -> FxHashMap<String, Vec<Plainer>> {
    let mut plainer: FxHashMap<String, Vec<Plainer>> = FxHashMap::default();
    for (phrase, replaced) in lists {
        for entry in replaced {
            let mut words = entry.split_whitespace().map(str::to_owned);
            let Some(base) = words.next() else { continue };
            plainer.entry(base).or_default().push(Plainer { with: words.collect(), phrase: phrase.clone() });
        }
    }
    plainer
}

/// Every form of every attributing verb.
pub(super) fn forms() -> impl Iterator<Item = (&'static str, Verb)> {
    LEXICON.forms.iter().map(|(word, verb)| (word.as_str(), *verb))
}

/// The attributing verb of which `word` is a form.
pub fn verb(word: &str) -> Option<Verb> {
    with_lower(word, |lower| LEXICON.forms.get(lower).copied())
}

/// What a plainer writer puts for the verb with that infinitive where "say" can't stand in its place.
pub fn plainer(base: &str) -> &'static [Plainer] {
    LEXICON.plainer.get(base).map_or(&[], Vec::as_slice)
}

/// Whether the word shows that verbs of that class are exact where it stands.
pub fn shows(class: VerbClass, word: &str) -> bool {
    with_lower(word, |lower| LEXICON.exact.get(&class).is_some_and(|words| words.contains(lower)))
}

/// Whether what is said with that word is an opinion.
pub fn is_opinion(word: &str) -> bool {
    with_lower(word, |lower| LEXICON.opinion.contains(lower))
}

/// Whether only the one who does what the verb with that infinitive says can know of it: "believe", "fear".
pub fn is_private(base: &str) -> bool {
    LEXICON.private.contains(base)
}

/// Whether what the verb with that infinitive says is its object: "express".
pub fn takes_object(base: &str) -> bool {
    LEXICON.object.contains(base)
}

/// Whether the word says no more in quotation marks than it would without.
pub fn is_plain(word: &str) -> bool {
    with_lower(word, |lower| LEXICON.plain.contains(lower))
}

/// A form of the attributing verb with the infinitive `base`: "said" for the past of "say".
pub fn form_of(base: &'static str, form: Form) -> Option<&'static str> {
    LEXICON.words.get(&(base, form)).map(String::as_str)
}

/// Whether "say" or "tell" with that word tells nothing: "told a story".
pub fn is_told_thing(word: &str) -> bool {
    LEXICON.phrases.contains(word)
}

/// Whether "that" after the word may open what is said: "a warning from the mayor that".
pub fn is_saying(word: &str) -> bool {
    LEXICON.nouns.contains(word)
}

/// Whether the word is the past of an everyday verb that does not end in "ed".
pub fn is_irregular_past(word: &str) -> bool {
    LEXICON.pasts.contains(word)
}

/// The forms of "base", "base:past" or "base:past:participle".
fn conjugate(entry: &'static str) -> Vec<(String, &'static str, Form)> {
    let mut parts = entry.split(':');
    let base = parts.next().unwrap_or_default();
    let stem = base.strip_suffix('e').unwrap_or(base);
    let past = match (parts.next(), base.strip_suffix('y')) {
        (Some(past), _) => past.to_owned(),
        (None, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ied"),
        (None, _) => format!("{stem}ed"),
    };
    let third = match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if ["s", "sh", "ch", "x", "z", "o"].iter().any(|end| base.ends_with(end)) => format!("{base}es"),
        _ => format!("{base}s"),
    };
    // A doubled consonant shows in the past: quip, quipped, quipping.
    let doubled = past.strip_suffix("ed").filter(|stem| stem.len() == base.len() + 1 && stem.starts_with(base));
    let gerund = match doubled {
        Some(doubled) => format!("{doubled}ing"),
        None if base.ends_with("ee") => format!("{base}ing"),
        None => format!("{stem}ing"),
    };
    let mut forms = vec![
        (past, base, Form::Past),
        (base.to_owned(), base, Form::Base),
        (third, base, Form::Third),
        (gerund, base, Form::Gerund),
    ];
    forms.extend(parts.next().map(|participle| (participle.to_owned(), base, Form::Participle)));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_known_in_every_form() {
        for (word, base, form) in [
            ("said", "say", Form::Past),
            ("Says", "say", Form::Third),
            ("written", "write", Form::Participle),
            ("denied", "deny", Form::Past),
            ("denies", "deny", Form::Third),
            ("quipping", "quip", Form::Gerund),
            ("agreeing", "agree", Form::Gerund),
            ("agreed", "agree", Form::Past),
            ("promises", "promise", Form::Third),
            ("announcing", "announce", Form::Gerund),
        ] {
            let verb = verb(word).unwrap_or_else(|| panic!("{word} is unknown"));
            assert_eq!((verb.base, verb.form), (base, form), "{word}");
        }
        assert_eq!(verb("table"), None);
    }
}
