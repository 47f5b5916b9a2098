use super::SourceKind;
use super::clause::Clause;
use super::frame::is_dash;
use crate::lexicon::Class;
use crate::prose::{Case, Kind};

/// A noun phrase that can be a source: its first and last token, both included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) kind: SourceKind,
}

/// Longest appositive, in tokens, that may stand between a name and its verb.
const APPOSITIVE: usize = 30;
/// Most appositives in a row.
const CHAIN: usize = 4;
/// Longest noun phrase, in tokens.
const PHRASE: usize = 16;

/// The source that ends right before the token at `end`: "Quill, a harbor engineer,".
pub(super) fn before(clause: &Clause<'_>, end: usize) -> Option<Source> {
    let mut last = end.checked_sub(1)?;
    let outer = last;
    if clause.any(last, &["who", "which"]) {
        last = last.checked_sub(1)?;
        last = if clause.is_comma(last) { last.checked_sub(1)? } else { last };
    } else if clause.is_comma(last) {
        // "Ann Lee, 41, of Springfield, Ill., said"
        for _ in 0..CHAIN {
            last = appositive(clause, last)?;
            let described = |source: &Source| {
                source.first >= 2 && clause.any(source.first - 1, &["of", "from"]) && clause.is_comma(source.first - 2)
            };
            if let Some(source) = phrase_before(clause, last).filter(|source| !described(source)) {
                return Some(Source { last: outer - 1, ..source });
            }
        }
        return None;
    } else if is_dash(clause.word(last)) {
        // "Lee — who was late — said", "Ann Lee, the mayor — who was late — said"
        let open = (0..last).rev().take(APPOSITIVE).find(|at| is_dash(clause.word(*at)))?;
        let name = appositive(clause, open).and_then(|comma| phrase_before(clause, comma));
        let name = name.filter(|name| name.kind == SourceKind::Named);
        return name.or_else(|| phrase_before(clause, open)).map(|source| Source { last, ..source });
    } else if clause.word(last) == ")" {
        let open = (0..last).rev().take(PHRASE).find(|at| clause.word(*at) == "(")?;
        return phrase_before(clause, open).map(|source| Source { last, ..source });
    }
    phrase_before(clause, last + 1)
}

/// If a comma closes an appositive or a relative clause, the index of the comma that opens it.
fn appositive(clause: &Clause<'_>, close: usize) -> Option<usize> {
    let open = (0..close).rev().take(APPOSITIVE).find(|at| clause.is_break(*at))?;
    if !clause.is_comma(open) || open == 0 {
        return None;
    }
    // "Quill, 45,": an age; "Moe, D-Ill.,": a party; a description; never another clause.
    let first = open + 1;
    let describes = clause.is(first, Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ROLE))
        || clause.any(
            first,
            &["who", "which", "whose", "whom", "of", "with", "now", "then", "then-", "formerly", "himself", "herself"],
        )
        || clause.kind(first) == Some(Kind::Number)
        || clause.is_proper(first)
        || (first..close).any(|at| clause.is(at, Class::ROLE.with(Class::BODY)));
    describes.then_some(open)
}

/// The noun phrase that ends right before the token at `end`.
fn phrase_before(clause: &Clause<'_>, end: usize) -> Option<Source> {
    let head = end.checked_sub(1)?;
    if clause.is_break(head) || clause.get(head)?.quoted {
        return None;
    }
    let mut first = head;
    while first > 0 && head - first < PHRASE && belongs(clause, first - 1, first) {
        first -= 1;
    }
    first = trim(clause, first, head);
    source(clause, first, head, head)
}

/// Whether the token at `index` belongs to the noun phrase that goes on at `next`.
fn belongs(clause: &Clause<'_>, index: usize, next: usize) -> bool {
    let Some(token) = clause.get(index) else { return false };
    if token.quoted || clause.is_break(index) {
        return false;
    }
    if clause.is(next, Class::PRONOUN) && !clause.any(next, &["who"]) {
        return false;
    }
    if token.kind != Kind::Word {
        return true;
    }
    if clause.any(index, &["and"]) {
        return clause.is_proper(next) && clause.is_proper(index.wrapping_sub(1));
    }
    let stops = Class::CONJUNCTION.with(Class::AUXILIARY).with(Class::MODAL).with(Class::PRONOUN);
    if token.class.any(stops) && !clause.is_proper(index) && !token.class.any(Class::DETERMINER) {
        return false;
    }
    if clause.any(index, &["that", "said", "says", "told"]) {
        return false;
    }
    // "officials in Texas", "director of", "people familiar with"
    if token.class.any(Class::PREPOSITION) && !clause.is_proper(index) {
        return clause.any(index, &["of", "for", "in", "at", "with", "from", "to", "on", "under", "near"]);
    }
    true
}

/// Where the phrase begins if what opens it is an adverbial without a comma: "On Tuesday Smith", "Earlier the mayor".
fn trim(clause: &Clause<'_>, first: usize, head: usize) -> usize {
    let mut first = first;
    if clause.is(first, Class::PREPOSITION) && !clause.is_proper(first) {
        let starts = |at: &usize| {
            clause.is(*at, Class::DETERMINER.with(Class::PRONOUN)) || clause.is_proper(*at) && !clause.is_proper(at - 1)
        };
        first = (first + 1..=head).rev().find(starts).unwrap_or(first + 1);
    }
    while first < head
        && (clause.is(first, Class::WEEKDAY)
            || clause.is(first, Class::ADVERB) && !clause.is(first, Class::DETERMINER)
            || clause.any(first, &["and", "but"]))
    {
        first += 1;
    }
    first
}

/// The source that begins at the token at `first`, after its cue: "said Bo Dahl, the mayor". Where the sentence goes on
/// after it (`fronted`: "According to Bo Dahl, the mayor, it fell"), an appositive needs its second comma.
pub(super) fn after(clause: &Clause<'_>, first: usize, end: usize, fronted: bool) -> Option<Source> {
    let starts = clause.is_proper(first)
        || clause.is(
            first,
            Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ROLE).with(Class::UNNAMED).with(Class::VAGUE),
        )
        || clause.is(first, Class::PRONOUN) && clause.any(first, &["he", "she", "they", "one", "someone"])
        || clause.is(first, Class::BODY.with(Class::DOCUMENT).with(Class::NUMBER))
        || matches!(clause.get(first)?.case, Case::Upper);
    // "reliable sources", "local media reports"
    let nouns = Class::ROLE.with(Class::UNNAMED).with(Class::BODY).with(Class::DOCUMENT).with(Class::MEDIA);
    let modified = || (first..end.min(first + 3)).take_while(|at| !clause.is_break(*at)).any(|at| clause.is(at, nouns));
    if !(starts || modified()) || clause.is(first, Class::WEEKDAY.with(Class::PREPOSITION)) {
        return None;
    }
    let mut head = first;
    while head + 1 < end && head - first < PHRASE && continues(clause, head + 1) {
        head += 1;
    }
    // Not "said Dahl on Monday" with the day.
    while head > first && clause.is(head, Class::PREPOSITION.with(Class::ADVERB).with(Class::WEEKDAY)) {
        head -= 1;
    }
    let mut last = head;
    if clause.is_comma(head + 1) && describes(clause, head + 2) {
        let close = (head + 2..end).take(APPOSITIVE).find(|at| clause.is_break(*at) && !number_comma(clause, *at));
        let stop = close.unwrap_or(end.min(head + 2 + APPOSITIVE));
        // "According to Lee, the team has left": a clause is no appositive.
        let relative = clause.any(head + 2, &["who", "whose", "which"]);
        let verb = |at| clause.is(at, Class::AUXILIARY.with(Class::MODAL)) || super::frame::past(clause, at);
        let is_clause = !relative && (head + 2..stop).any(verb);
        last = if is_clause || fronted && close.is_none() { head } else { stop - 1 };
    }
    source(clause, first, last, head)
}

fn number_comma(clause: &Clause<'_>, at: usize) -> bool {
    clause.is_comma(at) && clause.kind(at + 1) == Some(Kind::Number)
}

fn describes(clause: &Clause<'_>, at: usize) -> bool {
    clause.is(at, Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ROLE))
        || clause.any(at, &["who", "whose", "which", "of"])
        || clause.kind(at) == Some(Kind::Number)
}

/// What opens a phrase for somebody.
const OWNERS: Class = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::ROLE).with(Class::TITLE);

fn continues(clause: &Clause<'_>, at: usize) -> bool {
    if clause.is_break(at) || clause.is(at, Class::AUXILIARY.with(Class::MODAL)) {
        return false;
    }
    if clause.is(at, Class::CONJUNCTION) && !clause.any(at, &["and"]) {
        return false;
    }
    if clause.is(at, Class::PREPOSITION) {
        // "accused by prosecutors of hiding it", "warned by the sheriff to stay": that is no more of them.
        let deed = clause.word(at + 1).ends_with("ing")
            || clause.any(at, &["to"]) && !clause.is(at + 1, OWNERS) && !clause.is_proper(at + 1);
        return clause.any(at, &["of", "for", "from", "at", "with", "in", "to"])
            && !deed
            && !clause.is(at + 1, Class::WEEKDAY.with(Class::MONTH));
    }
    !clause.is(at, Class::WEEKDAY)
}

/// The phrase as a source, if somebody or something that can say things is named by it.
fn source(clause: &Clause<'_>, first: usize, last: usize, head: usize) -> Option<Source> {
    let kind = kind(clause, first, head)?;
    Some(Source { first, last, kind })
}

/// Longest phrase for an owner, in tokens.
const OWNER: usize = 5;

/// Who owns what follows the ending at `ending`: "the judge’s", "Ann Lee’s".
pub(super) fn owner(clause: &Clause<'_>, ending: usize) -> Option<Source> {
    let head = ending.checked_sub(1)?;
    let mut back = (ending.saturating_sub(OWNER)..=head).rev();
    let first = match clause.is_proper(head) {
        true => back.take_while(|at| clause.is_proper(*at)).last()?,
        false => back.find(|at| clause.is(*at, Class::DETERMINER.with(Class::POSSESSIVE)))?,
    };
    let kind = kind(clause, first, head)?;
    Some(Source { first, last: ending, kind })
}

/// Whether it is plain from the words of a source that it is one, wherever they stand: a name, a role, a body.
pub(super) fn is_somebody(clause: &Clause<'_>, source: Source) -> bool {
    let nouns = Class::ROLE.with(Class::BODY).with(Class::DOCUMENT).with(Class::UNNAMED).with(Class::VAGUE);
    (source.first..=source.last).any(|at| clause.is_proper(at) || clause.is(at, nouns))
}

/// What kind of source the phrase from `first` to `last` is, its appositive included; `None` if it can't be one.
pub(super) fn kind_of(clause: &Clause<'_>, first: usize, last: usize) -> Option<SourceKind> {
    let ends = |at: &usize| clause.is_break(*at) || clause.any(*at, &["who", "which"]);
    let head = (first + 1..=last).find(ends).map_or(last, |at| at - 1);
    // "Clinton’s" of "Clinton’s claim": the ending is not what speaks.
    let head = if head > first && clause.kind(head) == Some(Kind::Possessive) { head - 1 } else { head };
    let kind = kind(clause, first, head)?;
    Some(if kind == SourceKind::Role && is_introduced(clause, first, head, last) { SourceKind::Named } else { kind })
}

/// Whether a name follows the role from `first` to `head`: "the company's lawyer, Ida Stern". After a place or a body it may
/// be theirs: "a lawyer in Kesh, New Norland", "a lawyer for the firm, Blue Harbor".
fn is_introduced(clause: &Clause<'_>, first: usize, head: usize, last: usize) -> bool {
    let name = head + 2;
    let theirs = clause.is_proper(head) || clause.is(head, Class::BODY);
    let plain = || !theirs || !(first..=head).any(|at| clause.is(at, Class::PREPOSITION));
    clause.is_comma(head + 1)
        && name < last
        && (name..=name + 1).all(|at| clause.is_proper(at))
        && (clause.is(name, Class::GIVEN) || plain())
}

/// What kind of source the phrase from `first` to `head` is; `None` if it can't be one.
fn kind(clause: &Clause<'_>, first: usize, head: usize) -> Option<SourceKind> {
    // "Her" of "her claim" speaks for whom it is for.
    if first == head && clause.is(head, Class::POSSESSIVE) {
        return Some(SourceKind::Pronoun);
    }
    if first == head && clause.is(head, Class::PRONOUN) {
        let object = clause.any(head, &["you", "him", "her", "them", "us", "me"]);
        return (!object).then_some(SourceKind::Pronoun);
    }
    // "court documents filed on Monday", "reports filed with the court"
    let filed = |at: &usize| clause.is(*at - 1, Class::DOCUMENT) && super::frame::past(clause, *at);
    if first == head && clause.any(head, &["a", "an", "the"]) {
        return None;
    }
    // "officials in Texas": the noun before the preposition is what speaks.
    let noun = (first + 1..=head)
        .find(|at| {
            clause.is(*at, Class::PREPOSITION) && !clause.is_proper(*at)
                || filed(at)
                || clause.any(*at, &["familiar", "close", "briefed", "who"])
        })
        .map_or(head, |at| at - 1);
    let person = clause.any(noun, &["person", "people", "official", "officials", "one"]);
    // "according to Insider": a name, which the capital tells but at the start.
    let name = noun > 0 && clause.is_proper(noun);
    let unnamed = clause.is(noun, Class::UNNAMED) && !name
        || person && clause.any(noun + 1, &["familiar", "close", "briefed", "with"]);
    let proper = (first..=noun).any(|at| clause.is_proper(at));
    if unnamed {
        return Some(SourceKind::Anonymous);
    }
    if clause.is_proper(noun) {
        // "Trade Ministry spokesman Bo Dahl": only the last run of capitals is the name.
        let run = (first..noun).rev().take_while(|at| clause.is_proper(*at)).last().unwrap_or(noun);
        let articled = run > first && clause.any(run - 1, &["the", "The"]) || clause.is(run, Class::DETERMINER);
        let body = (run..=noun).any(|at| clause.is(at, Class::BODY));
        let titled = (run..noun).any(|at| clause.is(at, Class::GIVEN.with(Class::PREFIX)));
        let acronym = run == noun && clause.get(noun).is_some_and(|token| token.case == Case::Upper);
        let organization = (articled || body || acronym) && !titled;
        return Some(if organization { SourceKind::Organization } else { SourceKind::Named });
    }
    let was_filed = noun < head && filed(&(noun + 1));
    if !proper && !was_filed {
        let bare = !clause.is(first, Class::POSSESSIVE)
            && !clause.any(first, &["the", "a", "an", "this", "one", "two", "three"]);
        // "several news organizations", "local media reports"; not "police reports", whose source is the police.
        let outlets = noun > first && clause.is(noun - 1, Class::MEDIA) && clause.is(noun, Class::BODY);
        let media = clause.is(noun, Class::MEDIA) && !clause.any(noun, &["report"]);
        let modifiers = Class::DETERMINER.with(Class::NUMBER).with(Class::MEDIA).with(Class::COMMON);
        if bare && (outlets || media) && (first..noun).all(|at| clause.is(at, modifiers)) {
            return Some(SourceKind::Vague);
        }
        if clause.is(noun, Class::VAGUE) && bare && noun - first <= 1 {
            return Some(SourceKind::Vague);
        }
    }
    if clause.is(noun, Class::ROLE) {
        return Some(SourceKind::Role);
    }
    if clause.is(noun, Class::BODY) {
        return Some(SourceKind::Organization);
    }
    if clause.is(noun, Class::DOCUMENT) {
        return Some(SourceKind::Document);
    }
    let noun_like = clause.kind(noun) == Some(Kind::Word)
        && !clause.is(noun, Class::PREPOSITION.with(Class::ADVERB).with(Class::CONJUNCTION).with(Class::AUXILIARY));
    (noun_like
        && (clause.is(first, Class::DETERMINER.with(Class::POSSESSIVE).with(Class::NUMBER))
            || proper
            || clause.word(noun).ends_with('s')))
    .then_some(SourceKind::Role)
}

/// The subject with which the sentence opens, for a verb further on: "Lee denied it but said".
pub(super) fn opening(clause: &Clause<'_>, end: usize) -> Option<Source> {
    let first = (0..end)
        .find(|at| !clause.is_break(*at) && !clause.is(*at, Class::ADVERB) && !clause.any(*at, &["but", "and"]))?;
    let mut head = first;
    if clause.is_proper(first) {
        while head + 1 < end && (clause.is_proper(head + 1) || clause.kind(head + 1) == Some(Kind::Possessive)) {
            head += 1;
        }
    } else if !clause.is(first, Class::PRONOUN) {
        let nouns = Class::ROLE.with(Class::BODY).with(Class::DOCUMENT);
        let proper = |at: &usize| clause.is_proper(*at) && !clause.is_proper(at + 1);
        head =
            (first..end.min(first + PHRASE)).find(|at| clause.is_break(*at) || clause.is(*at, nouns) || proper(at))?;
    }
    if clause.is_break(head) {
        return None;
    }
    source(clause, first, head, head)
}
