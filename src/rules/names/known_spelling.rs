use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Severity;
use crate::lexicon;
use crate::prose::Kind;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::people::{Held, Mention};
use crate::story::{Paragraph, Place, Story};
use crate::style::{Listed, Roster, Stint, Style};
use crate::text::{Span, one_line};

use super::inconsistent_spelling::{deletions, is_unknown, one_letter_apart};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "names/known-spelling",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::On,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/names/known-spelling.md"),
    detect: Detect::Story(check),
};

/// Shorter surnames differ by a letter too often: Kim and Kin.
const SHORTEST: usize = 5;
/// A surname of this length may be two letters off.
const LONG: usize = 8;
/// No surname is longer, in bytes; comparing costs the square of the length.
const LONGEST: usize = 60;

/// A name that the house does not write like that.
struct Slip<'r> {
    place: Place,
    /// Who is meant.
    listed: &'r Listed,
    /// What to write there.
    right: &'r str,
    /// Whether the roster or the story shows that it is that person and nobody else.
    sure: bool,
}

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    if style.roster.is_empty() {
        return Vec::new();
    }
    let finding = |slip: Slip<'_>| {
        let wrong = one_line(story.words(slip.place));
        let said = story.paragraphs[slip.place.paragraph].said(slip.place.span);
        Finding::new(slip.place, describe(&wrong, &slip)).mended_by(vec![repair(&slip, said)])
    };
    detect(story, &style.roster).into_iter().map(finding).collect()
}

/// What the story shows of the people whom the roster lists.
#[derive(Default)]
struct Shown<'s> {
    /// Those whom it names by a full name that is right.
    right: FxHashSet<usize>,
    /// Their surnames by what they are with a letter left out.
    neighbours: FxHashMap<u64, Vec<usize>>,
    /// Surnames of all full names: a bare one goes back to one of them.
    full: FxHashSet<&'s str>,
}

fn detect<'r>(story: &Story<'_>, roster: &'r Roster) -> Vec<Slip<'r>> {
    let shown = shown(story, roster);
    let mut slips = Vec::new();
    for (index, paragraph, mention) in mentions(story) {
        let slip = match mention.given {
            Some(given) => full(story, paragraph, mention, given, roster, &shown),
            None => bare(story, paragraph, mention, roster, &shown),
        };
        if let Some((person, span, sure)) = slip
            && let Some(listed) = roster.get(person)
        {
            let right = if span == mention.surname { &listed.surname } else { &listed.name };
            if paragraph.words(span) != right {
                slips.push(Slip { place: Place::new(index, span), listed, right, sure });
            }
        }
    }
    slips
}

/// The names in what is published, each with its paragraph and the index of that. Capitals hide how a name is spelled.
fn mentions<'a, 's>(story: &'a Story<'s>) -> impl Iterator<Item = (usize, &'a Paragraph<'s>, &'s Mention)> {
    let read = story.paragraphs.iter().enumerate().filter(|(_, paragraph)| rule::PUBLISHED.contains(&paragraph.role));
    let all = read
        .flat_map(|(index, paragraph)| paragraph.facts.mentions.iter().map(move |mention| (index, paragraph, mention)));
    all.filter(|(_, paragraph, mention)| {
        let surname = paragraph.words(mention.surname);
        surname.len() <= LONGEST && surname.contains(char::is_lowercase)
    })
}

fn shown<'s>(story: &Story<'s>, roster: &Roster) -> Shown<'s> {
    let mut shown = Shown::default();
    for (_, paragraph, mention) in mentions(story) {
        let Some(given) = mention.given else { continue };
        let surname = paragraph.words(mention.surname);
        shown.full.insert(surname);
        let named = roster.named(paragraph.words(given), surname);
        if let Some((person, listed)) = named.and_then(|person| Some((person, roster.get(person)?)))
            && shown.right.insert(person)
        {
            for key in deletions(&listed.surname) {
                shown.neighbours.entry(key).or_default().push(person);
            }
        }
    }
    shown
}

/// Whom a full name misspells, where, and whether it is surely them.
fn full(
    story: &Story<'_>,
    paragraph: &Paragraph<'_>,
    mention: &Mention,
    given: Span,
    roster: &Roster,
    shown: &Shown<'_>,
) -> Option<(usize, Span, bool)> {
    let name = Span::new(given.start, mention.surname.end);
    let (first, surname) = (paragraph.words(given), paragraph.words(mention.surname));
    let fits = |person: &usize| roster.namesakes(first, surname).contains(person);
    let told = |person: usize| {
        roster.get(person).and_then(|listed| told(story, listed, paragraph, mention, shown.right.contains(&person)))
    };
    if let Some(person) = roster.wrongly(&paragraph.phrase(name)) {
        let listed = roster.get(person)?;
        let span = if listed.given == first { mention.surname } else { name };
        return Some((person, span, told(person).is_some()));
    }
    if let Some(person) = roster.wrongly(surname).filter(fits) {
        return Some((person, mention.surname, told(person).is_some()));
    }
    // A name that is right is somebody's; an age or a description tells of somebody else.
    if roster.named(first, surname).is_some() || roster.knows_surname(surname) {
        return None;
    }
    let person = roster
        .namesakes(first, surname)
        .iter()
        .copied()
        .find(|person| roster.get(*person).is_some_and(|listed| is_near(surname, &listed.surname)))?;
    Some((person, mention.surname, told(person)?))
}

/// Whom a surname by itself misspells: somebody whom the story names rightly elsewhere, or who holds the office that
/// stands with it.
fn bare(
    story: &Story<'_>,
    paragraph: &Paragraph<'_>,
    mention: &Mention,
    roster: &Roster,
    shown: &Shown<'_>,
) -> Option<(usize, Span, bool)> {
    let surname = paragraph.words(mention.surname);
    if shown.full.contains(surname) {
        return None;
    }
    let right = |person: usize| shown.right.contains(&person);
    if let Some(person) = roster.wrongly(surname) {
        return Some((person, mention.surname, right(person)));
    }
    if surname.chars().count() < SHORTEST || roster.knows_surname(surname) || !is_unknown(surname) {
        return None;
    }
    if let Some(held) = mention.office {
        let near = |person: &usize| roster.get(*person).is_some_and(|listed| is_near(surname, &listed.surname));
        let holder = roster.holders(held, surname).find(near);
        let sure = |person| right(person) || roster.get(person).is_some_and(|listed| holds_alone(story, listed, held));
        return holder.map(|person| (person, mention.surname, sure(person)));
    }
    let mut named = deletions(surname).filter_map(|key| shown.neighbours.get(&key)).flatten().copied();
    let person = named.find(|person| {
        roster.get(*person).is_some_and(|listed| {
            listed.surname.chars().count() >= SHORTEST && one_letter_apart(surname, &listed.surname)
        })
    })?;
    Some((person, mention.surname, true))
}

/// Whether one surname can be a slip for the other: a letter or, in a long one, two are wrong, but not the first, and
/// no ending was put on.
fn is_near(wrong: &str, right: &str) -> bool {
    let (a, b) = (wrong.to_lowercase(), right.to_lowercase());
    let short = a.chars().count().min(b.chars().count());
    let plural = a.strip_suffix('s') == Some(&b) || b.strip_suffix('s') == Some(&a);
    let most = if short >= LONG { 2 } else { 1 };
    short >= SHORTEST && right.len() <= LONGEST && !plural && (1..=most).contains(&strsim::osa_distance(&a, &b))
}

/// Whether it is plain that a name is that person's, whom the story may have `named` rightly elsewhere; `None` if it is
/// rather somebody else's.
fn told(story: &Story<'_>, listed: &Listed, paragraph: &Paragraph<'_>, mention: &Mention, named: bool) -> Option<bool> {
    if let Some(held) = mention.office {
        let holds = listed.stints.iter().any(|stint| is_same(stint, held));
        return holds.then(|| named || holds_alone(story, listed, held));
    }
    let prose = &paragraph.facts.prose;
    let after = prose.token_at(mention.span.end);
    let is = |at: usize, word: &str| prose.tokens.get(at).is_some_and(|token| token.of(paragraph.text) == word);
    let age = is(after, ",") && prose.tokens.get(after + 1).is_some_and(|token| token.kind == Kind::Number);
    let described = mention.title.is_some();
    (!age && (named || !described)).then_some(named && !described)
}

/// Whether the roster gives the office, too.
fn is_same(stint: &Stint, held: Held) -> bool {
    let same = |other: Held| held.ways.iter().any(|way| other.ways.iter().any(|other| way.office == other.office));
    stint.held.is_some_and(|other| other.deputy == held.deputy && same(other))
}

/// Whether the person holds an office on the day of the story that nobody else can hold: there are many mayors.
fn holds_alone(story: &Story<'_>, listed: &Listed, held: Held) -> bool {
    let single = held.ways.iter().all(|way| lexicon::single_holder(&lexicon::office(*way).id));
    single && !held.deputy && listed.stints.iter().any(|stint| stint.covers(story.date) && is_same(stint, held))
}

fn describe(wrong: &str, slip: &Slip<'_>) -> String {
    let name = &slip.listed.name;
    if slip.sure {
        return format!("The house’s roster spells “{wrong}” otherwise: {name}. A wrong name costs readers’ trust.");
    }
    format!("“{wrong}” is a letter or two from {name}, whom the house’s roster lists. Check who it is.")
}

/// The house's spelling; to be looked at where it may be somebody else, or stands in a quotation.
fn repair(slip: &Slip<'_>, said: bool) -> Repair {
    let title = format!("Write “{}”", slip.right);
    if slip.sure && !said {
        return Repair::safe(title, slip.place, slip.right);
    }
    Repair::offer(title, slip.place, slip.right)
}
