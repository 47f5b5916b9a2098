use super::clause::Clause;
use crate::lexicon::{Class, Clause as Follows, Form, Verb, VerbClass, verb};
use crate::prose::Kind;

/// A cue: the verb that attributes, and its auxiliaries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// First token: "has" of "has said".
    pub(super) first: usize,
    /// The verb, or the "to" of "according to".
    pub(super) last: usize,
    /// The verb; `None` for "according to".
    pub(super) verb: Option<Verb>,
}

/// The cues of a sentence outside its quotations: those that can be one by their form and by the word before them.
pub(super) fn cues(clause: &Clause<'_>) -> Vec<Cue> {
    let mut found = Vec::new();
    for (index, token) in clause.tokens.iter().enumerate() {
        if token.kind != Kind::Word || token.quoted {
            continue;
        }
        if let Some(last) = credit(clause, index) {
            found.push(Cue { first: index, last, verb: None });
        } else if puts_it(clause, index) {
            found.push(Cue { first: index, last: index + 1, verb: verb("said") });
        } else if token.class.any(Class::SPEECH.with(Class::THOUGHT)) && !clause.is_proper(index) {
            found.extend(verb(clause.word(index)).and_then(|verb| verb_cue(clause, index, verb)));
        }
    }
    found
}

/// Whether the word opens or closes a phrase that credits a source with no verb of saying: "according to", "per", "in the
/// words of".
pub(in crate::story::attribution) fn is_credit(word: &str) -> bool {
    ["according", "per", "words"].iter().any(|credit| word.eq_ignore_ascii_case(credit))
}

/// The last token of such a phrase that begins at `index`.
fn credit(clause: &Clause<'_>, index: usize) -> Option<usize> {
    let opens = index == 0 || clause.is_comma(index - 1);
    let person = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ROLE).with(Class::TITLE);
    match () {
        () if clause.any(index, &["according"]) && clause.any(index + 1, &["to"]) => Some(index + 1),
        // "$5 per person" credits nobody.
        () if opens && clause.any(index, &["per"]) => {
            (clause.is_proper(index + 1) || clause.is(index + 1, person)).then_some(index)
        }
        () if clause.any(index, &["in"]) && clause.any(index + 1, &["the"]) => {
            (clause.any(index + 2, &["words"]) && clause.any(index + 3, &["of"])).then_some(index + 3)
        }
        () => None,
    }
}

/// "as Lee put it"
fn puts_it(clause: &Clause<'_>, index: usize) -> bool {
    let puts = clause.any(index, &["put", "puts"]) && clause.any(index + 1, &["it"]);
    puts && (0..index).rev().take_while(|at| !clause.is_break(*at)).any(|at| clause.any(at, &["as"]))
}

fn verb_cue(clause: &Clause<'_>, index: usize, verb: Verb) -> Option<Cue> {
    let cue = |first| Some(Cue { first, last: index, verb: Some(verb) });
    if index == 0 {
        return (verb.form == Form::Gerund).then_some(Cue { first: 0, last: 0, verb: Some(verb) });
    }
    let before = clause.skip_adverbs_back(index - 1);
    // "the report", "his claim", "Iran's claims", "of claims", "the proposed law"
    let modifies = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::NUMBER);
    let plural_subject =
        clause.any(before, &["some", "many", "others", "several", "few", "most", "all", "both", "one", "two"]);
    if (clause.is(before, modifies) && !plural_subject) || clause.kind(before) == Some(Kind::Possessive) {
        return None;
    }
    let auxiliary = clause.is(before, Class::AUXILIARY.with(Class::MODAL));
    match verb.form {
        Form::Past if auxiliary => perfect(clause, before).then_some(())?,
        Form::Participle => (auxiliary && perfect(clause, before)).then_some(())?,
        Form::Past => {
            // "told by", "written in": a participle after a noun is no cue, but "said in" is.
            if clause.is(before, Class::PREPOSITION) {
                return None;
            }
        }
        // "Police reports say": a noun, since another verb follows.
        Form::Third if clause.is(index + 1, Class::AUXILIARY.with(Class::MODAL).with(Class::SPEECH)) => return None,
        Form::Third => {
            // "of claims", "said claims that": a noun.
            let noun = clause.is(before, Class::PREPOSITION.with(Class::AUXILIARY).with(Class::SPEECH));
            if noun && !clause.is(before, Class::ROLE.with(Class::DOCUMENT))
                || clause.is_break(before) && verb.clause == Follows::Never
            {
                return None;
            }
        }
        Form::Base => {
            let did = clause.is(before, Class::MODAL) || clause.any(before, &["do", "did", "does", "didn't", "don't"]);
            let plural = clause.any(before, &["they", "we", "i", "you", "who", "some", "many", "others", "most"])
                || clause.kind(before) == Some(Kind::Word) && clause.word(before).ends_with(['s', 'S'])
                || clause.any(before, &["people", "police"]);
            // "went on to say"
            if clause.any(before, &["to"]) && before >= 2 && clause.any(before - 1, &["on"]) {
                return clause.any(before - 2, &["went", "goes", "go"]).then_some(Cue {
                    first: before - 2,
                    last: index,
                    verb: Some(verb),
                });
            }
            if !(did
                || plural
                    && matches!(
                        verb.class,
                        VerbClass::Thought | VerbClass::Neutral | VerbClass::Doubt | VerbClass::Pointed
                    ))
            {
                return None;
            }
        }
        Form::Gerund => return cue(index),
    }
    let mut first = index;
    while first > 0
        && clause.is(first - 1, Class::AUXILIARY.with(Class::MODAL).with(Class::ADVERB))
        && !clause.is_proper(first - 1)
    {
        first -= 1;
    }
    cue(first)
}

/// Whether the auxiliary makes a perfect ("has said"), not a passive ("is expected").
fn perfect(clause: &Clause<'_>, auxiliary: usize) -> bool {
    clause.any(auxiliary, &["has", "have", "had", "having", "hasn't", "haven't", "hadn't"])
}
