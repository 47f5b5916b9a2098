//! Comments in the draft that silence a rule: `<!-- copydesk ignore: rule, rule “words” — reason -->`.
//!
//! On a line of its own such a comment is for the next paragraph, within a line for the rest of that line;
//! `copydesk ignore-file:` is for the whole file. It may name whole families. Words in quotation marks after a rule leave
//! it one match: the next one at these words, or, in a whole file, each of them. Vale's own comments are heeded, too.

mod offer;
mod vale;
mod words;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use crate::diagnostic::Diagnostic;
use crate::fix::{Applicability, Fix};
use crate::format::{Comment, Draft};
use crate::rules;
use crate::settings::Settings;
use crate::text::{Edit, Span, one_line};

pub use offer::{Offer, offer};
pub use vale::heed_vale;
pub(crate) use words::{bare, said};

/// The diagnostics that no comment silences, and one for each comment that silences nothing or gives no reason.
pub fn apply(mut diagnostics: Vec<Diagnostic>, draft: &Draft<'_>, text: &str, settings: &Settings) -> Vec<Diagnostic> {
    let mut ignores = read(draft, text);
    if ignores.is_empty() {
        return diagnostics;
    }
    let mut used: Vec<Vec<bool>> = ignores.iter().map(|ignore| vec![false; ignore.names.len()]).collect();
    let mut silencer = Silencer::new(&ignores);
    diagnostics.retain(|diagnostic| {
        let silencing = silencer.silencing(diagnostic, draft, text);
        if let Some((ignore, name)) = silencing {
            used[ignore][name] = true;
        }
        silencing.is_none()
    });
    for (ignore, used) in ignores.iter_mut().zip(used) {
        ignore.names.iter_mut().zip(used).for_each(|(name, used)| name.used = used);
        report(ignore, text, settings, &mut diagnostics);
    }
    diagnostics.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
    diagnostics
}

/// A comment that silences rules.
struct Ignore<'d> {
    comment: Span,
    names: Vec<Name<'d>>,
    reason: bool,
    /// What makes it a comment that silences, if it is but meant to be one.
    slip: Option<Edit>,
    reach: Reach,
    /// What it is for; empty if there is no such thing.
    scope: Span,
}

/// A rule or family that a comment names.
struct Name<'d> {
    text: &'d str,
    span: Span,
    /// The words that it is to be silent about, bare; all of them where none are given.
    words: Option<String>,
    /// The name, and the words after it.
    whole: Span,
    /// Whether it silenced anything.
    used: bool,
}

impl Name<'_> {
    /// As messages show it.
    fn shown(&self, text: &str) -> String {
        match &self.words {
            Some(_) => one_line(self.whole.of(text)).into_owned(),
            None => format!("“{}”", self.text),
        }
    }
}

/// The narrowest first: where two comments would do, the other one is not needed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The rest of the line.
    Line,
    /// The next paragraph.
    Paragraph,
    /// All of the file.
    File,
}

/// The draft's comments that silence rules, in order.
fn read<'d>(draft: &'d Draft<'_>, text: &str) -> Vec<Ignore<'d>> {
    let mut ignores = Vec::new();
    let mut line_end = 0;
    for comment in &draft.comments {
        let Some(Order { whole_file, names, reason, slip }) = parse(comment, text) else { continue };
        let end = comment.span.end;
        let (reach, scope) = if whole_file {
            (Reach::File, Span::new(0, text.len()))
        } else if alone(text, comment.span) {
            let next = draft.paragraphs.partition_point(|paragraph| paragraph.span.start < end);
            let next = draft.paragraphs.get(next);
            (Reach::Paragraph, next.map_or(Span::new(end, end), |paragraph| paragraph.span))
        } else {
            // Looked for once a line, however many comments are on it.
            if line_end < end {
                line_end = text[end..].find(['\n', '\r']).map_or(text.len(), |at| end + at);
            }
            (Reach::Line, Span::new(end, line_end))
        };
        ignores.push(Ignore { comment: comment.span, names, reason, slip, reach, scope });
    }
    ignores
}

/// What a comment says.
struct Order<'d> {
    whole_file: bool,
    names: Vec<Name<'d>>,
    reason: bool,
    slip: Option<Edit>,
}

/// Reads a comment; `None` if it is about something else.
fn parse<'d>(comment: &'d Comment, text: &str) -> Option<Order<'d>> {
    let called = without(&comment.text, "copydesk")?;
    let order = called.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '_'));
    let after = without(order, "ignore")?;
    if after.starts_with(char::is_alphanumeric) {
        return None;
    }
    let (what, after) = match after.strip_prefix(['-', '_']) {
        Some(more) => more.split_at(more.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(more.len())),
        None => ("", after),
    };
    let whole_file = what.eq_ignore_ascii_case("file");
    let start = comment.span.start + comment.span.of(text).find(comment.text.as_str()).unwrap_or(0);
    let mut rest = after.trim_start_matches([':', ' ']);
    // "copydesk-ignore: rule", "copydesk: ignore rule" and "copydesk ignore-next-line: rule" are other tools' ways.
    if !called[..called.len() - order.len()].trim().is_empty() || !(what.is_empty() || whole_file) {
        let head = Span::new(start, start + (comment.text.len() - rest.len()));
        let right = if whole_file { "copydesk ignore-file: " } else { "copydesk ignore: " };
        let slip = Some(Edit::replace(head, right));
        return Some(Order { whole_file, names: Vec::new(), reason: false, slip });
    }
    let mut names = Vec::new();
    loop {
        rest = rest.trim_start();
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | '—' | '–' | '“' | '"');
        let len = rest.find(ends).unwrap_or(rest.len());
        let len = rest.find("--").map_or(len, |dash| dash.min(len));
        let name = &rest[..len];
        if !name.trim_matches('-').is_empty() {
            let at = start + (comment.text.len() - rest.len());
            let span = Span::new(at, at + len);
            rest = &rest[len..];
            let words = words::quoted(rest.trim_start()).map(|(words, after)| {
                rest = after;
                bare(words)
            });
            let whole = Span::new(at, start + (comment.text.len() - rest.len()));
            names.push(Name { text: name, span, words, whole, used: false });
        }
        match rest.trim_start().strip_prefix(',') {
            Some(more) => rest = more,
            None => break,
        }
    }
    let reason = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '-' | ':' | ','));
    Some(Order { whole_file, names, reason: !reason.is_empty(), slip: None })
}

/// What follows the word that `text` opens with, in whatever case it is written.
fn without<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(rest)
}

/// Whether nothing else stands on the lines of the comment, other than marks of a block quote.
fn alone(text: &str, comment: Span) -> bool {
    let before = text[..comment.start].chars().rev().find(|c| !matches!(c, ' ' | '\t' | '>'));
    let after = text[comment.end..].chars().find(|c| !matches!(c, ' ' | '\t'));
    let ends_line = |c: Option<char>| matches!(c, None | Some('\n' | '\r' | '\u{feff}'));
    ends_line(before) && ends_line(after)
}

/// Which name of which comment.
type Which = (usize, usize);

/// Finds for each diagnostic, in the order of the text, the comment that silences it.
struct Silencer<'i> {
    /// Comments that leave a rule one match, by its name, then by the words.
    matches: HashMap<&'i str, HashMap<&'i str, Waiting>>,
    /// The others within a line or paragraph, by reach and name.
    places: [HashMap<&'i str, Vec<(Span, Which)>>; 2],
    /// The first that is for the whole file, by name and words.
    file: HashMap<(&'i str, Option<&'i str>), Which>,
    /// Whether any comment asks for words: most ask for none.
    worded: bool,
}

/// Comments that silence one match each.
#[derive(Default)]
struct Waiting {
    /// In order of their scopes' starts, the last first.
    ahead: Vec<(Span, Which)>,
    /// Those whose scopes have begun, by their end.
    open: BinaryHeap<Reverse<(usize, Which)>>,
}

impl Waiting {
    /// The comment that silences a match at `at`, which is not before the last one asked about.
    fn take(&mut self, at: usize) -> Option<Which> {
        while let Some((scope, which)) = self.ahead.pop_if(|(scope, _)| scope.start <= at) {
            self.open.push(Reverse((scope.end, which)));
        }
        while self.open.peek().is_some_and(|Reverse((end, _))| *end <= at) {
            self.open.pop();
        }
        self.open.pop().map(|Reverse((_, which))| which)
    }
}

impl<'i> Silencer<'i> {
    fn new(ignores: &'i [Ignore<'_>]) -> Self {
        let worded = ignores.iter().flat_map(|ignore| &ignore.names).any(|name| name.words.is_some());
        let mut silencer = Self { matches: HashMap::new(), places: Default::default(), file: HashMap::new(), worded };
        for (index, ignore) in ignores.iter().enumerate() {
            for (place, name) in ignore.names.iter().enumerate() {
                let which = (index, place);
                let places = match (ignore.reach, &name.words) {
                    (Reach::File, words) => {
                        silencer.file.entry((name.text, words.as_deref())).or_insert(which);
                        continue;
                    }
                    (_, Some(words)) => {
                        let matches = silencer.matches.entry(name.text).or_default();
                        matches.entry(words).or_default().ahead.push((ignore.scope, which));
                        continue;
                    }
                    (Reach::Line, None) => &mut silencer.places[0],
                    (Reach::Paragraph, None) => &mut silencer.places[1],
                };
                // Scopes of one name share no byte: what lies in another, as a caption does in its paragraph, is silenced
                // by the first comment already.
                let known = places.entry(name.text).or_default();
                if known.last().is_none_or(|(last, _)| last.end <= ignore.scope.start) {
                    known.push((ignore.scope, which));
                }
            }
        }
        for waiting in silencer.matches.values_mut().flat_map(HashMap::values_mut) {
            waiting.ahead.sort_unstable_by_key(|(scope, which)| Reverse((scope.start, *which)));
        }
        silencer
    }

    fn silencing(&mut self, diagnostic: &Diagnostic, draft: &Draft<'_>, text: &str) -> Option<Which> {
        let at = diagnostic.span.start;
        let rule = diagnostic.rule;
        let names = [rule, rules::family(rule)];
        let words = self.worded.then(|| bare(&said(draft, text, diagnostic.span)));
        if let Some(words) = words.as_deref() {
            let mut waiting = names.into_iter().filter_map(|name| self.matches.get_mut(name)?.get_mut(words)?.take(at));
            if let Some(which) = waiting.next() {
                return Some(which);
            }
        }
        let placed = self.places.iter().find_map(|places| {
            names.into_iter().find_map(|name| {
                let known = places.get(name)?;
                let (scope, which) = known.get(known.partition_point(|(scope, _)| scope.end <= at))?;
                scope.holds(at).then_some(*which)
            })
        });
        placed.or_else(|| {
            let keys = [words.as_deref(), None].into_iter().flat_map(|words| names.map(|name| (name, words)));
            keys.into_iter().find_map(|key| self.file.get(&key).copied())
        })
    }
}

/// Reports what is wrong with a comment.
fn report(ignore: &Ignore<'_>, text: &str, settings: &Settings, diagnostics: &mut Vec<Diagnostic>) {
    let mut push = |rule: &str, span: Span, message: String, fixes: Vec<Fix>| {
        let Some(rule) = rules::find(rule) else { return };
        let Some(severity) = settings.level(rule) else { return };
        diagnostics.push(Diagnostic { rule: rule.name, severity, message, span, related: Vec::new(), fixes });
    };
    if let Some(slip) = &ignore.slip {
        let message = "This comment silences nothing, for it does not begin as such a comment must. \
                       Write: copydesk ignore: rule — reason.";
        let fix = Fix {
            title: "Write “copydesk ignore:”".into(),
            applicability: Applicability::Unsafe,
            edits: vec![slip.clone()],
        };
        push("config/unused-suppression", ignore.comment, message.into(), vec![fix]);
        return;
    }
    let known = |name: &str| settings.named(name).next().is_some();
    for name in ignore.names.iter().filter(|name| !known(name.text)) {
        let near = settings.nearest(name.text);
        let hint = near.map_or("`copydesk rules` lists them all.".into(), |near| format!("Did you mean “{near}”?"));
        let fixes = near.map(|near| Fix {
            title: format!("Write “{near}”"),
            applicability: Applicability::Unsafe,
            edits: vec![Edit::replace(name.span, near)],
        });
        let message = format!("No rule is called “{}”, so this silences nothing. {hint}", name.text);
        push("config/unused-suppression", name.span, message, fixes.into_iter().collect());
    }
    // A rule that is off has nothing to silence here, and may have where it is on.
    let on = |name: &str| settings.named(name).any(|rule| settings.level(rule).is_some());
    let idle = |name: &Name<'_>| !name.used && known(name.text) && on(name.text);
    let unused: Vec<_> = ignore.names.iter().filter(|name| idle(name)).map(|name| name.shown(text)).collect();
    if ignore.names.is_empty() {
        let message = "This comment names no rule, so it silences nothing. Write: copydesk ignore: rule — reason.";
        push("config/unused-suppression", ignore.comment, message.into(), Vec::new());
    } else if !unused.is_empty() {
        let place = match ignore.reach {
            Reach::Line => "the rest of this line",
            Reach::Paragraph => "the next paragraph",
            Reach::File => "this file",
        };
        let message = format!(
            "Nothing in {place} for {} to flag: the comment silences nothing now and would hide a real slip later. \
             Delete it.",
            unused.join(" and ")
        );
        let kept: Vec<&str> = ignore.names.iter().filter(|name| !idle(name)).map(|name| name.whole.of(text)).collect();
        let names = ignore.names.iter().map(|name| name.whole).reduce(Span::cover).unwrap_or(ignore.comment);
        let fix = if kept.is_empty() {
            ("Delete the comment".into(), Edit::delete(whole(text, ignore.comment)))
        } else {
            (format!("Delete {}", unused.join(" and ")), Edit::replace(names, kept.join(", ")))
        };
        let fix = Fix { title: fix.0, applicability: Applicability::Safe, edits: vec![fix.1] };
        push("config/unused-suppression", ignore.comment, message, vec![fix]);
    }
    if !ignore.reason && !ignore.names.is_empty() {
        let message = "This comment does not say why, so nobody can tell whether it is still right. \
                       Add the reason: copydesk ignore: rule — reason.";
        push("config/suppression-reason", ignore.comment, message.into(), Vec::new());
    }
}

/// What goes when a comment goes: its whole line if it stands alone, else the space after it or before it.
fn whole(text: &str, comment: Span) -> Span {
    let (before, after) = (&text[..comment.start], &text[comment.end..]);
    if !alone(text, comment) {
        let inside = after.starts_with(' ') && (before.is_empty() || before.ends_with([' ', '\n', '\r']));
        let last = before.ends_with(' ') && (after.is_empty() || after.starts_with(['\n', '\r']));
        return Span::new(comment.start - usize::from(last), comment.end + usize::from(inside));
    }
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let mut end = comment.end
        + line_break(after.trim_start_matches([' ', '\t'])).map_or(after.len(), |rest| after.len() - rest.len());
    // Blank lines on both sides become one.
    let blank_before = text[..start].is_empty() || text[..start].ends_with("\n\n") || text[..start].ends_with("\n\r\n");
    if blank_before && let Some(rest) = line_break(&text[end..]) {
        end = text.len() - rest.len();
    }
    Span::new(start, end)
}

/// What follows the line break that `text` opens with.
fn line_break(text: &str) -> Option<&str> {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix(['\n', '\r']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::format::{self, Format};

    fn draft(text: &str) -> Draft<'_> {
        format::read(text, Format::Markdown)
    }

    /// A diagnostic of usage/term at each “e-mail”, and of attribution/unnamed-media at each “media”, in text order.
    fn found(text: &str) -> Vec<Diagnostic> {
        let rules = [("e-mail", "usage/term"), ("media", "attribution/unnamed-media")];
        let places =
            rules.iter().flat_map(|(word, rule)| text.match_indices(word).map(move |(at, _)| (at, word, rule)));
        let diagnostic = |(at, word, rule): (usize, &&str, &&'static str)| Diagnostic {
            rule,
            severity: Severity::Warning,
            message: "here".into(),
            span: Span::new(at, at + word.len()),
            related: Vec::new(),
            fixes: Vec::new(),
        };
        let mut found: Vec<Diagnostic> = places.map(diagnostic).filter(|d| !in_comment(text, d.span.start)).collect();
        found.sort_by_key(|diagnostic| diagnostic.span);
        found
    }

    fn in_comment(text: &str, at: usize) -> bool {
        draft(text).comments.iter().any(|comment| comment.span.holds(at))
    }

    fn applied(text: &str) -> Vec<Diagnostic> {
        apply(found(text), &draft(text), text, &Settings::default())
    }

    /// What is left: the rule's last part and the words under it.
    fn left(text: &str) -> Vec<String> {
        let short = |diagnostic: &Diagnostic| {
            let rule = diagnostic.rule.rsplit_once('/').map_or("", |(_, last)| last);
            format!("{rule} {}", diagnostic.span.of(text))
        };
        applied(text).iter().map(short).collect()
    }

    #[test]
    fn a_comment_silences_what_it_names_and_nothing_else() {
        for (text, expected) in [
            ("<!-- copydesk ignore: usage/term — so -->\nAn e-mail.\n\nAn e-mail.\n", vec!["term e-mail"]),
            ("<!-- copydesk ignore: usage — so -->\n\n\nAn e-mail in media.\n", vec!["unnamed-media media"]),
            ("<!-- copydesk ignore: usage/term, attribution -- so -->\nAn e-mail in media.\n", vec![]),
            ("<!-- copydesk ignore: usage/term - so -->\r\nAn e-mail.\r\n", vec![]),
            ("> <!-- copydesk ignore: usage/term: so -->\n> An e-mail.\n", vec![]),
            ("<!-- Copydesk Ignore: usage/term — so -->\nAn e-mail.\n", vec![]),
            ("<!-- COPYDESK\nignore:\n  usage/term — so\n  it is -->\nAn e-mail.\n", vec![]),
            (
                "An e-mail. <!-- copydesk ignore: usage/term — so --> An e-mail.\nAn e-mail.\n",
                vec!["term e-mail", "term e-mail"],
            ),
            // One match: the next one.
            ("<!-- copydesk ignore: usage/term “e-mail” — so -->\nAn e-mail, an e-mail.\n", vec!["term e-mail"]),
            (
                "An e-mail, <!-- copydesk ignore: usage \"e-mail\" — so -->an e-mail, an e-mail.\n",
                vec!["term e-mail"; 2],
            ),
            ("<!-- copydesk ignore: usage/term “‘e-mail’”, attribution — so -->\nMedia: media, e-mail.\n", vec![]),
            (
                "<!-- copydesk ignore: usage/term “e-mail” — a -->\n<!-- copydesk ignore: usage/term “e-mail” — b -->\n\
                 > An e-mail, an e-mail, an e-mail.\n",
                vec!["term e-mail"],
            ),
            // The whole file, before and after.
            (
                "An e-mail.\n\n<!-- copydesk ignore-file: usage/term — so -->\n\nAn e-mail, media.\n",
                vec!["unnamed-media media"],
            ),
            ("<!-- copydesk ignore-file: usage \"e-mail\" — so -->\nAn e-mail.\n\nAn e-mail.\n", vec![]),
            // The second comment stands in a paragraph, before the caption in it.
            (
                "<!-- copydesk ignore: usage/term — so -->\nA\n     <!-- copydesk ignore: attribution — so -->\n\
                 ![An e-mail in media](a) and an e-mail in media.\n",
                vec!["unnamed-media media"],
            ),
            ("<!-- note --> <!-- copydesk ignored --> An e-mail. <!-- copydesk-ignorance -->", vec!["term e-mail"]),
        ] {
            assert_eq!(left(text), expected, "{text}");
        }
    }

    #[test]
    fn one_that_silences_nothing_is_reported() {
        let media = "<!-- copydesk ignore: attribution — so -->";
        let twice = "<!-- copydesk ignore: usage/term — so -->";
        let file = "<!-- copydesk ignore-file: usage/term — so -->";
        let one = "<!-- copydesk ignore: usage/term “e-mail” — so -->";
        for (text, expected) in [
            (format!("{media}\nAn e-mail.\n"), vec![format!("unused-suppression {media}"), "term e-mail".into()]),
            (format!("Media.\n{media}\n"), vec![format!("unused-suppression {media}")]),
            (
                format!("The media {media}\nmedia"),
                vec!["unnamed-media media".into(), format!("unused-suppression {media}"), "unnamed-media media".into()],
            ),
            (format!("{twice}\n{twice}\nAn e-mail.\n"), vec![format!("unused-suppression {twice}")]),
            (format!("A {twice} b {twice} e-mail.\n"), vec![format!("unused-suppression {twice}")]),
            // What the narrower one does, the wider one need not.
            (format!("{twice}\nA {twice} e-mail.\n"), vec![format!("unused-suppression {twice}")]),
            (format!("{file}\n\n{twice}\nAn e-mail.\n"), vec![format!("unused-suppression {file}")]),
            (format!("{file}\n\nA letter.\n"), vec![format!("unused-suppression {file}")]),
            (format!("{one}\nA letter.\n"), vec![format!("unused-suppression {one}")]),
            (
                format!("{one}\nAn E-mail, media.\n"),
                vec![format!("unused-suppression {one}"), "unnamed-media media".into()],
            ),
        ] {
            assert_eq!(left(&text), expected, "{text}");
        }
    }

    #[test]
    fn a_name_that_is_no_rule_is_told_what_it_may_mean() {
        let text = "<!-- copydesk ignore: usage/tern, nonsense — so -->\nAn e-mail.\n";
        let found = applied(text);
        let messages: Vec<&str> = found.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(found[0].span.of(text), "usage/tern");
        assert!(messages[0].ends_with("Did you mean “usage/term”?"), "{messages:?}");
        assert_eq!(found[1].span.of(text), "nonsense");
        assert!(messages[1].contains("lists them all"), "{messages:?}");
        assert_eq!(found[0].fixes[0].applicability, Applicability::Unsafe);
        assert_eq!(left("<!-- copydesk ignore -->\n"), ["unused-suppression <!-- copydesk ignore -->"]);
    }

    #[test]
    fn one_that_is_only_meant_to_silence_is_told_how() {
        let right = "<!-- copydesk ignore: usage/term — so -->\nAn e-mail.\n";
        for head in [
            "copydesk-ignore: ",
            "copydesk: ignore ",
            "Copydesk:Ignore: ",
            "copydesk_ignore ",
            "copydesk: ignore:",
            "copydesk ignore-next-line: ",
            "copydesk-ignore-line ",
        ] {
            let text = right.replace("copydesk ignore: ", head);
            let found = applied(&text);
            let rules: Vec<&str> = found.iter().map(|diagnostic| diagnostic.rule).collect();
            assert_eq!(rules, ["config/unused-suppression", "usage/term"], "{text}");
            assert_eq!(crate::text::apply(&text, &found[0].fixes[0].edits), right, "{text}");
        }
        let found = applied("<!-- copydesk-ignore-file: usage/term — so -->\n");
        assert_eq!(found[0].fixes[0].edits[0].text, "copydesk ignore-file: ");
        assert_eq!(left("<!-- copydesk: read twice -->\n<!-- copydesk-ignorance -->\n"), Vec::<String>::new());
    }

    #[test]
    fn a_reason_follows_a_dash_or_a_colon() {
        for (rest, reasons) in [
            ("usage/term", 1),
            ("usage/term —", 1),
            ("usage/term, usage/term --", 1),
            ("usage/term—so", 0),
            ("usage/term -- so", 0),
            ("usage/term--so", 0),
            ("usage/term – so", 0),
            ("usage/term: so", 0),
            ("usage/term\n- so", 0),
            ("usage/term so", 0),
        ] {
            let text = format!("<!-- copydesk ignore: {rest} -->\n\nAn e-mail.\n");
            let found = applied(&text);
            let missing = found.iter().filter(|diagnostic| diagnostic.rule == "config/suppression-reason").count();
            assert_eq!(missing, reasons, "{text}");
            assert!(found.iter().all(|diagnostic| diagnostic.rule != "usage/term"), "{text}");
        }
    }

    #[test]
    fn the_fix_takes_the_comment_and_the_room_it_took() {
        const IDLE: &str = "<!-- copydesk ignore: usage/term — so -->";
        for (before, after) in [
            ("A.\n\nX\n\nB.\n", "A.\n\nB.\n"),
            ("A.\n\nX\nB.\n", "A.\n\nB.\n"),
            ("A.\r\n\r\nX\r\n\r\nB.\r\n", "A.\r\n\r\nB.\r\n"),
            ("X\n\nB.\n", "B.\n"),
            ("A.\n\nX", "A.\n\n"),
            ("A. X B.\n", "A. B.\n"),
            ("A. X\nB.\n", "A.\nB.\n"),
            ("A.X B.\n", "A. B.\n"),
            ("  X  \nB.\n", "B.\n"),
        ] {
            let text = before.replace('X', IDLE);
            let found = applied(&text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(crate::text::apply(&text, &found[0].fixes[0].edits), after, "{text}");
        }
        let text = "<!-- copydesk ignore: attribution, usage/term, nonsense — so -->\nAn e-mail.\n";
        let found = applied(text);
        let idle = found.iter().find(|diagnostic| diagnostic.span.start == 0).unwrap();
        let fixed = "<!-- copydesk ignore: usage/term, nonsense — so -->\nAn e-mail.\n";
        assert_eq!(crate::text::apply(text, &idle.fixes[0].edits), fixed);
        let text = "<!-- copydesk ignore: usage “x”, usage/term “e-mail” — so -->\nAn e-mail.\n";
        let fixed = "<!-- copydesk ignore: usage/term “e-mail” — so -->\nAn e-mail.\n";
        assert_eq!(crate::text::apply(text, &applied(text)[0].fixes[0].edits), fixed);
    }

    #[test]
    fn a_rule_that_is_off_is_not_called_unused() {
        let text = "<!-- copydesk ignore: usage/term — so -->\nA letter.\n";
        let mut settings = Settings::default();
        assert_eq!(apply(Vec::new(), &draft(text), text, &settings).len(), 1);
        settings.levels.insert("usage/term".into(), None);
        assert_eq!(apply(Vec::new(), &draft(text), text, &settings), []);
    }
}
