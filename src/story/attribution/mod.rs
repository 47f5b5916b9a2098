//! Attributions: source, cue, content.
//!
//! Within a paragraph, the grammar of news attribution finds cues, the sources beside them and what is attributed
//! ([`attributions`]). Over the story, sources become speakers ([`join`]).

mod grammar;
mod join;
mod link;
pub mod tagger;

pub(crate) use grammar::stands_alone;
pub(super) use join::is_plural;
pub use join::{Joined, join};

use crate::lexicon::{Form, Verb, VerbClass, verb};
use crate::prose::{Kind, Prose, Token};
use crate::text::{Span, SpanSet};

/// A passage said, written or thought by a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Index of the sentence in which the cue stands.
    pub sentence: usize,
    /// Who: "Ada Quill, a harbor engineer".
    pub source: Option<Span>,
    /// By which words it is attributed: "said", "according to".
    pub cue: Vec<Span>,
    /// What is attributed.
    pub content: Vec<Span>,
    /// In their words or the reporter's.
    pub kind: Speech,
    /// Said, or thought.
    pub act: Act,
    /// What kind of source it is.
    pub source_kind: SourceKind,
    /// How sure it is that the cue attributes anything, in percent: so many of such readings are right.
    pub confidence: u8,
}

/// From this confidence on a rule may find fault with how something is attributed.
const SURE: u8 = 75;

impl Attribution {
    /// Whether it is sure enough for a rule to find fault with it. With a quotation beside it, it is.
    pub fn is_sure(&self) -> bool {
        self.confidence >= SURE || self.kind == Speech::Direct
    }

    /// Whether it tells of words or thoughts, as far as can be seen: what is hardly told from a deed, as in "she follows the
    /// steel market", is none for a reader.
    pub fn tells(&self) -> bool {
        self.act != Act::Deed || self.confidence > link::CLOSE
    }

    /// The words for the source, without the comma that closes their appositive: "Ada Quill, a harbor engineer".
    pub fn who(&self, text: &str) -> Option<Span> {
        let source = self.source?;
        Some(Span::new(source.start, source.start + source.of(text).trim_end_matches(',').len()))
    }
}

/// In whose words something is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speech {
    /// In quotation marks.
    Direct,
    /// In the reporter's words.
    #[default]
    Indirect,
    /// Partly quoted.
    Mixed,
}

/// What somebody is reported to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Act {
    /// Say or write it.
    #[default]
    Speech,
    /// Think, want or feel it, or stand there: where the verb tells no words but a stand ("denied", "endorsed").
    Thought,
    /// Do something that has to do with it: "spoke with her", "signed it". Nothing stands on their word.
    Deed,
}

/// What kind of source it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A person by name.
    Named,
    /// A person or people by role: "the analyst", "police officials".
    #[default]
    Role,
    /// A body: "the Pentagon", "Japan's Ministry of Defense".
    Organization,
    /// A document: "the report", "court records".
    Document,
    /// Unnamed on purpose: "a source", "a person familiar with the talks".
    Anonymous,
    /// Nobody in particular: "critics", "media outlets".
    Vague,
    /// "He", "they".
    Pronoun,
}

impl SourceKind {
    /// Its name in reports: "named".
    pub const fn name(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Role => "role",
            Self::Organization => "organization",
            Self::Document => "document",
            Self::Anonymous => "anonymous",
            Self::Vague => "vague",
            Self::Pronoun => "pronoun",
        }
    }
}

/// The attributions of a paragraph, in the order of their cues. The copy begins at `opening`, after the dateline.
pub fn attributions(text: &str, prose: &Prose, opening: usize) -> Vec<Attribution> {
    let read = grammar::read(text, prose, opening);
    let segments = tagger::segments(text, prose, opening, &read);
    let mut found = link::attributions(text, prose, &segments);
    found.retain(|attribution| !grammar::is_look_alike(text, prose, attribution));
    for attribution in &mut found {
        if let Some((source, kind, said)) = grammar::agent(text, prose, attribution) {
            (attribution.source, attribution.source_kind) = (Some(source), kind);
            attribution.content.retain(|content| !content.overlaps(source));
            if attribution.content.iter().all(|content| content.end <= source.start) {
                attribution.content.extend(said);
            }
        } else if is_hearer(text, prose, attribution) {
            (attribution.source, attribution.source_kind) = Default::default();
        }
    }
    supplement(text, prose, &mut found, read);
    for attribution in found.iter_mut().filter(|attribution| attribution.source.is_none()) {
        if let Some((source, kind)) = grammar::subject(text, prose, attribution) {
            (attribution.source, attribution.source_kind) = (Some(source), kind);
        }
    }
    characterize(text, prose, &mut found);
    let speaks = |attribution: &Attribution| attribution.act != Act::Deed && attribution.source.is_some();
    grammar::carry_quotations(prose, &mut found, speaks);
    // With a quotation to go on with, what was a stand is said.
    characterize(text, prose, &mut found);
    found
}

fn characterize(text: &str, prose: &Prose, found: &mut [Attribution]) {
    for attribution in found {
        attribution.kind = speech(prose, &attribution.content);
        attribution.act = act(text, prose, attribution);
    }
}

/// Whether what stands as the source is who was told: "She was told that it fell".
fn is_hearer(text: &str, prose: &Prose, attribution: &Attribution) -> bool {
    let Some((source, cue)) = attribution.source.zip(attribution.cue.first()) else { return false };
    let was = |token: &Token| grammar::BE.contains(&token.of(text));
    let mut words = prose.tokens_in(*cue).iter().skip_while(|token| !was(token)).skip(1);
    let told = words.find_map(|token| verb(token.of(text)));
    source.start < cue.start
        && told.is_some_and(|verb| verb.tells && matches!(verb.form, Form::Past | Form::Participle))
}

/// The confidence of cues that the grammar alone finds. They are too few to measure (`model/README.md`), so it is lower
/// than what a rule needs.
const GRAMMAR_ALONE: u8 = 67;

/// Adds what the grammar finds and the tagger doesn't, where the grammar is nearly always right: who is credited under
/// a quotation, what follows a cue, and the plainest of cues.
fn supplement(text: &str, prose: &Prose, found: &mut Vec<Attribution>, read: Vec<Attribution>) {
    let taken: SpanSet = found.iter().flat_map(|attribution| attribution.cue.iter().copied()).collect();
    // What stands there is somebody's already: "She said he thought it fell"; but "“Go,” he told her, officials said" is
    // told twice.
    let told: SpanSet = found.iter().flat_map(|attribution| attribution.content.iter().copied()).collect();
    let plain = |word: &Token| {
        let word = word.of(text);
        grammar::is_dash(word)
            || grammar::is_credit(word)
            || verb(word).is_some_and(|verb| matches!(verb.base, "say" | "tell"))
    };
    let tagged = found.len();
    for attribution in read {
        let Some(cue) = attribution.cue.first().copied() else { continue };
        if !taken.overlaps(cue) {
            let quoted = !attribution.content.is_empty() && attribution.content.iter().all(|span| prose.quoted(*span));
            let plain = prose.tokens_in(cue).iter().any(plain) && !grammar::is_look_alike(text, prose, &attribution);
            let found_alone = quoted || plain || attribution.confidence == GRAMMAR_ALONE;
            let own = !told.overlaps(cue) || plain && speech(prose, &attribution.content) == Speech::Direct;
            if found_alone && own {
                found.push(Attribution { confidence: GRAMMAR_ALONE, ..attribution });
            }
            continue;
        }
        // What is tagged stands in the order of its cues; what is added comes after it.
        let at =
            found[..tagged].partition_point(|tagged| tagged.cue.last().is_some_and(|tagged| tagged.end <= cue.start));
        let Some(tagged) = found[..tagged].get_mut(at) else { continue };
        if tagged.content.is_empty() {
            tagged.content = attribution.content;
            tagged.source = attribution.source.or(tagged.source);
            tagged.source_kind = attribution.source_kind;
        } else if tagged.source.is_none() {
            tagged.source = attribution.source;
            tagged.source_kind = attribution.source_kind;
        }
    }
    found.sort_by_key(|attribution| attribution.cue.first().map(|cue| cue.start));
}

/// From so many quoted words on, something is said whatever the verb.
const SPEECH: usize = 4;

/// Whether words are told, what somebody thinks or what they do. The plain verbs of saying and writing tell words, and so
/// does a quotation; the others, without one, tell where somebody stands ("denied", "called for", "endorsed"), and what is
/// no verb of either tells nothing of the kind unless a clause follows ("learned that").
fn act(text: &str, prose: &Prose, attribution: &Attribution) -> Act {
    let cue = attribution.cue.iter().flat_map(|cue| prose.tokens_in(*cue));
    let mut verbs = cue.clone().filter_map(|token| verb(token.of(text)));
    let known = verbs.clone().next().is_some();
    let according = cue.clone().any(|token| grammar::is_credit(token.of(text)));
    let clause = attribution.content.iter().any(|content| {
        let opens = prose.tokens_in(*content).first().map_or("", |token| token.of(text));
        ["that", "whether", "how", "why"].contains(&opens)
    });
    let start = attribution.cue.first().map_or(0, |cue| cue.start);
    let ahead = attribution.content.iter().any(|content| content.start < start);
    let tells = |verb: Verb| match verb.class {
        // "asked for water": what somebody wants.
        VerbClass::Neutral | VerbClass::Posted | VerbClass::Stiff | VerbClass::Truth => verb.base != "ask",
        // "admitted that it fell", "it fell, she claimed"; "claimed victory" is no more than a deed.
        VerbClass::Doubt | VerbClass::Guilt => clause || ahead,
        _ => false,
    };
    // "called it “Blue”": a name in quotation marks is no speech.
    let quoted = |token: &&Token| token.quoted && token.kind == Kind::Word;
    let words = |span: &Span| prose.tokens_in(*span).iter().filter(quoted).count();
    let speech = || attribution.content.iter().map(words).sum::<usize>() >= SPEECH;
    let said = match attribution.kind {
        Speech::Direct | Speech::Mixed => according || verbs.any(|verb| verb.class != VerbClass::Thought) || speech(),
        Speech::Indirect => according || verbs.any(tells),
    };
    match said {
        true => Act::Speech,
        false if known || clause => Act::Thought,
        false => Act::Deed,
    }
}

/// How much of the content stands between quotation marks.
fn speech(prose: &Prose, content: &[Span]) -> Speech {
    let all: usize = content.iter().map(|span| span.len()).sum();
    let quoted: usize = content.iter().map(|span| quoted_bytes(prose, *span)).sum();
    match quoted {
        0 => Speech::Indirect,
        _ if all - quoted <= 2 => Speech::Direct,
        _ => Speech::Mixed,
    }
}

fn quoted_bytes(prose: &Prose, span: Span) -> usize {
    let inside = |quotation: Span| quotation.end.min(span.end).saturating_sub(quotation.start.max(span.start));
    prose.quotations_in(span).map(|quotation| inside(quotation.outer())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "source | cue | content; content" of each attribution of `text`.
    fn read(text: &str) -> Vec<String> {
        let prose = Prose::read(text);
        let show = |spans: &[Span]| spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join("; ");
        attributions(text, &prose, 0)
            .iter()
            .filter(|attribution| attribution.tells())
            .map(|a| format!("{} | {} | {}", a.source.map_or("-", |s| s.of(text)), show(&a.cue), show(&a.content)))
            .collect()
    }

    #[test]
    fn attributions_are_read_wherever_they_stand() {
        let cases: &[(&str, &[&str])] = &[
            // Source, cue, content.
            ("Orr said the dam would hold.", &["Orr | said | the dam would hold"]),
            ("The ministry said Tuesday that two died.", &["The ministry | said | that two died"]),
            ("She told reporters the vote was fair.", &["She | told | the vote was fair"]),
            ("Ann Lee, a local analyst, said prices fell.", &["Ann Lee, a local analyst, | said | prices fell"]),
            ("Lee — who was late — said it fell.", &["Lee — who was late — | said | it fell"]),
            ("Officials have repeatedly said it is safe.", &["Officials | have repeatedly said | it is safe"]),
            ("Mayor Bo Dahl said: “We are done.”", &["Mayor Bo Dahl | said: | “We are done.”"]),
            // Content, source, cue; and the other way round.
            ("“We are done,” Dahl said.", &["Dahl | said | “We are done,”"]),
            ("“We are done,” said Bo Dahl, the mayor.", &["Bo Dahl, the mayor | said | “We are done,”"]),
            ("The bridge will close, the city said.", &["the city | said | The bridge will close"]),
            ("“We are done,” he told the Daily Post on Monday.", &["he | told | “We are done,”"]),
            // In the middle.
            ("The bridge, Dahl said, will close.", &["Dahl | said | The bridge; will close"]),
            ("“We,” Dahl said, “are done.”", &["Dahl | said | “We,”; “are done.”"]),
            // According to.
            ("According to the Pentagon, they met.", &["the Pentagon | According to | they met"]),
            ("According to Bo Dahl, the mayor, they met.", &["Bo Dahl, the mayor | According to | they met"]),
            ("They met, according to two officials.", &["two officials | according to | They met"]),
            // Around.
            ("“We are done,” Dahl said. “We go home.”", &["Dahl | said | “We are done,”; “We go home.”"]),
            ("“We are done. We go home,” Dahl said.", &["Dahl | said | “We are done. We go home,”"]),
            // A second cue in the sentence.
            (
                "“We are done,” Dahl said, adding that it was late.",
                &["Dahl | said | “We are done,”", "Dahl | adding | that it was late"],
            ),
            (
                "The ministry wrote in a post on X that it was “sad.”",
                &["The ministry | wrote in a post on X | that it was “sad.”"],
            ),
            ("Lee, who said the firm knew, left the room.", &["Lee, who | said | the firm knew"]),
            ("Lee denied it but said the firm knew.", &["Lee | denied | it", "Lee | said | the firm knew"]),
            ("She went on to say: “We are done.”", &["She | went on to say: | “We are done.”"]),
            // With no verb of speech.
            ("“We are done,” the coach offered.", &["the coach | offered | “We are done,”"]),
            ("“We are done” — Ann Lee", &["Ann Lee | — | “We are done”"]),
            ("“We are done.” — Ann Lee, the mayor", &["Ann Lee, the mayor | — | “We are done.”"]),
            ("“Are we done?” Lee was quoted as saying.", &["Lee | was quoted as saying | “Are we done?”"]),
            // After an adverbial.
            ("On Monday, the road was shut, officials said.", &["officials | said | On Monday, the road was shut"]),
            ("On Monday the road was shut, Lee said.", &["Lee | said | On Monday the road was shut"]),
            ("If it is shut, nobody comes, Lee said on Friday.", &["Lee | said | If it is shut, nobody comes"]),
            ("On Monday, Lee said: “We go.”", &["Lee | said: | “We go.”"]),
            ("On Monday, Lee said the road was shut.", &["Lee | said | the road was shut"]),
            // Introduced with age and town.
            ("Ann Penn, 41, of Kesh, said the mayor lied.", &["Ann Penn, 41, of Kesh, | said | the mayor lied"]),
            ("Ann Penn, of Kesh, Ill., said it rained.", &["Ann Penn, of Kesh, Ill., | said | it rained"]),
            ("“It rained,” Ann Penn, 41, of Kesh, said.", &["Ann Penn, 41, of Kesh, | said | “It rained,”"]),
            (
                "According to media reports, the team has talked to officials in Kesh, Ill.",
                &["media reports | According to | the team has talked to officials in Kesh, Ill."],
            ),
            ("Local media reported the arrest on Sunday.", &["Local media | reported | the arrest on Sunday"]),
            ("Critics argue the pier is ugly.", &["Critics | argue | the pier is ugly"]),
            (
                "He ended by saying coins, stocks and bonds fell.",
                &["He | ended by saying | coins, stocks and bonds fell"],
            ),
            ("Dahl, police say, fled.", &["police | say | Dahl; fled"]),
            (
                "The Lees, who had been left out, derided the plan as toothless.",
                &["The Lees, who had been left out, | derided | the plan as toothless"],
            ),
            ("She said he thought it was “very, very old.”", &["She | said | he thought it was “very, very old.”"]),
            // Credited with no verb of saying.
            ("They met, per the mayor’s office.", &["the mayor’s office | per | They met"]),
            ("It was, in the words of Lee, a mess.", &["Lee | in the words of | It was; a mess"]),
            ("The pier is, as Lee put it, “a mess nobody wants.”", &["Lee | put it | “a mess nobody wants.”"]),
            // In the passive.
            (
                "Dahl was accused by prosecutors of hiding two cars.",
                &["prosecutors | was accused | Dahl; of hiding two cars"],
            ),
            ("They were warned by the sheriff to stay.", &["the sheriff | were warned | to stay"]),
            ("Lee was told by the insurer that it fell.", &["the insurer | was told | Lee; that it fell"]),
            // By a noun.
            ("Despite a warning from the fleet that it rained, they left.", &["the fleet | warning | that it rained"]),
            ("Lee’s ruling that it was old surprised them.", &["Lee’s | ruling | that it was old surprised them"]),
            // With no source, and by a noun.
            ("It is expected to rain.", &["- | is expected | It; to rain"]),
            ("Some people were told that it fell.", &["- | were told | that it fell"]),
            (
                "Lee claimed over the weekend that the bridge had fallen.",
                &["Lee | claimed over the weekend | that the bridge had fallen"],
            ),
            ("It went on despite claims that it was unsafe.", &["- | claims | that it was unsafe"]),
            // Thought.
            ("Lee believes the firm knew.", &["Lee | believes | the firm knew"]),
        ];
        let wrong: Vec<_> = cases.iter().filter(|(text, expected)| read(text) != *expected).collect();
        let wrong: Vec<_> = wrong.iter().map(|(text, expected)| (text, expected, read(text))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn what_is_said_is_told_from_thoughts_and_deeds() {
        for (text, act) in [
            ("Lee said it fell.", Act::Speech),
            ("Lee testified that it fell.", Act::Speech),
            ("He noted that the bombers were old.", Act::Speech),
            ("Lee claimed on Monday that it fell.", Act::Speech),
            ("Lee described the plan as “a mess that nobody wants.”", Act::Speech),
            ("Lee believes it fell.", Act::Thought),
            ("The ministry denied that it fell.", Act::Thought),
            ("The judge rejected Dahl’s efforts to block it.", Act::Deed),
        ] {
            let found = attributions(text, &Prose::read(text), 0);
            assert_eq!(found.first().map(|a| a.act), Some(act), "{text}");
        }
    }

    #[test]
    fn the_dateline_is_nobodys_name() {
        let text = "WASHINGTON (AP) — Ann Roe defended a plan, telling senators that it was cheap.";
        let found = attributions(text, &Prose::read(text), text.find("Ann").unwrap_or(0));
        assert_eq!(found[0].source.map(|source| source.of(text)), Some("Ann Roe"));
    }

    #[test]
    fn look_alikes_are_no_cues() {
        let mut wrong = Vec::new();
        for text in [
            "The state paid for a report on claims.",
            "He added two points and continued to rise.",
            "The company offers loans and found the body.",
            "The proposed law and the reported attack stood.",
            "Sales rose, the biggest gain in a post-war report.",
            "Police found the car near the lake.",
            "Lee refuted “misleading” media reports.",
            "The hospital admitted two women, and they left.",
            "Their charter admits members by mail.",
            "She claimed victory at 10 p.m. after most precincts had reported.",
            "Patients admitted to the clinic were young.",
            "Lee follows the steel market.",
            "She told a friend’s son a long story.",
            "The author said goodbye to her readers and left.",
            "Lt. Ann Roe reports to the sheriff.",
            "She argued with her brother for an hour.",
            "It cost $5, per person $2.",
            "The sign reads “Dead Harbor” — a charge that stung.",
            "It was “Harbor Day,” a designated day in May.",
        ] {
            wrong.extend((!read(text).is_empty()).then(|| (text, read(text))));
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn sources_are_told_apart() {
        for (text, kind) in [
            ("Bo Dahl said it fell.", SourceKind::Named),
            ("Dahl said it fell.", SourceKind::Named),
            ("The mayor said it fell.", SourceKind::Role),
            ("Trade Ministry spokesman Bo Dahl said it fell.", SourceKind::Named),
            ("Japan's Joint Staff said it fell.", SourceKind::Organization),
            ("The Pentagon said it fell.", SourceKind::Organization),
            ("The ministry said it fell.", SourceKind::Organization),
            ("The report said it fell.", SourceKind::Document),
            ("Court documents filed on Monday say it fell.", SourceKind::Document),
            ("Reports filed with the court say it fell.", SourceKind::Document),
            ("A study published in the journal Water found that it fell.", SourceKind::Document),
            ("The airline said it fell.", SourceKind::Organization),
            ("The company’s lawyer, Ida Stern, said it fell.", SourceKind::Named),
            ("A lawyer for the company, Ann Stern, said it fell.", SourceKind::Named),
            ("A lawyer for the family, Orla Quill, said it fell.", SourceKind::Named),
            ("A lawyer for the company, Blue Harbor, said it fell.", SourceKind::Role),
            ("It fell, per Insider.", SourceKind::Named),
            ("A lawyer in Kesh, New Norland, said it fell.", SourceKind::Role),
            ("He said it fell.", SourceKind::Pronoun),
            ("Her claim that it fell was wrong.", SourceKind::Pronoun),
            ("A source said it fell.", SourceKind::Anonymous),
            ("A person familiar with the talks said it fell.", SourceKind::Anonymous),
            ("Critics said it fell.", SourceKind::Vague),
            ("Multiple media outlets reported that it fell.", SourceKind::Vague),
            ("Several news organizations reported that it fell.", SourceKind::Vague),
            ("Opponents say it fell.", SourceKind::Vague),
            ("Police reports say it fell.", SourceKind::Document),
            ("Reports say it fell.", SourceKind::Vague),
            ("Media reports said it fell.", SourceKind::Vague),
            ("Reports suggested that it fell.", SourceKind::Vague),
            ("Newspapers reported that it fell.", SourceKind::Vague),
        ] {
            let found = attributions(text, &Prose::read(text), 0);
            assert_eq!(found.first().map(|a| a.source_kind), Some(kind), "{text}");
        }
    }
}
