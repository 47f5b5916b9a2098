use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// Words about deeds before a court, in small letters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guilt {
    /// What stands before a deed that nobody has proved: "accused".
    pub unproved: FxHashSet<String>,
    /// What may stand between that and the deed: "serial".
    pub between: FxHashSet<String>,
    /// What a story says once a deed is proved: "convicted".
    pub proved: FxHashSet<String>,
    /// What somebody did that is a crime: "embezzled".
    pub crimes: Vec<String>,
    /// What was done to somebody that makes them a victim whose name is kept back.
    pub sexual: Vec<String>,
    /// What stands before such a victim's name: "rape of".
    pub victim: Vec<String>,
    /// What tells that somebody chose to be named.
    pub public: Vec<String>,
    /// What makes a child a suspect, a witness or a victim: "charged with".
    pub minor: Vec<String>,
    /// What is said of the dead and the missing.
    pub gone: Vec<String>,
    /// What somebody's death is called: "killing".
    pub death: Vec<String>,
    /// What tells that a court has to do with somebody.
    pub court: Vec<String>,
    /// What tells that a child is tried like an adult.
    pub adult: Vec<String>,
    /// What police do with somebody before that: "questioned".
    pub held: Vec<String>,
    /// By which words police hold somebody: "on suspicion of".
    pub suspicion: Vec<String>,
    /// What tells that a story is invented.
    pub fiction: Vec<String>,
    /// Who did a deed, each with what to call them before it is proved: "killer", "suspect in the killing".
    pub deeds: FxHashMap<String, String>,
}

/// The words in `rules/lexicon/legal.toml`.
pub fn guilt() -> &'static Guilt {
    static GUILT: LazyLock<Guilt> = LazyLock::new(|| {
        toml::from_str(include_str!("../../rules/lexicon/legal.toml")).expect("the embedded lexicon is well formed")
    });
    &GUILT
}
