use crate::diagnostic::Severity;
use crate::lexicon::{self, Class, Tenure, Wording};
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::people::{Held, Person};
use crate::story::{Place, Story};
use crate::style::Style;
use crate::text::{Span, one_line};

use super::post::Post;
use super::time::{is_dated, tells_of_another};
use super::{cased_like, in_form};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "titles/inconsistent",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::Off,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/titles/inconsistent.md"),
    detect: Detect::Story(check),
};

/// Most uses of titles looked at for one person; a story has a handful.
const MOST: usize = 200;

/// An office as one mention of a person gives it.
#[derive(Clone, Copy)]
struct Use {
    place: Place,
    held: Held,
    /// Whether it follows the name: "Quill, the secretary of defense".
    after: bool,
    /// Whether it stands with the surname alone, as it does once the person is introduced.
    bare: bool,
    /// Whether "then" says that they have moved on: "then-Mayor Roe", "Roe, then the mayor".
    then: bool,
    /// Whether it says outright that the person is out of office: "former Mayor Roe". The late judge stays a judge.
    left: bool,
}

/// Two uses that do not go together.
struct Clash {
    kind: Kind,
    /// The one to change.
    here: Use,
    /// What it clashes with.
    there: Use,
}

/// Why two uses do not go together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nobody holds both offices at once.
    TwoOffices,
    /// One office in two wordings.
    TwoWordings,
    /// One office, first left and then held.
    Left,
}

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let mut findings = Vec::new();
    for person in story.people.iter().filter(|person| !is_two(story, person)) {
        let (uses, clashes) = detect(story, person, style);
        for clash in clashes {
            findings.push(Finding {
                related: vec![related(story, &clash)],
                repairs: repair(story, style, &uses, &clash),
                ..Finding::new(clash.here.place, describe(story, person, &clash))
            });
        }
        findings.extend(own_clashes(story, person, style).into_iter().map(|(here, there)| Finding {
            related: vec![(there, format!("first called {} here", story.words(there)))],
            ..Finding::new(here, two_offices(&person.name, story.words(here), story.words(there)))
        }));
    }
    findings
}

/// Whether a courtesy title shows that the story means somebody else of the name, too: "Ann Roe" and "Mr. Roe".
fn is_two(story: &Story<'_>, person: &Person) -> bool {
    let named = |(index, number): &(usize, usize)| {
        let paragraph = &story.paragraphs[*index];
        (paragraph, &paragraph.facts.mentions[*number])
    };
    let courtesies = || {
        let bare = person.namings.iter().map(named).filter(|(_, mention)| mention.given.is_none());
        bare.filter_map(|(paragraph, mention)| lexicon::gender_of_title(paragraph.words(mention.courtesy?)))
    };
    let Some(first) = courtesies().next() else { return false };
    let given = person.name.split_whitespace().next().and_then(lexicon::gender_of_name);
    courtesies().any(|gender| gender != first) || given.is_some_and(|given| given != first)
}

/// Where a post clashes with an earlier one, and one of the two is an office of the house's own.
fn own_clashes(story: &Story<'_>, person: &Person, style: &Style) -> Vec<(Place, Place)> {
    if style.own.is_empty() {
        return Vec::new();
    }
    let mut earlier: Vec<(Post<'_>, Place, bool)> = Vec::new();
    let mut clashes = Vec::new();
    for (index, number) in &person.namings {
        let paragraph = &story.paragraphs[*index];
        let mention = &paragraph.facts.mentions[*number];
        let Some((post, span)) = Post::of(paragraph, mention, style) else { continue };
        if !rule::PUBLISHED.contains(&paragraph.role) || paragraph.facts.prose.quoted(span) || earlier.len() == MOST {
            continue;
        }
        let (here, own) = (Place::new(*index, span), mention.own.is_some());
        let clash = earlier.iter().find(|(other, _, other_own)| (own || *other_own) && post.excludes(other));
        match clash {
            Some((_, there, _)) => clashes.push((here, *there)),
            None => earlier.push((post, here, own)),
        }
    }
    clashes
}

/// The offices that the story says the person holds or held, and those it says they held or will hold.
fn uses(story: &Story<'_>, person: &Person) -> (Vec<Use>, Vec<Held>) {
    let mut uses = Vec::new();
    let mut told = Vec::new();
    for (index, number) in &person.namings {
        let paragraph = &story.paragraphs[*index];
        let mention = &paragraph.facts.mentions[*number];
        let Some(held) = mention.office else { continue };
        let capital = paragraph.words(held.span).starts_with(char::is_uppercase);
        if held.tenure != Tenure::Now {
            told.push(held);
        }
        if held.tenure != Tenure::Coming
            && rule::PUBLISHED.contains(&paragraph.role)
            && (capital || mention.after)
            && !paragraph.facts.prose.quoted(held.span)
            && uses.len() < MOST
        {
            let bare = mention.given.is_none();
            let before = mention.title.map_or("", |title| paragraph.words(Span::new(title.start, held.span.start)));
            let says = |word: &str| before.split([' ', '-']).any(|said| said.eq_ignore_ascii_case(word));
            let left = held.tenure == Tenure::Past && ["former", "ex", "onetime"].into_iter().any(says);
            let (place, then) = (Place::new(*index, held.span), says("then"));
            uses.push(Use { place, held, after: mention.after, bare, then, left });
        }
    }
    (uses, told)
}

/// Each use that clashes with one of the right wording or, for offices, with an earlier one.
fn detect(story: &Story<'_>, person: &Person, style: &Style) -> (Vec<Use>, Vec<Clash>) {
    let (uses, told) = uses(story, person);
    let mut clashes = Vec::new();
    let mut accepted: Vec<Use> = Vec::new();
    let mut refused: Vec<Use> = Vec::new();
    for here in &uses {
        let known = |other: &Use| other.held.ways == here.held.ways && other.held.deputy == here.held.deputy;
        let settled = |other: &Use| known(other) && other.held.tenure == here.held.tenure;
        if accepted.iter().any(settled) || refused.iter().any(settled) {
            continue;
        }
        let clash = accepted
            .iter()
            .find(|there| exclude(here.held, there.held) && here.contradicts(there) && !there.is_dated(story));
        let Some(there) = clash.filter(|_| !told.iter().any(|told| same_office(told.ways, here.held.ways))) else {
            accepted.push(*here);
            continue;
        };
        if tells_change(story, person, here.held) || tells_change(story, person, there.held) {
            accepted.push(*here);
            continue;
        }
        refused.push(*here);
        let same = uses.iter().filter(|other| settled(other) && other.place >= here.place && other.contradicts(there));
        clashes.extend(same.map(|here| Clash { kind: Kind::TwoOffices, here: *here, there: *there }));
    }
    let found = |here: &&Use| !clashes.iter().any(|clash| clash.here.place == here.place);
    let others: Vec<Clash> =
        uses.iter().filter(found).filter_map(|here| unlike_before(story, person, &uses, here)).collect();
    clashes.extend(others);
    accepted.retain(|used| used.held.tenure == Tenure::Now);
    let divided = |used: &&Use| accepted.iter().any(|other| rivals(used.held, other.held));
    let right =
        accepted.iter().filter(divided).find(|used| used.is_house(style)).or_else(|| accepted.iter().find(divided));
    if let Some(there) = right {
        let rival = |here: &&Use| here.held.tenure == Tenure::Now && rivals(here.held, there.held);
        let kind = Kind::TwoWordings;
        clashes.extend(uses.iter().filter(rival).map(|here| Clash { kind, here: *here, there: *there }));
    }
    (uses, clashes)
}

/// The clash of an office that somebody holds now with how the story brought them in: as one who had left it, or with
/// a title of another kind.
fn unlike_before(story: &Story<'_>, person: &Person, uses: &[Use], here: &Use) -> Option<Clash> {
    if here.held.tenure != Tenure::Now || here.then {
        return None;
    }
    let before = uses.iter().filter(|used| used.place < here.place);
    let left = before.clone().find(|used| used.left && used.held.ways == here.held.ways);
    let clash = match left {
        Some(there) if !is_of_the_past(story, here) => Clash { kind: Kind::Left, here: *here, there: *there },
        Some(_) => return None,
        None => Clash { kind: Kind::TwoOffices, here: *here, there: introduced_otherwise(story, person, uses, here)? },
    };
    let told =
        || before.clone().any(|used| used.held.tenure == Tenure::Now && same_office(used.held.ways, here.held.ways));
    (!told() && !tells_change(story, person, here.held)).then_some(clash)
}

/// The title with which the story brought in somebody whom it later gives a public office by the bare surname:
/// "Acme President Ann Roe", and then "Sen. Roe".
fn introduced_otherwise(story: &Story<'_>, person: &Person, uses: &[Use], here: &Use) -> Option<Use> {
    let public = |way: &Wording| lexicon::office(*way).seat.as_deref() == Some("public");
    if !here.bare || here.after || !here.held.ways.iter().all(public) || uses.iter().any(|used| used.place < here.place)
    {
        return None;
    }
    let introduced = person.namings.iter().find_map(|(index, number)| {
        let paragraph = &story.paragraphs[*index];
        let mention = &paragraph.facts.mentions[*number];
        let other = mention.office.is_none() && mention.own.is_none();
        let title = mention.title.filter(|_| mention.given.is_some() && !mention.after && other)?;
        let last = paragraph.words(title).split_whitespace().next_back()?;
        let formal = last.starts_with(char::is_uppercase) && lexicon::class_of(last).any(Class::TITLE);
        let own = formal && !lexicon::goes_with_any(last);
        let published = rule::PUBLISHED.contains(&paragraph.role) && !paragraph.facts.prose.quoted(title);
        (own && published).then_some(Place::new(*index, title))
    })?;
    let held = Held { span: introduced.span, ..Held::default() };
    (introduced < here.place).then_some(Use {
        place: introduced,
        held,
        after: false,
        bare: false,
        then: false,
        left: false,
    })
}

/// Whether a use tells of another time, in which somebody still held what they have left since.
fn is_of_the_past(story: &Story<'_>, used: &Use) -> bool {
    let paragraph = &story.paragraphs[used.place.paragraph];
    is_dated(story, paragraph, used.place.span) || tells_of_another(paragraph, used.place.span)
}

impl Use {
    /// Whether this use can't follow the earlier one. Somebody who once held an office may hold another now, but the
    /// story has to introduce them with it: a bare surname goes back to what was told.
    fn contradicts(&self, earlier: &Self) -> bool {
        self.held.tenure == Tenure::Now
            && !earlier.then
            && (earlier.held.tenure == Tenure::Now || self.bare && !earlier.bare)
    }

    fn is_dated(&self, story: &Story<'_>) -> bool {
        is_dated(story, &story.paragraphs[self.place.paragraph], self.place.span)
    }

    /// Whether the house has chosen this wording.
    fn is_house(&self, style: &Style) -> bool {
        self.held.ways.iter().any(|way| chosen(style, *way) == Some(true))
    }

    /// Whether the house has not chosen another wording for the office.
    fn is_allowed(&self, style: &Style) -> bool {
        self.held.ways.iter().any(|way| chosen(style, *way) != Some(false))
    }
}

/// Whether the wording is the one that the house chose; `None` where it chose none.
fn chosen(style: &Style, way: Wording) -> Option<bool> {
    let office = lexicon::office(way);
    style.offices.get(&office.id).map(|house| office.wordings[way.wording].contains(house))
}

/// Whether the two can word one office, as "Gov." and "governor" do.
fn same_office(a: &[Wording], b: &[Wording]) -> bool {
    a.iter().any(|a| b.iter().any(|b| a.office == b.office))
}

/// Whether the two word one office in two ways.
fn rivals(a: Held, b: Held) -> bool {
    let pairs = || a.ways.iter().flat_map(|a| b.ways.iter().map(move |b| (a, b)));
    a.deputy == b.deputy
        && pairs().any(|(a, b)| a.office == b.office)
        && !pairs().any(|(a, b)| a.office == b.office && a.wording == b.wording)
}

/// Whether nobody holds both at once: two offices of one seat, or an office and that of a deputy to it.
fn exclude(a: Held, b: Held) -> bool {
    Post::held(a).excludes(&Post::held(b))
}

/// Whether the story tells that the person takes an office or leaves it: "Roe was sworn in as attorney general".
pub(super) fn tells_change(story: &Story<'_>, person: &Person, held: Held) -> bool {
    /// How many words after the name the verb may stand: "Roe, who was then elected".
    const REACH: usize = 6;
    /// How far from the name the office may stand.
    const WINDOW: usize = 40;
    /// What tells that somebody enters the office they are called by.
    const ENTERED: [&str; 2] = ["sworn", "inaugurated"];
    const TOOK: [&str; 5] = ["took", "takes", "taking", "assumed", "assumes"];
    person.namings.iter().any(|(index, number)| {
        let paragraph = &story.paragraphs[*index];
        let prose = &paragraph.facts.prose;
        let mention = &paragraph.facts.mentions[*number];
        let Some(sentence) = prose.sentence_at(mention.span.start) else { return false };
        let bounds = &prose.sentences[sentence].tokens;
        let start = mention.title.filter(|_| !mention.after).map_or(mention.span.start, |title| title.start);
        let (name, after) = (prose.token_at(start), prose.token_at(mention.span.end));
        let from = name.saturating_sub(WINDOW).max(bounds.start as usize);
        let to = (after + WINDOW).min(bounds.end as usize).max(from);
        let tokens = &prose.tokens[from..to];
        let names_office = |at: usize| {
            let words = tokens[at..].iter().map(|token| token.of(paragraph.text));
            let own = mention.office.is_some_and(|office| office.span.overlaps(tokens[at].span()));
            !own && tokens[at].class.any(Class::OFFICE)
                && lexicon::longest_office(words).is_some_and(|(_, ways)| ways == held.ways)
        };
        let is = |at: usize, words: &[&str]| {
            prose.tokens.get(at).is_some_and(|token| words.contains(&token.of(paragraph.text)))
        };
        let is_change = |at: usize| (from..to).contains(&at) && lexicon::change(prose.tokens[at].of(paragraph.text));
        // "Secretary of State Roe took office": the office that stands with the name.
        let enters = |at: usize| at < to && (is(at, &ENTERED) || is(at, &TOOK) && is(at + 1, &["office"]));
        let own = mention.office.is_some_and(|office| same_office(office.ways, held.ways));
        if own && (after..after + REACH).any(enters) {
            return true;
        }
        // "Roe, now the governor": near enough to be hers in any form.
        let now = (after..after + 2).find(|at| is(*at, &["now"]));
        let is_now = |at: usize| {
            let words = prose.tokens[at..to].iter().map(|token| token.of(paragraph.text));
            lexicon::longest_office(words).is_some_and(|(_, ways)| same_office(ways, held.ways))
        };
        if now.is_some_and(|now| (now + 1..to.min(now + 4)).any(is_now)) {
            return true;
        }
        let told = name.checked_sub(1).is_some_and(is_change) || (after..after + REACH).any(is_change);
        told && (0..tokens.len()).any(names_office)
    })
}

fn describe(story: &Story<'_>, person: &Person, clash: &Clash) -> String {
    let (here, there) = (story.words(clash.here.place), story.words(clash.there.place));
    let name = &person.name;
    match clash.kind {
        Kind::TwoWordings => format!(
            "{name} is “{here}” here and “{there}” elsewhere. One office needs one wording, or readers take it for two."
        ),
        Kind::TwoOffices => two_offices(name, here, there),
        Kind::Left => format!(
            "{name} is a former {here} elsewhere and still “{here}” here. Add “former”, or leave the title out after \
             the first reference."
        ),
    }
}

fn two_offices(name: &str, here: &str, there: &str) -> String {
    format!("{name} is “{here}” here and “{there}” elsewhere, and nobody is both. Check which office it is.")
}

fn related(story: &Story<'_>, clash: &Clash) -> (Place, String) {
    if clash.kind == Kind::Left {
        return (clash.there.place, format!("no longer {} here", story.words(clash.there.place)));
    }
    let first = if clash.there.place < clash.here.place { "first called" } else { "called" };
    (clash.there.place, format!("{first} {} here", story.words(clash.there.place)))
}

/// The other wording here, or this one in the other places; never one that the house doesn't write.
fn repair(story: &Story<'_>, style: &Style, uses: &[Use], clash: &Clash) -> Vec<Repair> {
    let Clash { here, there, .. } = *clash;
    // Who has left an office does not hold it again, and where "former" goes is for the reporter to say.
    if there.held.tenure != Tenure::Now {
        return Vec::new();
    }
    let mut repairs = Vec::new();
    if there.is_allowed(style) {
        let to = fitting(story, there, here);
        repairs.push(Repair::offer(format!("Write “{to}”"), here.place, to));
    }
    if here.is_allowed(style) {
        let others =
            uses.iter().filter(|used| used.held.ways == there.held.ways && used.held.deputy == there.held.deputy);
        let edits: Vec<(Place, String)> = others.map(|used| (used.place, fitting(story, here, *used))).collect();
        let everywhere = if edits.len() > 1 { "in the other places" } else { "in the other place" };
        let first = edits.first().map(|(_, words)| words.clone());
        if let Some(words) = first {
            let title = format!("Write “{words}” {everywhere}");
            repairs.push(Repair { title, applicability: crate::fix::Applicability::Unsafe, edits });
        }
    }
    repairs
}

/// The words of `model`, as they fit where `place` stands.
fn fitting(story: &Story<'_>, model: Use, place: Use) -> String {
    let words = &one_line(story.words(model.place));
    let old = story.words(place.place);
    let [way] = model.held.ways else { return cased_like(words, old) };
    if model.held.deputy {
        return cased_like(words, old);
    }
    let form = place.held.ways.iter().find(|other| other.office == way.office).map_or(0, |other| other.form);
    let wordings = &lexicon::office(*way).wordings;
    if place.after && !model.after {
        // "Gov." stands before a name only.
        let spelled = wordings[way.wording].iter().skip(form).find(|wording| !wording.ends_with('.'));
        return cased_like(spelled.map_or(words, |wording| wording), old);
    }
    if model.after != place.after || rivals(model.held, place.held) {
        return cased_like(in_form(wordings, &wordings[way.wording][0], form), old);
    }
    cased_like(words, old)
}
