//! The baseline: findings that a house has looked at and lets stand, kept in a file beside its drafts.
//!
//! A finding is remembered by its rule, its words and the words around them, never by its place: it is known again when the
//! paragraph moves, is wrapped anew or is edited away from the words. Each entry holds back one finding, so that the same
//! slip made once more is new.

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::format::{self, Draft, Format, OBJECT};
use crate::suppress::{bare, said};
use crate::text::{Edit, Span};

/// The file's name where the configuration gives it no other.
pub const FILE: &str = "copydesk-baseline.toml";

/// The list of entries in it: the mark for "let it stand".
pub const LIST: &str = "stet";

const HEAD: &str = "\
# What stands in these drafts although a rule speaks against it: Copydesk holds it back. It knows each by its words and those
# around them, wherever they move. Add why: reason = \"…\". `copydesk check --write-baseline` keeps the file up to date.
";

/// So many words around the flagged ones are remembered on each side.
const AROUND: usize = 6;
/// Of more words than these, only the first and the last half are remembered.
const LONGEST: usize = 12;
/// So many words are known by themselves, whatever stands around them.
const TELLING: usize = 6;

/// A finding that stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The draft's path from the folder of the baseline, with `/` between folders.
    pub draft: String,
    /// The rule's name.
    pub rule: String,
    /// The words before the flagged ones in their paragraph, as far as they are remembered.
    pub before: String,
    /// The words that the rule flags.
    pub words: String,
    /// The words after them.
    pub after: String,
    /// Why it stands; may be empty.
    pub reason: String,
    /// Where the file has it, if it is from a file.
    pub span: Span,
}

impl Entry {
    /// The entry for a finding in the draft at the path `name`.
    pub fn of(name: &str, found: &Diagnostic, draft: &Draft<'_>, text: &str) -> Self {
        let (before, after) = match draft.prose_of(found.span) {
            Some((paragraph, prose)) => {
                let copy = &draft.paragraphs[paragraph].text;
                (&copy[..prose.start], &copy[prose.end..])
            }
            None => ("", ""),
        };
        let before: Vec<String> = readable(before);
        let after: Vec<String> = readable(after);
        let words = readable(&said(draft, text, found.span));
        let words = match words.len() {
            0..=LONGEST => words.join(" "),
            more => format!("{} … {}", words[..LONGEST / 2].join(" "), words[more - LONGEST / 2..].join(" ")),
        };
        Self {
            draft: name.into(),
            rule: found.rule.to_string(),
            before: before[before.len().saturating_sub(AROUND)..].join(" "),
            words,
            after: after[..after.len().min(AROUND)].join(" "),
            reason: String::new(),
            span: Span::default(),
        }
    }

    /// As the file has it, on one line.
    pub fn line(&self) -> String {
        let fields = [
            ("draft", &self.draft),
            ("rule", &self.rule),
            ("before", &self.before),
            ("words", &self.words),
            ("after", &self.after),
            ("reason", &self.reason),
        ];
        let said = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let said: Vec<String> = said.map(|(name, value)| format!("{name} = {}", quoted(value))).collect();
        format!("{{ {} }}", said.join(", "))
    }
}

/// The words of a piece of prose, without what stands for something that is none.
fn readable(prose: &str) -> Vec<String> {
    prose.split(|c: char| c.is_whitespace() || c == OBJECT).filter(|word| !word.is_empty()).map(Into::into).collect()
}

/// A string as TOML has it.
fn quoted(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// What a finding is known by.
#[derive(Debug)]
struct Trace {
    words: String,
    /// The nearest first.
    before: Vec<String>,
    /// The nearest first.
    after: Vec<String>,
}

/// What of the words around must agree.
type Near<'t> = (&'t [String], &'t [String]);

impl Trace {
    fn of(entry: &Entry) -> Self {
        let split = |text: &str| bare(text).split_terminator(' ').map(String::from).collect::<Vec<_>>();
        let mut before = split(&entry.before);
        before.reverse();
        Self { words: bare(&entry.words), before, after: split(&entry.after) }
    }

    /// What must agree for the finding to be known, the surest way first; `None` where too little stands around it.
    fn near(&self, way: usize) -> Option<Near<'_>> {
        let first = |words: &'_ [String], most: usize| words.len().min(most);
        match way {
            0 => Some((&self.before, &self.after)),
            // The paragraph was edited, on one side or further away.
            1 => Some((self.before.get(..4)?, &[])),
            2 => Some((&[], self.after.get(..4)?)),
            3 => {
                let near = (&self.before[..first(&self.before, 2)], &self.after[..first(&self.after, 2)]);
                (near.0.len() + near.1.len() >= 2).then_some(near)
            }
            _ => (self.words.split(' ').count() >= TELLING).then_some((&[], &[])),
        }
    }
}

/// Ways to know a finding.
const WAYS: usize = 5;

/// A house's baseline.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    entries: Vec<Entry>,
    by_draft: FxHashMap<String, Vec<usize>>,
}

/// What a baseline makes of the findings in a draft.
#[derive(Clone, Debug, Default)]
pub struct Sorted {
    /// What it does not know.
    pub new: Vec<Diagnostic>,
    /// What it holds back, each with its entry's index.
    pub held: Vec<(Diagnostic, usize)>,
    /// The entries for the draft that hold nothing back.
    pub idle: Vec<usize>,
}

impl Baseline {
    /// The baseline of these entries.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut by_draft: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (index, entry) in entries.iter().enumerate() {
            match by_draft.get_mut(&entry.draft) {
                Some(known) => known.push(index),
                None => drop(by_draft.insert(entry.draft.clone(), vec![index])),
            }
        }
        Self { entries, by_draft }
    }

    /// All entries, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries of the draft at the path `name`, by index.
    pub fn of(&self, name: &str) -> &[usize] {
        self.by_draft.get(name).map_or(&[], Vec::as_slice)
    }

    /// The paths of the drafts that it speaks of, in no order.
    pub fn drafts(&self) -> impl Iterator<Item = &str> {
        self.by_draft.keys().map(String::as_str)
    }

    /// Sorts what was found in the draft at the path `name`. What is wrong with the configuration, and with comments that
    /// silence, is never held back.
    pub fn sort(&self, name: &str, found: Vec<Diagnostic>, text: &str, format: Format) -> Sorted {
        let known = self.of(name);
        if known.is_empty() {
            return Sorted { new: found, ..Sorted::default() };
        }
        let draft = format::read(text, format);
        let seen: Vec<Entry> = found.iter().map(|found| Entry::of(name, found, &draft, text)).collect();
        let known: Vec<(usize, &Entry)> = known.iter().map(|index| (*index, &self.entries[*index])).collect();
        let (holding, idle) = pair(&seen, &known);
        let mut sorted = Sorted { idle, ..Sorted::default() };
        for (found, holding) in found.into_iter().zip(holding) {
            match holding {
                Some(entry) => sorted.held.push((found, entry)),
                None => sorted.new.push(found),
            }
        }
        sorted
    }

    /// The entries for a draft once everything found in it is to stand: those that hold something back, with the words as
    /// they now are, one for each new finding, and those of rules that `is_on` says are off, which a check can't tell of.
    /// And how many of them are new.
    pub fn renewed(
        &self,
        name: &str,
        found: Vec<Diagnostic>,
        text: &str,
        format: Format,
        is_on: impl Fn(&str) -> bool,
    ) -> (Vec<Entry>, usize) {
        let draft = format::read(text, format);
        let Sorted { new, held, idle } = self.sort(name, found, text, format);
        let new = new.iter().filter(|found| !is_about_itself(found.rule));
        let new = new.map(|found| Entry::of(name, found, &draft, text));
        let held = held.iter().map(|(found, entry)| {
            let reason = self.entries[*entry].reason.clone();
            Entry { reason, ..Entry::of(name, found, &draft, text) }
        });
        let off = idle.into_iter().map(|entry| self.entries[entry].clone()).filter(|entry| !is_on(&entry.rule));
        let entries: Vec<Entry> = new.collect();
        let count = entries.len();
        (entries.into_iter().chain(held).chain(off).collect(), count)
    }

    /// The text of its file: an entry a line, in the order of their letters, whatever was found first.
    pub fn text(&self) -> String {
        let mut lines: Vec<String> = self.entries.iter().map(|entry| format!("  {},\n", entry.line())).collect();
        lines.sort_unstable();
        format!("{HEAD}{LIST} = [\n{}]\n", lines.concat())
    }

    /// The edit that adds an entry to the file, which has this `text`; `None` where the text is not in order enough for it.
    pub fn add(&self, entry: &Entry, text: &str) -> Option<Edit> {
        let line = entry.line();
        let at = |at: usize, text: String| Some(Edit::replace(Span::new(at, at), text));
        let next = self.entries.iter().find(|known| *known.span.of(text) > *line);
        if let Some(next) = next {
            return at(next.span.start, format!("{line},\n  "));
        }
        if let Some(last) = self.entries.last() {
            let end = last.span.end;
            let comma = text.get(end..)?.trim_start().starts_with(',');
            let end = if comma { end + text[end..].find(',')? + 1 } else { end };
            return at(end, format!("{}\n  {line},", if comma { "" } else { "," }));
        }
        let list = text.lines().position(|line| line.starts_with(LIST));
        match list {
            None => {
                let before = if text.is_empty() { HEAD } else { "" };
                let before =
                    if text.is_empty() || text.ends_with('\n') { before.into() } else { format!("{before}\n") };
                at(text.len(), format!("{before}{LIST} = [\n  {line},\n]\n"))
            }
            Some(_) => {
                let start = text.find(&format!("{LIST} = ["))? + LIST.len() + 4;
                at(start, format!("\n  {line},"))
            }
        }
    }
}

/// Whether a rule is about the configuration, or about what silences.
fn is_about_itself(rule: &str) -> bool {
    rule.starts_with("config/")
}

/// For each finding the entry that holds it back, and the entries that hold back nothing.
fn pair(seen: &[Entry], known: &[(usize, &Entry)]) -> (Vec<Option<usize>>, Vec<usize>) {
    let traces: Vec<Trace> = seen.iter().map(Trace::of).collect();
    let known: Vec<(usize, &Entry, Trace)> =
        known.iter().map(|(index, entry)| (*index, *entry, Trace::of(entry))).collect();
    let mut holding: Vec<Option<usize>> = vec![None; seen.len()];
    let mut idle = vec![true; known.len()];
    for way in 0..WAYS {
        // By rule, words and what is near; the last one of the file first.
        let mut waiting: FxHashMap<(&str, &str, Near<'_>), Vec<usize>> = FxHashMap::default();
        for (place, (_, entry, trace)) in known.iter().enumerate().rev().filter(|(place, _)| idle[*place]) {
            if let Some(near) = trace.near(way) {
                waiting.entry((&entry.rule, &trace.words, near)).or_default().push(place);
            }
        }
        if waiting.is_empty() {
            continue;
        }
        for ((found, trace), holding) in seen.iter().zip(&traces).zip(&mut holding) {
            if holding.is_some() || is_about_itself(&found.rule) {
                continue;
            }
            let Some(near) = trace.near(way) else { continue };
            if let Some(place) = waiting.get_mut(&(&*found.rule, &*trace.words, near)).and_then(Vec::pop) {
                idle[place] = false;
                *holding = Some(known[place].0);
            }
        }
    }
    let idle = known.iter().zip(idle).filter_map(|((index, ..), idle)| idle.then_some(*index));
    (holding, idle.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    const DRAFT: &str = "The harbor office closed on Monday after a leak was found in the old roof.\n\n\
        “Nobody told us,” Ann Roe said. The clerk sent an e-mail to every member of the club on Friday.\n\n\
        Members who want an e-mail from the office may ask for one at the door.\n";

    /// A finding of usage/term at each “e-mail”, and of quotes/mark at each quotation.
    fn found(text: &str) -> Vec<Diagnostic> {
        let at = |rule, start, end| Diagnostic {
            rule,
            severity: Severity::Warning,
            message: "here".into(),
            span: Span::new(start, end),
            related: Vec::new(),
            fixes: Vec::new(),
        };
        let mut found: Vec<_> =
            text.match_indices("e-mail").map(|(start, words)| at("usage/term", start, start + words.len())).collect();
        let marks: Vec<Span> =
            text.match_indices(['“', '”', '"']).map(|(start, mark)| Span::new(start, start + mark.len())).collect();
        found.extend(marks.chunks_exact(2).map(|pair| at("quotes/mark", pair[0].start, pair[1].end)));
        found.sort_by_key(|found| found.span);
        found
    }

    fn baseline(text: &str, format: Format) -> Baseline {
        Baseline::new(Baseline::default().renewed("a", found(text), text, format, |_| true).0)
    }

    /// How many findings are new and how many entries idle in a text, by the baseline of another one.
    fn after(before: &str, text: &str, format: Format) -> (usize, usize) {
        let sorted = baseline(before, format).sort("a", found(text), text, format);
        assert_eq!(sorted.held.len() + sorted.new.len(), found(text).len());
        (sorted.new.len(), sorted.idle.len())
    }

    #[test]
    fn an_entry_says_what_a_person_can_read() {
        let lines: Vec<String> = baseline(DRAFT, Format::Plain).entries().iter().map(Entry::line).collect();
        assert_eq!(
            lines[1],
            "{ draft = \"a\", rule = \"usage/term\", before = \"Roe said. The clerk sent an\", words = \"e-mail\", \
             after = \"to every member of the club\" }"
        );
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn a_finding_is_known_again_after_edits_away_from_its_words() {
        let paragraphs: Vec<&str> = DRAFT.split("\n\n").collect();
        let moved = [paragraphs[2].trim_end(), paragraphs[1], paragraphs[0]].join("\n\n");
        for text in [
            DRAFT.replace("after a leak", "at noon, after a leak"),
            DRAFT.replace("“Nobody told us,” Ann Roe said. ", "“Nobody told us,” Ann Roe cried, and left. "),
            DRAFT.replace("The clerk sent", "The two clerks had sent"),
            DRAFT.replace("to every member of", "to nearly all of"),
            DRAFT.replace(" of the club on Friday", ""),
            DRAFT.replace("Members who want", "Those who want"),
            DRAFT.replace(['“', '”'], "\""),
            DRAFT.replace(' ', "  "),
            moved,
            format!("A new lede.\n\n{DRAFT}"),
        ] {
            assert_eq!(after(DRAFT, &text, Format::Plain), (0, 0), "{text}");
            assert_eq!(after(DRAFT, &text, Format::Markdown), (0, 0), "{text}");
        }
        let wrapped = DRAFT.replace("sent an ", "sent an\n").replace("on Monday ", "on Monday\n");
        assert_eq!(after(DRAFT, &wrapped, Format::Markdown), (0, 0));
        let marked = DRAFT.replace("an e-mail to", "**an e-mail** [to](x)");
        assert_eq!(after(DRAFT, &marked, Format::Markdown), (0, 0));
    }

    #[test]
    fn a_slip_made_once_more_is_new() {
        for (text, expected) in [
            (format!("{DRAFT}\nHe read the e-mail twice.\n"), (1, 0)),
            // In the same paragraph, beside the one that stands.
            (DRAFT.replace("on Friday.", "on Friday, and one more e-mail on Sunday."), (1, 0)),
            (DRAFT.replace("sent an e-mail", "sent an e-mail, an e-mail"), (1, 0)),
            // The one that stood is gone, and another has come.
            (DRAFT.replace("sent an e-mail to every member of the club on Friday.", "called. No e-mail came."), (1, 1)),
            (DRAFT.replace("an e-mail from", "a letter from"), (0, 1)),
            (DRAFT.replace("e-mail", "letter"), (0, 2)),
        ] {
            assert_eq!(after(DRAFT, &text, Format::Plain), expected, "{text}");
        }
    }

    #[test]
    fn the_same_words_in_the_same_place_are_told_apart_by_count() {
        let twice = "e-mail e-mail e-mail e-mail e-mail e-mail e-mail e-mail e-mail e-mail e-mail e-mail e-mail e-mail e-mail e-mail";
        assert_eq!(after(twice, twice, Format::Plain), (0, 0));
        assert_eq!(after(twice, &format!("{twice} e-mail"), Format::Plain), (1, 0));
        assert_eq!(after(twice, &twice[7..], Format::Plain), (0, 1));
        assert_eq!(after("e-mail", "e-mail\n\ne-mail", Format::Plain), (1, 0));
    }

    #[test]
    fn long_words_are_known_by_themselves() {
        let said = "“It was a long and a bitter night for all of us on the pier,”";
        let before = format!("{said} Ann Roe said.\n");
        let moved = format!("Others were glad. {said} the mayor told a crowd.\n");
        assert_eq!(after(&before, &moved, Format::Plain), (0, 0));
        assert!(baseline(&before, Format::Plain).entries()[0].words.contains(" … "));
        assert_eq!(after("“No,” Roe said.", "Later: “No,” Moss cried.", Format::Plain), (1, 1));
    }

    #[test]
    fn what_is_about_the_configuration_is_never_held_back() {
        let mut found = found("An e-mail.");
        found[0].rule = "config/unused-suppression";
        let read =
            |found: Vec<Diagnostic>| Baseline::default().renewed("a", found, "An e-mail.", Format::Plain, |_| true).0;
        assert_eq!(read(found.clone()), []);
        let entry = Entry { draft: "a".into(), rule: found[0].rule.into(), words: "e-mail".into(), ..Entry::default() };
        let sorted = Baseline::new(vec![entry]).sort("a", found, "An e-mail.", Format::Plain);
        assert_eq!((sorted.new.len(), sorted.idle), (1, vec![0]));
    }

    #[test]
    fn reasons_and_rules_that_are_off_stay_when_it_is_written_anew() {
        let mut entries = baseline(DRAFT, Format::Plain).entries;
        entries.iter_mut().for_each(|entry| entry.reason = "so".into());
        let known = Baseline::new(entries);
        let text = DRAFT.replace("an e-mail from", "a letter from") + "\nAn e-mail.\n";
        let (entries, new) = known.renewed("a", found(&text), &text, Format::Plain, |_| true);
        assert_eq!((entries.len(), new, entries.iter().filter(|entry| entry.reason == "so").count()), (3, 1, 2));
        let (entries, new) = known.renewed("a", Vec::new(), &text, Format::Plain, |rule| rule != "usage/term");
        assert_eq!((entries.len(), new), (2, 0));
    }
}
