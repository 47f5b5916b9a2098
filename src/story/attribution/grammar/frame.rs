use super::clause::Clause;
use super::cue::{Cue, cues};
use super::source::{self, Source};
use super::{Act, Attribution, GRAMMAR_ALONE, SourceKind, Speech};
use crate::lexicon::{
    Class, Clause as Follows, Form, Verb, VerbClass, is_irregular_past, is_saying, is_told_thing, verb,
};
use crate::prose::{Kind, Prose};
use crate::text::{Span, SpanSet};

/// Where what is attributed stands, as tokens of the sentence, the last one included.
type Pieces = Vec<(usize, usize)>;

/// How many attributions may stand one inside another.
const NESTED: usize = 4;
/// How far, in tokens, the end of a relative clause is looked for.
const RELATIVE: usize = 60;

/// The attributions of a sentence, added to those of the paragraph before it.
pub(super) fn attributions(clause: &Clause<'_>, found: &mut Vec<Attribution>) {
    let first = found.len();
    for cue in cues(clause) {
        let Some((cue, source, pieces)) = frame(clause, cue, found.get(first..).and_then(<[_]>::last)) else {
            continue;
        };
        let start = clause.tokens[source.map_or(cue.first, |source| source.first.min(cue.first))].start as usize;
        for earlier in found[first..].iter_mut().rev().take(NESTED) {
            give_way(clause, earlier, start);
        }
        let content = pieces.into_iter().map(|piece| widen(clause, piece)).collect();
        let inherited = || found.get(first..).and_then(<[_]>::last).map(|last| (last.source, last.source_kind));
        let (source, source_kind) = match source {
            Some(source) => (Some(clause.span(source.first, source.last)), source.kind),
            None => inherited().unwrap_or_default(),
        };
        found.push(Attribution {
            sentence: clause.sentence,
            source,
            cue: vec![clause.span(cue.first, cue.last)],
            content,
            kind: Speech::Indirect,
            act: match cue.verb {
                Some(Verb { class: VerbClass::Thought, .. }) => Act::Thought,
                _ => Act::Speech,
            },
            source_kind,
            ..Attribution::default()
        });
    }
    if found.len() == first {
        after_quotation(clause, found);
    }
    by_noun(clause, first, found);
}

/// What is told by a noun with its source beside it: "a warning from the mayor that", "the judge’s ruling that". Within
/// what another cue of the sentence attributes, it is theirs to tell.
fn by_noun(clause: &Clause<'_>, first: usize, found: &mut Vec<Attribution>) {
    let taken: SpanSet = found[first..].iter().flat_map(|one| one.content.iter().chain(&one.cue).copied()).collect();
    let nouns = (1..clause.tokens.len())
        .filter(|at| !clause.tokens[*at].quoted && is_saying(clause.word(*at)))
        .filter(|at| !taken.overlaps(clause.tokens[*at].span()));
    for noun in nouns {
        let Some((source, that)) = told_by(clause, noun) else { continue };
        // "a report that shows": what follows is told of the noun.
        if !clause.any(that, &["that"]) || that + 1 >= clause.end() || finite(clause, that + 1) {
            continue;
        }
        let end = (that..clause.end()).find(|at| clause.is_comma(*at)).unwrap_or(clause.end());
        found.push(Attribution {
            sentence: clause.sentence,
            source: Some(clause.span(source.first, source.last)),
            cue: vec![clause.tokens[noun].span()],
            content: vec![widen(clause, (that, end - 1))],
            source_kind: source.kind,
            confidence: GRAMMAR_ALONE,
            ..Attribution::default()
        });
    }
}

/// Whose a noun is, and where that is told: "claims by Lee", "Lee’s claims", "her claims".
fn told_by(clause: &Clause<'_>, noun: usize) -> Option<(Source, usize)> {
    if clause.any(noun + 1, &["from", "by"]) {
        let source = source::after(clause, noun + 2, clause.end(), true)?;
        return Some((source, source.last + 1));
    }
    let owner = noun - 1;
    let source = match clause.kind(owner) {
        Some(Kind::Possessive) => source::owner(clause, owner),
        _ if clause.is(owner, Class::POSSESSIVE) => {
            Some(Source { first: owner, last: owner, kind: SourceKind::Pronoun })
        }
        _ => None,
    };
    source.map(|source| (source, noun + 1))
}

/// A quotation whose speaker follows without a verb of speech: "“We won,” the coach offered.", "“We won.” — Ann Lee".
fn after_quotation(clause: &Clause<'_>, found: &mut Vec<Attribution>) {
    let closes =
        |at: &usize| clause.kind(*at) == Some(Kind::Quote) && clause.get(at + 1).is_some_and(|next| !next.quoted);
    let end = clause.end();
    if is_dash(clause.word(0)) {
        return credit(clause, found);
    }
    let Some(close) = (0..end).rev().find(closes) else { return };
    let dash = is_dash(clause.word(close + 1));
    let comma = close > 0 && matches!(clause.word(close - 1), "," | "?" | "!");
    let (cue, source) = if dash {
        // "— a charge that stung" goes on with the sentence; who is credited has a name.
        let source = source::after(clause, close + 2, end, false).filter(|source| clause.is_proper(source.first));
        let Some(source) = source else { return };
        (clause.tokens[close + 1].span(), source)
    } else {
        let verb =
            (close + 2..end.min(close + 12)).take_while(|at| !clause.is_break(*at)).find(|at| finite(clause, *at));
        let Some(verb) = verb.filter(|_| comma) else { return };
        let Some(source) = source::before(clause, verb).filter(|source| source.first == close + 1) else { return };
        (clause.tokens[verb].span(), source)
    };
    let first = (0..close).rev().take_while(|at| clause.tokens[*at].quoted).last().unwrap_or(close);
    found.push(Attribution {
        sentence: clause.sentence,
        source: Some(clause.span(source.first, source.last)),
        cue: vec![cue],
        content: vec![widen(clause, (first.saturating_sub(1), close))],
        source_kind: source.kind,
        ..Attribution::default()
    });
}

/// Whether the mark is a dash, however it is typed.
pub(crate) fn is_dash(mark: &str) -> bool {
    matches!(mark, "—" | "–" | "―" | "--" | "-")
}

/// "— Ann Lee, the mayor" right after a quotation that ended its sentence.
fn credit(clause: &Clause<'_>, found: &mut Vec<Attribution>) {
    let dash = clause.tokens[0];
    let before = Span::new((dash.start as usize).saturating_sub(2), dash.start as usize);
    let Some(quotation) = clause.prose.quotations_in(before).last() else { return };
    let Some(source) = source::after(clause, 1, clause.end(), false) else { return };
    found.push(Attribution {
        sentence: clause.sentence,
        source: Some(clause.span(source.first, source.last)),
        cue: vec![dash.span()],
        content: vec![quotation.outer()],
        source_kind: source.kind,
        ..Attribution::default()
    });
}

/// Takes a cue as far as its grammar allows: its source, if it has its own, and what it attributes.
fn frame(clause: &Clause<'_>, cue: Cue, previous: Option<&Attribution>) -> Option<(Cue, Option<Source>, Pieces)> {
    let Some(verb) = cue.verb else { return according(clause, cue) };
    if verb.form == Form::Gerund {
        return participle(clause, cue, verb, previous);
    }
    let mut cue = cue;
    let before = cue.first.checked_sub(1)?;
    let inverted = clause.is_break(before);
    let coordinated = clause.any(before, &["and", "but"]);
    let (source, subject) = if coordinated {
        (if previous.is_some() { None } else { source::opening(clause, before) }, cue.first)
    } else {
        match source::before(clause, cue.first) {
            Some(source) => (Some(source), source.first),
            None if inverted => {
                let source = source::after(clause, cue.last + 1, clause.end(), false)?;
                // "…, said the mayor lied": that is no source but a clause.
                if clause.kind(before) != Some(Kind::Quote) && (source.first..=source.last).any(|at| past(clause, at)) {
                    return None;
                }
                let mut pieces = piece_before(clause, cue.first)?;
                pieces.extend(piece_beyond(clause, source.last + 1));
                return Some((cue, Some(source), pieces));
            }
            None => return None,
        }
    };
    // "What people said is true": the words are what the sentence is about.
    let nominal = (subject.saturating_sub(1)..=subject)
        .any(|at| at < cue.first && clause.any(at, &["what", "whatever", "everything", "anything"]));
    if nominal || coordinated && source.is_none() && previous.is_none() {
        return None;
    }
    let after = complement(clause, &mut cue, verb);
    if verb.out && !clause.any(cue.last, &["out"]) {
        return None;
    }
    // "As Lee points out, prices fell."
    if subject > 0 && clause.any(subject - 1, &["as"]) {
        let comma = clause.is_comma(cue.last + 1).then_some(cue.last + 2)?;
        let pieces = if subject == 1 {
            vec![(comma, clause.end().checked_sub(1)?)]
        } else {
            let mut pieces = piece_before(clause, subject - 1)?;
            pieces.extend(piece_beyond(clause, comma - 1));
            pieces
        };
        return Some((cue, source, pieces)).filter(|(_, _, pieces)| pieces.iter().all(|(first, last)| first <= last));
    }
    let before = if coordinated { None } else { piece_before(clause, subject) };
    let end = clause.end();
    let quoted = before.as_ref().is_some_and(|pieces| clause.kind(pieces[0].1) == Some(Kind::Quote));
    // "“misleading” media reports": without a comma what is quoted describes the noun after it.
    if quoted && verb.form == Form::Third && clause.kind(subject - 1) == Some(Kind::Quote) && !clause.stops(subject - 2)
    {
        return None;
    }
    let pieces = match (before, after) {
        (Some(mut pieces), _) if quoted || after.is_none_or(|at| at >= end || clause.is_break(at)) => {
            // "On Tuesday, he said: “We go.”": what opens the sentence is no part of what was said. "On Tuesday, the
            // road was shut, he said": it is, for nothing else can be.
            let fronted = !quoted && adverbial(clause, pieces[0].0);
            match after.filter(|_| fronted).and_then(|at| content_start(clause, cue, verb, at)) {
                Some(first) => vec![(first, end.checked_sub(1)?)],
                None => {
                    pieces.extend(piece_beyond(clause, after.unwrap_or(end)));
                    pieces
                }
            }
        }
        (_, Some(at)) => {
            let first = content_start(clause, cue, verb, at)?;
            // "Lee, who said the firm knew, left": a relative clause ends with its comma.
            let relative = clause.any(cue.first - 1, &["who", "which"]);
            let close = (first..end).take(RELATIVE).find(|at| relative && clause.is_comma(*at));
            vec![(first, close.unwrap_or(end).checked_sub(1)?)]
        }
        _ => return None,
    };
    Some((cue, source, pieces)).filter(|(_, _, pieces)| pieces.iter().all(|(first, last)| first <= last))
}

/// "According to the Pentagon, they met." "They met, according to the Pentagon."
fn according(clause: &Clause<'_>, cue: Cue) -> Option<(Cue, Option<Source>, Pieces)> {
    let end = clause.end();
    // "It was, in the words of Lee, a miracle": what follows goes on with the sentence.
    let fronted = cue.first == 0 || clause.any(cue.last, &["of"]);
    let source = source::after(clause, cue.last + 1, end, fronted)?;
    let beyond = source.last + 1;
    let pieces = match piece_before(clause, cue.first) {
        Some(mut pieces) => {
            pieces.extend(piece_beyond(clause, beyond));
            pieces
        }
        None if cue.first > 2 => vec![(0, cue.first - 1)],
        None => vec![(beyond + usize::from(clause.is_comma(beyond)), end.checked_sub(1)?)],
    };
    pieces.iter().all(|(first, last)| first <= last).then_some((cue, Some(source), pieces))
}

/// ", saying that …": the source is that of the clause it hangs on.
fn participle(
    clause: &Clause<'_>,
    mut cue: Cue,
    verb: Verb,
    previous: Option<&Attribution>,
) -> Option<(Cue, Option<Source>, Pieces)> {
    let before = clause.skip_adverbs_back(cue.first.checked_sub(1)?);
    if verb.class == VerbClass::Thought
        || !(clause.is_comma(before) || clause.any(before, &["by", "in", "while", "after", "before", "and", "without"]))
    {
        return None;
    }
    let at = complement(clause, &mut cue, verb)?;
    let start = content_start(clause, cue, verb, at)?;
    let source = if previous.is_some() { None } else { Some(source::opening(clause, before)?) };
    Some((cue, source, vec![(start, clause.end().checked_sub(1)?)]))
}

/// Where what follows the cue begins, its object and adverbials passed over: "told reporters in Oslo on Tuesday that".
/// A channel ("in a post on X") becomes part of the cue. `None` where nothing follows.
fn complement(clause: &Clause<'_>, cue: &mut Cue, verb: Verb) -> Option<usize> {
    let end = clause.end();
    let mut at = cue.last + 1;
    if verb.out && clause.any(at, &["out"]) {
        cue.last = at;
        at += 1;
    }
    if verb.tells {
        at = object(clause, at, end);
    }
    let channel = channel(clause, at, end);
    if channel > at {
        cue.last = channel - 1;
        at = channel;
    }
    let plain = at;
    while at < end {
        let next = adverbial_end(clause, at, end);
        if next == at {
            break;
        }
        at = next;
    }
    // "said under the plan taxes would rise": that was no adverbial, or not all of it.
    if clause.is(at, Class::AUXILIARY.with(Class::MODAL)) {
        at = plain;
    }
    (at < end).then_some(at)
}

/// The end of the object of "told": "reporters", "the Daily Post", "him".
fn object(clause: &Clause<'_>, start: usize, end: usize) -> usize {
    let mut at = start;
    if clause.is(at, Class::PRONOUN) || clause.any(at, &["reporters", "lawmakers", "supporters", "investors"]) {
        return at + 1;
    }
    if clause.is(at, Class::DETERMINER.with(Class::POSSESSIVE)) && !clause.any(at, &["that"]) {
        at += 1;
    }
    let stops = Class::DETERMINER
        .with(Class::PRONOUN)
        .with(Class::AUXILIARY)
        .with(Class::MODAL)
        .with(Class::PREPOSITION)
        .with(Class::CONJUNCTION)
        .with(Class::WEEKDAY)
        .with(Class::POSSESSIVE);
    let proper = clause.is_proper(at);
    while at < end
        && !clause.is_break(at)
        && !clause.is(at, stops)
        && (!proper || clause.is_proper(at) || clause.kind(at) != Some(Kind::Word))
    {
        at += 1;
    }
    at
}

/// The end of a channel: "in a statement", "in a post on X", "on Facebook".
fn channel(clause: &Clause<'_>, start: usize, end: usize) -> usize {
    let mut at = start;
    if clause.any(at, &["in"]) && clause.is(at + 1, Class::DETERMINER) {
        let noun = (at + 2..end.min(at + 6)).find(|at| {
            clause.is(*at, Class::DOCUMENT) || clause.any(*at, &["interview", "speech", "call", "thread", "conference"])
        });
        let Some(noun) = noun.filter(|noun| (at + 2..*noun).all(|at| !clause.is_break(at))) else { return start };
        at = noun + 1;
    }
    if clause.any(at, &["on"])
        && clause.is_proper(at + 1)
        && (at > start || clause.any(at + 1, &["x", "twitter", "facebook", "instagram", "telegram"]))
    {
        at += 2;
        while at < end && clause.is_proper(at) {
            at += 1;
        }
    }
    at
}

/// The end of an adverbial that begins at `at`; `at` where none does.
fn adverbial_end(clause: &Clause<'_>, at: usize, end: usize) -> usize {
    if clause.is(at, Class::WEEKDAY)
        || clause.is(at, Class::ADVERB) && !clause.is(at, Class::DETERMINER.with(Class::CONJUNCTION))
    {
        return at + 1;
    }
    if clause.is(at, Class::MONTH) && clause.kind(at + 1) == Some(Kind::Number) {
        return at + 2;
    }
    let adverbial = clause.is(at, Class::PREPOSITION)
        && !clause.any(at, &["that", "of", "like", "than", "despite"])
        && !clause.any(at + 1, &["least", "most", "all"]);
    if !adverbial {
        return at;
    }
    let mut next = at + 1;
    if clause.is(next, Class::DETERMINER.with(Class::POSSESSIVE)) {
        next += 1;
    }
    let stops = Class::DETERMINER
        .with(Class::PRONOUN)
        .with(Class::AUXILIARY)
        .with(Class::MODAL)
        .with(Class::CONJUNCTION)
        .with(Class::PREPOSITION)
        .with(Class::WEEKDAY);
    let first = next;
    while next < end && next - first < 8 && !clause.is_break(next) && !(next > first && clause.is(next, stops)) {
        next += 1;
    }
    next
}

/// Where the content begins that follows a cue, if what follows can be one.
fn content_start(clause: &Clause<'_>, cue: Cue, verb: Verb, at: usize) -> Option<usize> {
    let mut at = at;
    if matches!(clause.word(at), ":" | ",") && (clause.kind(at + 1) == Some(Kind::Quote) || clause.word(at) == ":") {
        at += 1;
        return (at < clause.end()).then_some(at);
    }
    if clause.is_comma(at) && clause.any(at + 1, &["that"]) {
        return Some(at + 1);
    }
    if clause.kind(at) == Some(Kind::Quote) {
        return Some(at);
    }
    if clause.any(at, &["that", "whether", "how", "why", "what"]) || clause.any(at, &["if"]) && verb.base != "say" {
        return Some(at);
    }
    if verb.to && clause.any(at, &["to"]) {
        return Some(at);
    }
    // "admitted to the hospital": a preposition opens no clause, unless a number follows ("about 20 people").
    let adverbial = clause.is(at, Class::PREPOSITION) && !(at + 1..at + 4).any(|at| number(clause, at));
    let of = clause.any(cue.last + 1, &["of", "about"]);
    if verb.things && !adverbial && !of && !clause.is_break(at) {
        return Some(at);
    }
    (verb.clause != Follows::Never && !adverbial && !of && !clause.is_break(at) && clause_follows(clause, verb, at))
        .then_some(at)
}

/// How far, in tokens, the verb of a clause is looked for.
const CLAUSE: usize = 80;

/// Whether a clause with its own verb begins at `at`: "prices fell". After verbs that do other things than attribute
/// ("claimed victory", "admitted two patients") it must be plain that one does.
fn clause_follows(clause: &Clause<'_>, verb: Verb, at: usize) -> bool {
    let end = clause.end().min(at + CLAUSE);
    if verb.clause == Follows::Freely {
        return (at + 1..end).any(|at| finite(clause, at));
    }
    if clause.any(at, &["he", "she", "they", "it", "we", "i", "you", "there"]) {
        return true;
    }
    let own = |at: &usize| {
        !clause.is_break(*at)
            && !clause.any(*at, &["after", "before", "when", "while", "because", "as", "and", "who", "which", "that"])
    };
    (at + 1..end).take_while(own).any(|at| clause.is(at, Class::AUXILIARY.with(Class::MODAL)) || past(clause, at))
}

/// Whether the last word of a cue is a verb that attributes nothing here.
pub(super) fn is_look_alike(clause: &Clause<'_>, cue: Span, attribution: &Attribution) -> bool {
    let content = &attribution.content;
    let last = clause.tokens.partition_point(|token| (token.start as usize) < cue.end).saturating_sub(1);
    if content.iter().any(|span| clause.prose.quoted(*span)) {
        return false;
    }
    // "Lee: It fell": without a quotation a colon tells nothing but a speaker's label, which the story knows.
    if clause.word(last) == ":" && clause.tokens[last].start as usize == cue.start {
        return attribution.source_kind != SourceKind::Document;
    }
    let mut verbs = clause.tokens[..=last.min(clause.tokens.len() - 1)].iter().enumerate();
    let verbs = verbs.rfind(|(_, token)| token.start as usize >= cue.start && verb(token.of(clause.text)).is_some());
    let Some((at, verb)) = verbs.and_then(|(at, token)| Some((at, verb(token.of(clause.text))?))) else { return false };
    let ahead = content.iter().any(|span| span.start < cue.start);
    // "after most precincts had reported": what goes before is set off from what says it.
    let run_on = ahead && verb.base == "report" && content.iter().all(|span| span.end + 1 >= cue.start);
    let opens = ["that", "whether", "how", "why", "what", "if", ":"];
    // "claimed on Monday that it fell": what is said may stand further on.
    let beyond = content.iter().find(|span| span.start >= cue.end);
    let after =
        beyond.map_or(last + 1, |span| clause.tokens.partition_point(|token| (token.start as usize) < span.start));
    // "admitted to the clinic": what a preposition ends takes no clause.
    let told = clause.any(last + 1, &opens)
        || clause.any(after, &opens)
        || at == last && after < clause.end() && clause_follows(clause, verb, after);
    let ends = (at + 1..=last).all(|at| clause.is(at, Class::PREPOSITION));
    // "reports to the sheriff", "argued with her brother"
    let dealing = at < last && matches!((verb.base, clause.word(last)), ("report", "to") | ("argue", "with"));
    let phrase = !clause.any(last + 1, &opens) && is_phrase(clause, verb, last + 1);
    run_on || phrase || !told && !ahead && (verb.deed && ends || dealing)
}

/// How many tokens may stand between a plain verb of saying and the thing that it tells: "told his son a long story".
const OBJECT: usize = 8;

/// Whether a plain verb of saying makes a phrase with what stands from `at` on that tells nothing: "told a story", "said
/// goodbye".
fn is_phrase(clause: &Clause<'_>, verb: Verb, at: usize) -> bool {
    let ends = |at: usize| clause.is_break(at) || clause.is(at, Class::PREPOSITION.with(Class::CONJUNCTION));
    verb.class == VerbClass::Neutral
        && verb.clause == Follows::Freely
        && (at..at + OBJECT)
            .take_while(|at| !clause.is_break(*at) && !clause.is(*at, Class::AUXILIARY))
            .any(|at| is_told_thing(clause.word(at)) && ends(at + 1))
}

fn number(clause: &Clause<'_>, at: usize) -> bool {
    clause.kind(at) == Some(Kind::Number) || clause.is(at, Class::NUMBER)
}

/// Whether the token may be a finite verb.
fn finite(clause: &Clause<'_>, at: usize) -> bool {
    let Some(token) = clause.get(at) else { return false };
    let third =
        || clause.word(at).ends_with('s') && at > 0 && !token.class.any(Class::POSSESSIVE.with(Class::DETERMINER));
    let verbs = Class::AUXILIARY.with(Class::MODAL).with(Class::SPEECH).with(Class::THOUGHT);
    token.kind == Kind::Word && !clause.is_proper(at) && (token.class.any(verbs) || third() || past(clause, at))
}

/// Whether the token may be the past of a verb.
pub(super) fn past(clause: &Clause<'_>, at: usize) -> bool {
    let word = clause.word(at);
    !clause.is_proper(at) && (word.ends_with("ed") || is_irregular_past(word))
}

/// What stands before the subject and is set off by a comma, a dash or a closing quotation mark.
fn piece_before(clause: &Clause<'_>, subject: usize) -> Option<Pieces> {
    let close = subject.checked_sub(1)?;
    let last = match clause.kind(close)? {
        Kind::Quote => close,
        Kind::Mark if matches!(clause.word(close), "," | "—" | "–" | "--" | "?" | "!") => close.checked_sub(1)?,
        _ => return None,
    };
    let last = if clause.is_comma(close) && clause.is_comma(last) { last.checked_sub(1)? } else { last };
    let first = usize::from(clause.any(0, &["but", "and", "still", "yet"]));
    // "Dahl, police said, ran": one word is enough if it is a name.
    (last > first || last == first && clause.is_proper(first)).then(|| vec![(first, last)])
}

/// What goes on after an attribution in the middle of its sentence: ", will close".
fn piece_beyond(clause: &Clause<'_>, at: usize) -> Option<(usize, usize)> {
    let end = clause.end();
    if !clause.is_comma(at)
        && clause.kind(at) != Some(Kind::Quote)
        && !matches!(clause.word(at), ":" | "—" | "–" | "--")
    {
        return None;
    }
    let first = if clause.kind(at) == Some(Kind::Quote) { at } else { at + 1 };
    if first >= end {
        return None;
    }
    // A quotation goes on; so does a clause, unless it is another thought: ", adding", ", while", ", who".
    let quoted = clause.kind(first) == Some(Kind::Quote);
    let participle = clause.word(first).ends_with("ing") || clause.word(clause_adverb(clause, first)).ends_with("ing");
    let other = participle
        || clause.any(
            first,
            &[
                "who", "which", "while", "but", "though", "although", "and", "after", "before", "when", "as", "where",
                "with",
            ],
        );
    (quoted || !other).then_some((first, end - 1))
}

fn clause_adverb(clause: &Clause<'_>, at: usize) -> usize {
    if clause.is(at, Class::ADVERB) { at + 1 } else { at }
}

/// Whether an adverbial, not a clause, opens the sentence there.
fn adverbial(clause: &Clause<'_>, at: usize) -> bool {
    clause.is(at, Class::PREPOSITION.with(Class::ADVERB))
        || clause.any(
            at,
            &[
                "when",
                "while",
                "after",
                "before",
                "asked",
                "if",
                "although",
                "though",
                "as",
                "because",
                "meanwhile",
                "however",
                "last",
                "next",
                "that",
            ],
        )
        || clause.word(at).ends_with("ing") && at == 0
}

/// The bytes of a piece, and of the quotation that goes on beyond the sentence where the piece begins or ends.
fn widen(clause: &Clause<'_>, (first, last): (usize, usize)) -> Span {
    let mut span = clause.span(first, last);
    for quotation in clause.prose.quotations_in(span) {
        let outer = quotation.outer();
        if outer.start < span.start && quotation.inner.holds(span.start) {
            span.start = outer.start;
        }
        if quotation.inner.holds(span.end.saturating_sub(1)) && outer.end > span.end && outer.start >= span.start {
            span.end = outer.end;
        }
    }
    span
}

/// Ends what an earlier cue of the sentence attributes where a later one takes over: "said A, adding that B".
fn give_way(clause: &Clause<'_>, earlier: &mut Attribution, start: usize) {
    let Some(content) = earlier.content.last_mut() else { return };
    if !(content.start < start && start < content.end) {
        return;
    }
    let at = clause.tokens.partition_point(|token| (token.start as usize) < start);
    let mut last = at;
    while last > 0
        && (clause.is_comma(last - 1)
            || clause.any(last - 1, &["and", "but", "while", "though"])
            || clause.is(last - 1, Class::ADVERB))
    {
        last -= 1;
    }
    // Without a comma or conjunction the later one stands inside what the earlier one attributes.
    if last < at && last > 0 && (last..at).any(|at| clause.is_comma(at) || clause.is(at, Class::CONJUNCTION)) {
        let end = clause.tokens[last - 1].end as usize;
        if end > content.start {
            content.end = end;
        }
    }
}

/// Gives quotations that stand alone to the source of their paragraph: the one before them or, at the paragraph's
/// beginning, the one after; `speaks` tells which of them may go on.
pub(crate) fn carry_quotations(prose: &Prose, found: &mut [Attribution], speaks: impl Fn(&Attribution) -> bool) {
    let Some(first) = found.iter().position(&speaks) else { return };
    let taken: SpanSet = found.iter().flat_map(|attribution| attribution.content.iter().copied()).collect();
    // The last speaker before the quotation at hand.
    let mut speaker = first;
    let mut next = first + 1;
    for quotation in &prose.quotations {
        let outer = quotation.outer();
        if taken.overlaps(outer) || !stands_alone(prose, outer) {
            continue;
        }
        while found
            .get(next)
            .is_some_and(|attribution| attribution.cue.first().is_some_and(|cue| cue.end <= outer.start))
        {
            if speaks(&found[next]) {
                speaker = next;
            }
            next += 1;
        }
        found[speaker].content.push(outer);
    }
    for attribution in found {
        attribution.content.sort_unstable();
    }
}

/// Whether no more than a word of the reporter's shares the quotation's sentences.
pub(crate) fn stands_alone(prose: &Prose, outer: Span) -> bool {
    let first = prose.sentence_at(outer.start).unwrap_or(0);
    let last = prose.sentence_at(outer.end.saturating_sub(1).max(outer.start)).unwrap_or(0);
    prose.sentences[first..=last].iter().map(|sentence| sentence.own_words).sum::<u32>() <= 1
}
