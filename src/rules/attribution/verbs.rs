//! The verbs of a paragraph's attributions, and plainer ones in their place.

use crate::lexicon::{Class, Form, Verb, VerbClass, form_of, is_irregular_past, plainer, shows, takes_object, verb};
use crate::prose::{Case, Kind, Token};
use crate::rules::rule::Repair;
use crate::story::attribution::{Attribution, Speech};

use crate::story::{Paragraph, Place};
use crate::text::Span;

/// An attribution made by a verb.
#[derive(Clone, Copy)]
pub(super) struct Told<'p> {
    pub(super) attribution: &'p Attribution,
    pub(super) verb: Verb,
    /// The verb's token in the paragraph.
    pub(super) at: usize,
    pub(super) span: Span,
}

/// How far after the verb, in tokens, a clause shows its own verb.
const CLAUSE: usize = 10;
/// How far after "to", in tokens, the name of the hearer ends: "admitted to police in the town that".
const HEARER: usize = 5;

/// The attributions of a paragraph that a verb makes in the reporter's own words.
pub(super) fn all<'p>(paragraph: &'p Paragraph<'_>) -> impl Iterator<Item = Told<'p>> {
    paragraph.facts.attributions.iter().filter_map(|attribution| told(paragraph, attribution))
}

/// The verb of the reporter's that makes an attribution, if one surely does.
pub(super) fn told<'p>(paragraph: &Paragraph<'_>, attribution: &'p Attribution) -> Option<Told<'p>> {
    let prose = &paragraph.facts.prose;
    // "LEE: We claimed nothing.": all of that is what Lee said.
    if paragraph.facts.turn.is_some() || !attribution.is_sure() {
        return None;
    }
    let tokens = attribution.cue.iter().flat_map(|cue| {
        let first = prose.tokens.partition_point(|token| (token.start as usize) < cue.start);
        (first..).zip(prose.tokens_in(*cue))
    });
    tokens.filter(|(_, token)| !token.quoted).find_map(|(at, token)| {
        let verb = verb(token.of(paragraph.text))?;
        // "pointed to it": only with "out" was anything said.
        let out = !verb.out || prose.tokens.get(at + 1).is_some_and(|next| next.of(paragraph.text) == "out");
        (out && !is_noun(paragraph, at, verb)).then_some(Told { attribution, verb, at, span: token.span() })
    })
}

/// Whether what looks like a verb is a noun or describes one: "his claim", "claims that", "rejected claims", "the northern
/// states", "the claimed savings".
fn is_noun(paragraph: &Paragraph<'_>, at: usize, verb: Verb) -> bool {
    let prose = &paragraph.facts.prose;
    let before = |back: usize| at.checked_sub(back).and_then(|at| prose.tokens.get(at));
    let word = |back: usize| before(back).map_or("", |token| token.of(paragraph.text));
    let is = |back: usize, class: Class| before(back).is_some_and(|token| token.class.any(class));
    let owned =
        |back: usize| is(back, Class::POSSESSIVE) || before(back).is_some_and(|token| token.kind == Kind::Possessive);
    let listed = |words: &[&str]| words.iter().any(|listed| word(1).eq_ignore_ascii_case(listed));
    // "his first comments"
    let ranked = is(1, Class::NUMBER.with(Class::ADVERB)) && owned(2) && verb.form != Form::Past;
    let article = owned(1) || ranked || listed(&["a", "an", "the"]);
    if article || !matches!(verb.form, Form::Base | Form::Third) {
        return article && verb.form != Form::Gerund;
    }
    if listed(&["some", "many", "others", "most", "all", "few", "several", "one", "which"]) {
        return false;
    }
    let sentence = prose.sentence_at(prose.tokens[at].start as usize).and_then(|at| prose.sentences.get(at));
    let opens = sentence.is_some_and(|sentence| sentence.tokens.start as usize == at);
    let past = |back: usize| before(back).is_some_and(|token| token.case == Case::Lower) && word(back).ends_with("ed");
    if opens || is(1, Class::DETERMINER.with(Class::PREPOSITION)) || past(1) || past(2) {
        return true;
    }
    // What stands before a verb is its subject or its helper, not an adjective.
    let helpers = Class::AUXILIARY.with(Class::MODAL).with(Class::ADVERB).with(Class::CONJUNCTION);
    let nouns = Class::PRONOUN.with(Class::ROLE).with(Class::BODY).with(Class::DOCUMENT).with(Class::MEDIA);
    let known = is(1, helpers.with(nouns).with(Class::UNNAMED).with(Class::VAGUE));
    let plural = verb.form == Form::Base && word(1).ends_with('s');
    let lower = before(1).is_some_and(|token| token.case == Case::Lower && token.kind == Kind::Word);
    verb.base != "say" && (lower && !known && !plural || word(1).contains('-'))
}

/// Whether the verb's sentence, or the one before it, shows that verbs of its class are exact there: somebody who pleaded
/// guilty admits what was done.
pub(super) fn is_exact(paragraph: &Paragraph<'_>, told: &Told<'_>, class: VerbClass) -> bool {
    let prose = &paragraph.facts.prose;
    let Some(sentence) = prose.sentence_at(told.span.start) else { return false };
    let near = &prose.sentences[sentence.saturating_sub(1)..=sentence];
    let mut tokens = near.iter().flat_map(|sentence| prose.tokens_of(sentence));
    tokens.any(|token| token.kind == Kind::Word && shows(class, token.of(paragraph.text)))
}

/// What a plainer writer would put: "said" or, where an object follows, a verb that takes one. `None` where neither would
/// be English.
pub(super) fn plain(paragraph: &Paragraph<'_>, told: &Told<'_>) -> Option<Repair> {
    let (words, end) = match follows(paragraph, told) {
        Follows::Words => (form_of("say", told.verb.form)?.to_owned(), out(paragraph, told)),
        Follows::Hearer(end) => (form_of("tell", told.verb.form)?.to_owned(), end),
        Follows::Object(end, phrase) => (conjugated(phrase, told.verb.form)?, end),
        Follows::Thing => return None,
    };
    let place = Place::here(Span::new(told.span.start, end));
    Some(Repair::offer(format!("Write “{words}”"), place, words))
}

/// A phrase of the lexicon with its verb in another form.
pub(super) fn conjugated(phrase: &'static str, form: Form) -> Option<String> {
    let (verb, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    Some(format!("{} {rest}", form_of(verb, form)?).trim_end().to_owned())
}

/// Where the verb ends with the "out" that belongs to it: "pointed out".
fn out(paragraph: &Paragraph<'_>, told: &Told<'_>) -> usize {
    let next = paragraph.facts.prose.tokens.get(told.at + 1);
    let out = next.filter(|next| told.verb.out && next.of(paragraph.text) == "out");
    out.map_or(told.span.end, |out| out.end as usize)
}

/// What follows a verb of attribution.
enum Follows {
    /// What was said, or nothing where that stands before the verb.
    Words,
    /// Whom it was said to; the verb and the "to" that belongs to it end there.
    Hearer(usize),
    /// An object of a verb for which there is a plainer phrase; the words that it replaces end there.
    Object(usize, &'static str),
    /// A thing: "claimed victory", "admitted guilt", "bragged about it".
    Thing,
}

/// The tokens of a sentence from a verb on.
struct Rest<'p> {
    text: &'p str,
    tokens: &'p [Token],
}

impl Rest<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    fn is(&self, at: usize, class: Class) -> bool {
        self.tokens.get(at).is_some_and(|token| token.class.any(class))
    }

    /// Whether the sentence or the clause ends there.
    fn breaks(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.kind == Kind::Mark)
    }

    /// Whether what was said begins there, or nothing follows.
    fn says(&self, at: usize) -> bool {
        self.breaks(at)
            || self.tokens[at].kind == Kind::Quote
            || ["that", "whether", "how", "why"].contains(&self.word(at))
    }

    /// Whether somebody is named there: "police", "a friend", "reporters".
    fn names(&self, at: usize) -> bool {
        let nouns = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::PRONOUN).with(Class::ROLE).with(Class::BODY);
        self.is(at, nouns) || self.word(at).ends_with('s') || self.word(at).starts_with(char::is_uppercase)
    }

    fn is_finite(&self, at: usize) -> bool {
        let verbs = Class::AUXILIARY.with(Class::MODAL).with(Class::SPEECH).with(Class::THOUGHT);
        let word = self.word(at);
        // "the attack", "of claims"
        let noun = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::PREPOSITION);
        self.tokens.get(at).is_some_and(|token| token.case == Case::Lower)
            && at.checked_sub(1).is_some_and(|before| !self.is(before, noun))
            && (self.is(at, verbs) || word.ends_with("ed") || is_irregular_past(word))
    }

    /// Whether a clause with its own verb begins there.
    fn opens_clause(&self, at: usize) -> bool {
        let subject = ["he", "she", "they", "it", "we", "i", "there"];
        // "claimed responsibility but has not", "claimed itself to be": no clause of what was said.
        let other = |at: usize| {
            self.breaks(at)
                || ["but", "because", "as", "after", "when", "while", "who", "which"].contains(&self.word(at))
        };
        let reflexive = self.word(at).ends_with("self") || self.word(at).ends_with("selves");
        subject.iter().any(|it| self.word(at).eq_ignore_ascii_case(it))
            || !reflexive && (at + 1..at + CLAUSE).take_while(|at| !other(*at)).any(|at| self.is_finite(at))
    }
}

fn follows(paragraph: &Paragraph<'_>, told: &Told<'_>) -> Follows {
    let prose = &paragraph.facts.prose;
    let end = prose.sentence_at(told.span.start).map_or(0, |at| prose.sentences[at].tokens.end as usize);
    let rest = Rest { text: paragraph.text, tokens: prose.tokens.get(told.at..end).unwrap_or_default() };
    let attribution = told.attribution;
    let before = attribution.content.iter().any(|content| content.end <= told.span.start);
    let quoted = attribution.kind != Speech::Indirect;
    let source = attribution.source.unwrap_or(told.span);
    if quoted && source.start >= told.span.end {
        return Follows::Words;
    }
    // "They were late, Lee scolded."
    let set_off = prose.token_at(source.start).checked_sub(1).is_some_and(|at| prose.tokens[at].kind == Kind::Mark);
    if let Some(object) = object(&rest, told.verb, quoted || set_off) {
        return object;
    }
    let mut at = 1 + usize::from(told.verb.out && rest.word(1) == "out");
    if told.verb.tells && !rest.says(at) && !rest.is(at, Class::PREPOSITION) {
        return Follows::Hearer(told.span.end);
    }
    if takes_object(told.verb.base) {
        return if rest.breaks(at) { Follows::Words } else { Follows::Thing };
    }
    // "commented on the bug": not when or where, but what about.
    let about = ["on", "about", "of", "against", "at"].contains(&rest.word(at))
        && !rest.is(at + 1, Class::WEEKDAY.with(Class::MONTH))
        && rest.tokens.get(at + 1).is_some_and(|next| next.case == Case::Lower);
    let adverbial = Class::PREPOSITION.with(Class::ADVERB).with(Class::WEEKDAY).with(Class::CONJUNCTION);
    if before && rest.is(at, adverbial) {
        return if about && !quoted { Follows::Thing } else { Follows::Words };
    }
    while rest.is(at, Class::ADVERB.with(Class::WEEKDAY)) && !rest.is(at, Class::DETERMINER.with(Class::CONJUNCTION)) {
        at += 1;
    }
    if rest.says(at) {
        return Follows::Words;
    }
    if rest.word(1) == "to" {
        let said = (3..3 + HEARER).find(|at| rest.says(*at)).is_some_and(|at| !matches!(rest.word(at), "" | "."));
        let to = rest.tokens[1].end as usize;
        return if said && rest.names(2) { Follows::Hearer(to) } else { Follows::Thing };
    }
    // "claimed in 2015 that": what comes between is when and where.
    let that = || (at..at + CLAUSE).take_while(|at| !rest.breaks(*at)).any(|at| rest.word(at) == "that");
    let words = match rest.is(at, Class::PREPOSITION) {
        true => that(),
        false => rest.word(at) != "what" && rest.opens_clause(at),
    };
    if words { Follows::Words } else { Follows::Thing }
}

/// The object of a verb for which the lexicon has a plainer phrase: "slammed the plan", "lashed out at the plan", and "a
/// plan that he often derided", unless what he said stands before the verb.
fn object(rest: &Rest<'_>, verb: Verb, said: bool) -> Option<Follows> {
    plainer(verb.base).iter().find_map(|plainer| {
        let at = 1 + plainer.with.len();
        let with = plainer.with.iter().enumerate().all(|(nth, with)| rest.word(1 + nth) == with);
        let takes = match (rest.breaks(at), plainer.with.is_empty()) {
            (true, alone) => alone && !said,
            (false, true) => !rest.is(at, Class::PREPOSITION.with(Class::ADVERB)),
            (false, false) => with,
        };
        takes.then(|| Follows::Object(rest.tokens[at - 1].end as usize, &plainer.phrase))
    })
}
