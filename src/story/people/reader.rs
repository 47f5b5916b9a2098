//! Reads a paragraph's tokens from left to right and finds the names in it.

use super::appositive::Appositive;
use super::name::Name;
use super::title::Title;
use super::{Evidence, Mention};
use crate::lexicon::{self, Class, Offices};
use crate::prose::{self, Case, Kind, Prose, Token};
use crate::text::Span;

pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub tokens: &'t [Token],
    prose: &'t Prose,
    /// Offices of the house's own.
    pub own: &'t Offices,
    /// For each sentence, whether it is written like a headline.
    headlines: Vec<bool>,
    found: Vec<Mention>,
}

/// Words that may open a sentence before a name and are no part of it: "But President Doe".
const LEADS: Class = Class::OPENER
    .with(Class::PREPOSITION)
    .with(Class::CONJUNCTION)
    .with(Class::DETERMINER)
    .with(Class::PRONOUN)
    .with(Class::POSSESSIVE)
    .with(Class::ADVERB)
    .with(Class::AUXILIARY)
    .with(Class::MODAL)
    .with(Class::WEEKDAY)
    .with(Class::MONTH);

/// Words before a lower-case title that belong to it go back this far.
const REACH: usize = 4;
/// Most capitalised words read as one run.
const LONGEST_RUN: usize = 24;
/// The noun of a description stands among its first words.
const HEAD: usize = 6;
/// Most titles that stand one after the other.
const MOST_TITLES: usize = 3;

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, prose: &'t Prose, own: &'t Offices) -> Self {
        let headlines = prose.sentences.iter().map(|sentence| is_headline(prose.tokens_of(sentence))).collect();
        Self { text, tokens: &prose.tokens, prose, own, headlines, found: Vec::new() }
    }

    pub(super) fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn class(&self, at: usize) -> Class {
        self.tokens.get(at).map_or(Class::NONE, |token| token.class)
    }

    pub(super) fn start(&self, at: usize) -> usize {
        self.tokens[at].start as usize
    }

    pub(super) fn end(&self, at: usize) -> usize {
        self.tokens[at].end as usize
    }

    /// Whether the token is a word with a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Word && matches!(token.case, Case::Title | Case::Upper))
    }

    /// Whether the token stands in a sentence written like a headline.
    pub(super) fn headline(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let sentence = self.prose.sentence_at(token.start as usize);
        sentence.and_then(|sentence| self.headlines.get(sentence)).is_some_and(|headline| *headline)
    }

    /// Whether the token is the first word of its sentence or of a quotation.
    pub(super) fn opens(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let start = self.start(at);
        self.kind(before) == Some(Kind::Quote)
            || self.prose.sentence_at(start) != self.prose.sentence_at(self.start(before))
            || matches!(self.word(before), ":" | "—" | "--" | "•")
    }

    pub(super) fn mentions(mut self) -> Vec<Mention> {
        let mut at = 0;
        while at < self.tokens.len() {
            at = self.step(at);
        }
        self.list();
        self.found
    }

    /// In a list of three or more full names, what stands beside a person is one: "Ann Roe, Bo Quill and Cy Dahl".
    fn list(&mut self) {
        let mut from = 0;
        while from < self.found.len() {
            let mut to = from + 1;
            while to < self.found.len() && self.joined(&self.found[to - 1], &self.found[to]) {
                to += 1;
            }
            let listed = &mut self.found[from..to];
            if listed.len() > 2 && listed.iter().any(|mention| mention.evidence == Evidence::Sure) {
                for mention in listed {
                    mention.evidence = Evidence::Sure;
                }
            }
            from = to;
        }
    }

    /// Whether two mentions are full names of two words with nothing but a comma or "and" between them.
    fn joined(&self, one: &Mention, other: &Mention) -> bool {
        let two = |mention: &Mention| mention.given.is_some_and(|given| !given.of(self.text).contains(' '));
        let between = self.text.get(one.span.end..other.span.start).unwrap_or_default();
        two(one) && two(other) && matches!(between, ", " | " and " | ", and ")
    }

    /// Reads what starts at `at`, and gives where to go on; always further on.
    fn step(&mut self, at: usize) -> usize {
        let token = self.tokens[at];
        if token.kind != Kind::Word {
            return at + 1;
        }
        match token.case {
            Case::Lower => self.lower(at),
            Case::Title | Case::Upper => self.run(at),
            Case::None => at + 1,
        }
    }

    /// A lower-case word: "analyst Jane Doe", "secretary of state Jane Doe", "de Blasio".
    fn lower(&mut self, at: usize) -> usize {
        let class = self.class(at);
        if class.any(Class::TITLE.with(Class::ROLE).with(Class::OFFICE)) || self.word(at).contains('-') {
            let title = self
                .title(at)
                .or_else(|| class.any(Class::ROLE).then_some(Title { start: at, end: at + 1, ..Title::default() }));
            if let Some(title) = title
                && self.title(title.end).is_none()
                && let Some(name) = self.name(title.end)
                && (name.full() || !title.ways.is_empty() || title.own.is_some())
                && self.is_whole(name)
            {
                return self.titled(self.back(at), title, name);
            }
            return at + 1;
        }
        if class.any(Class::PARTICLE) && !class.any(Class::OPENER) {
            return self.bare_or_full(at).unwrap_or(at + 1);
        }
        at + 1
    }

    /// Where the words before a lower-case title start that belong to it: "former", "senior Japanese military".
    fn back(&self, at: usize) -> usize {
        let mut from = at;
        while from > 0 && at - from < REACH {
            let before = from - 1;
            let token = self.tokens[before];
            let belongs = token.kind == Kind::Word
                && self.end(before) < self.start(from)
                && match token.case {
                    Case::Lower => lexicon::tenure(self.word(before)).is_some() || lexicon::deputy(self.word(before)),
                    Case::Title | Case::Upper => !token.class.any(LEADS) && !self.opens(before),
                    Case::None => false,
                };
            if !belongs {
                break;
            }
            from = before;
        }
        from
    }

    /// A capitalised word: a title and a name, or a name.
    fn run(&mut self, at: usize) -> usize {
        let mut from = at;
        // "But President Doe", "On Monday Sen. Roe"
        if self.class(from).any(LEADS)
            && !(self.class(from).any(Class::GIVEN) && self.capital(from + 1))
            && self.title(from).is_none()
        {
            return at + 1;
        }
        if self.class(from).any(Class::COURTESY) {
            return self.courteous(from);
        }
        // No title and name are longer; looking on to the end of any run would take a headline-like text too long.
        let last = self.tokens.len().min(from + LONGEST_RUN);
        let end = (from..last).find(|at| !self.capital(*at)).unwrap_or(last);
        let mut seek = from;
        while seek < end {
            let named = seek > from && self.class(seek - 1).any(Class::GIVEN) && lexicon::surname_too(self.word(seek));
            match self.title(seek).filter(|_| !named) {
                Some(title) => {
                    // "Chairman Gen. Doe": titles may stand one after the other.
                    let mut last = title;
                    for _ in 1..MOST_TITLES {
                        let Some(next) = self.title(last.end) else { break };
                        last = next;
                    }
                    // After a lower-case modifier: "former President Doe".
                    if let Some(name) = self.name(last.end)
                        && self.is_whole(name)
                        && self.personal(name.start)
                    {
                        from = self.back(from);
                        return self.titled(
                            from,
                            if last.ways.is_empty() && last.own.is_none() { title } else { last },
                            name,
                        );
                    }
                    seek = title.end.max(seek + 1);
                }
                // "Coach Doe", "Republican Jane Roe"
                None if (self.class(seek).any(Class::ROLE) || lexicon::player(self.word(seek)))
                    && self.capital(seek + 1) =>
                {
                    if let Some(name) = self.name(seek + 1)
                        && name.full()
                        && self.is_whole(name)
                        && (self.class(name.start).any(Class::GIVEN) || lexicon::player(self.word(seek)))
                    {
                        let title = Title { start: seek, end: seek + 1, ..Title::default() };
                        return self.titled(self.back(from), title, name);
                    }
                    seek += 1;
                }
                None => seek += 1,
            }
        }
        self.bare_or_full(at).unwrap_or(end.max(at + 1))
    }

    /// Whether a name can start with the token after a title: "Mayor Bill Roe", not "Chief Editor Ann Roe" or "Senior
    /// Bank Notes".
    fn personal(&self, at: usize) -> bool {
        let class = self.class(at);
        class.any(Class::GIVEN)
            || lexicon::surname_too(self.word(at))
            || !class.any(Class::THING.with(Class::BODY).with(Class::ROLE))
    }

    /// Whether the capitalised words from here on make no place or thing that is named for somebody: "King County",
    /// "Joe Robbie Stadium", "Bob Stone High School".
    fn is_whole(&self, name: Name) -> bool {
        /// How far past the name the word may stand that makes it a thing.
        const AHEAD: usize = 4;
        let things = Class::THING.with(Class::BODY);
        let follows = (name.end..name.end + AHEAD).take_while(|at| self.capital(*at));
        let runs_on = follows.into_iter().any(|at| self.class(at).any(things));
        // Hill and Park are surnames after a given name or an initial, but not at the end of "Joe Robbie Park".
        let last = name.surname_end - 1;
        let before = last.checked_sub(1).filter(|before| *before >= name.start);
        let thing = before.is_some_and(|before| {
            let given = before == name.start && self.class(before).any(Class::GIVEN);
            self.class(last).any(things) && !given && !self.word(before).ends_with('.')
        });
        !runs_on && !thing && !(name.start + 1..name.end).any(|at| self.class(at).any(Class::BODY))
    }

    fn titled(&mut self, from: usize, title: Title, name: Name) -> usize {
        // In "Governor Appoints Aide" no word shows what is a name.
        let sure = !self.headline(name.start) || self.class(name.start).any(Class::GIVEN);
        let evidence = if sure { Evidence::Sure } else { Evidence::Bare };
        let mut mention = self.mention(name, evidence);
        mention.title = Some(Span::new(self.start(from), self.end(name.start - 1)));
        mention.office = self.held(title, from);
        mention.own = self.own(title, from);
        let age = self.appositive(name.end);
        if mention.office.is_none() && age.office.is_some() {
            mention.office = age.office;
        }
        self.found.push(mention);
        name.end
    }

    /// "Mr. Doe", "Mr. and Mrs. Doe"
    fn courteous(&mut self, at: usize) -> usize {
        let Some(name) = self.name(at + 1).filter(|name| self.is_whole(*name)) else { return at + 1 };
        let mut mention = self.mention(name, if name.full() { Evidence::Sure } else { Evidence::Bare });
        mention.courtesy = Some(self.tokens[at].span());
        self.found.push(mention);
        name.end
    }

    /// A name without a title before it.
    fn bare_or_full(&mut self, at: usize) -> Option<usize> {
        let name = self.name(at)?;
        let class = self.class(at);
        let headline = self.headline(at);
        let before = at.checked_sub(1);
        if !name.full() || name.surname_end - name.start == 1 {
            let speaks = self.class(name.end).any(Class::SPEECH);
            let alone = !before.is_some_and(|before| self.capital(before)) && !self.capital(name.end);
            let opener = self.opens(at) && class.any(Class::COMMON.with(Class::OPENER)) && !speaks;
            let plain = class.any(Class::MONTH.with(Class::NUMBER).with(Class::MODAL));
            if alone && !opener && !plain && self.end(name.end - 1) - self.start(at) > 1 {
                let after = self.appositive(name.end);
                let mut mention = self.mention(name, Evidence::Bare);
                mention.title = after.title;
                mention.after = after.title.is_some();
                mention.office = after.office;
                self.found.push(mention);
            }
            return Some(name.end);
        }
        let first = at + usize::from(class.any(Class::GIVEN) || self.family_first(name));
        let thing = (first..name.end).any(|at| self.class(at).any(Class::THING.with(Class::BODY)))
            || (self.capital(name.end) && self.class(name.end).any(Class::THING.with(Class::BODY)));
        let given = class.any(Class::GIVEN) || self.word(at).ends_with('.') || self.family_first(name);
        let determined = before.is_some_and(|before| self.class(before).any(Class::DETERMINER));
        let after = self.appositive(name.end);
        let runs_on = self.capital(name.end);
        let speaks = self.class(name.end).any(Class::SPEECH) && self.tokens[name.end].case == Case::Lower;
        let described = after.title.is_some() && (given || !thing && !self.firm(after));
        let told = after.age || described || !headline && !thing && self.shown(name);
        let evidence = if told || given && !determined && !headline && !runs_on && (!thing || speaks) {
            Evidence::Sure
        } else {
            Evidence::Likely
        };
        // "Republican Donor Roe", or any three words of a headline
        let common = class.any(Class::ROLE.with(Class::TITLE).with(Class::COMMON).with(Class::OPENER));
        if evidence != Evidence::Sure && (thing || !given && (common || headline)) {
            return Some(name.end);
        }
        let mut mention = self.mention(name, evidence);
        mention.title = after.title;
        mention.after = after.title.is_some();
        mention.office = after.office;
        mention.own = after.own;
        self.found.push(mention);
        Some(name.end)
    }

    /// Whether the name is two words with the family name first, as a hyphen shows: "Park Min-jun".
    fn family_first(&self, name: Name) -> bool {
        const LONGEST: usize = 6;
        // "Run-off", "Mid-year", "York-style"
        let other = Class::PREPOSITION.with(Class::ADVERB).with(Class::NUMBER).with(Class::COMMON).with(Class::ROLE);
        let part = |part: &str| {
            (2..=LONGEST).contains(&part.len()) && !lexicon::class_of(part).any(other) && !lexicon::hyphened(part)
        };
        let hyphened = self.word(name.surname).split_once('-');
        name.surname == name.start + 1
            && hyphened.is_some_and(|(one, two)| part(one) && part(two) && two.starts_with(char::is_lowercase))
    }

    /// Whether the description may be a company's: ", a maker of soups,".
    fn firm(&self, after: Appositive) -> bool {
        let Some(title) = after.title else { return false };
        let words = self.prose.tokens_in(title).iter().filter(|token| token.kind == Kind::Word);
        words.take(HEAD).any(|token| lexicon::firm(token.of(self.text)))
    }

    /// Whether what stands beside a name of several words shows that it is a person's: ", who", ", R-Ill.,", "(D-Ill.)"
    /// or the role between commas before it: "its president, Bea Lund,".
    fn shown(&self, name: Name) -> bool {
        let next = self.word(name.end + 1);
        match self.word(name.end) {
            "," if next == "who" => self.is_alone(name),
            "," => is_party(next) || self.is_alone(name) && self.is_role_before(name.start),
            "(" => is_party(next),
            _ => false,
        }
    }

    /// Whether two or three words are no end of a longer name, no band and no place: "Center for Roe Studies", "the
    /// Halden Five", "New York".
    fn is_alone(&self, name: Name) -> bool {
        let words = &self.text[self.start(name.start)..self.end(name.surname_end - 1)];
        let before = name.start.checked_sub(1);
        let goes_on = before.is_some_and(|before| {
            self.capital(before)
                || matches!(self.word(before), "of" | "for" | ":")
                || self.class(before).any(Class::DETERMINER)
        });
        name.surname_end - name.start <= 3
            && !goes_on
            && !words.ends_with('s')
            && !self.class(name.surname_end - 1).any(Class::NUMBER)
            && lexicon::places::region(words).is_none()
            && lexicon::places::city(words).is_none()
    }

    /// Whether the token comes after the name of a role with an owner or an article, and a comma: "the group's founder,".
    fn is_role_before(&self, at: usize) -> bool {
        let Some(role) = at.checked_sub(2).filter(|_| self.word(at - 1) == ",") else { return false };
        let owner = |at: &usize| {
            self.kind(*at) == Some(Kind::Possessive) || self.class(*at).any(Class::POSSESSIVE.with(Class::DETERMINER))
        };
        self.class(role).any(Class::ROLE.with(Class::TITLE))
            && self.tokens[role].case == Case::Lower
            && (role.saturating_sub(REACH)..role).any(|at| owner(&at))
    }

    fn mention(&self, name: Name, evidence: Evidence) -> Mention {
        Mention {
            span: Span::new(self.start(name.start), self.end(name.end - 1)),
            given: name.full().then(|| Span::new(self.start(name.start), self.end(name.surname - 1))),
            surname: Span::new(self.start(name.surname), self.end(name.surname_end - 1)),
            evidence,
            ..Mention::default()
        }
    }
}

/// Whether the word is a party with a state: "R-Ill.", "D-N.Y."
fn is_party(word: &str) -> bool {
    matches!(word, "R" | "D") || word.starts_with("R-") || word.starts_with("D-")
}

/// Whether a sentence is written like a headline. Three words with capitals may be a name.
fn is_headline(tokens: &[Token]) -> bool {
    tokens.iter().filter(|token| token.kind == Kind::Word).count() > 3 && prose::capitalised(tokens)
}
