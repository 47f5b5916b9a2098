//! The baseline as its file has it.

use toml::de::DeValue;

use super::reader::{Reader, Value, read_with};
use crate::baseline::{Baseline, Entry, LIST};
use crate::diagnostic::Diagnostic;
use crate::fix::{Applicability, Fix};
use crate::rules;
use crate::settings::Settings;
use crate::text::{Edit, Span};

/// What an entry can say.
const FIELDS: [&str; 6] = ["draft", "rule", "before", "words", "after", "reason"];

/// Reads the text of a baseline: all of it that can be used, and its mistakes, in order. A mistake never hides what is
/// right.
pub fn baseline(text: &str) -> (Baseline, Vec<Diagnostic>) {
    let (entries, mistakes) = read_with(text, |reader, table| {
        let mut entries = Vec::new();
        for (key, value) in table {
            match (&**key.get_ref(), value.get_ref()) {
                (LIST, DeValue::Array(items)) => {
                    entries = items.iter().filter_map(|item| entry(reader, item)).collect()
                }
                (LIST, _) => reader.note(value, format!("The entries are a list: {LIST} = [ … ].")),
                _ => reader.unknown(key, "setting of a baseline", &[LIST]),
            }
        }
        entries
    });
    (Baseline::new(entries), mistakes)
}

fn entry<'t>(reader: &mut Reader<'t>, value: &Value<'t>) -> Option<Entry> {
    let mut entry = Entry { span: value.span().into(), ..Entry::default() };
    let mut clear = true;
    for (key, value) in reader.table(value, "an entry: { draft = \"…\", rule = \"…\", words = \"…\" }") {
        let field = match &**key.get_ref() {
            "draft" => &mut entry.draft,
            "rule" => &mut entry.rule,
            "before" => &mut entry.before,
            "words" => &mut entry.words,
            "after" => &mut entry.after,
            "reason" => &mut entry.reason,
            _ => {
                // That may have been to be the words.
                reader.unknown(key, "field of an entry", &FIELDS);
                clear = false;
                continue;
            }
        };
        if let Some(text) = reader.string(value, "in quotation marks") {
            text.clone_into(field);
        }
        if &**key.get_ref() == "rule" && !could_be_a_rule(&entry.rule) {
            reader.wrong(
                value.span(),
                &entry.rule,
                "rule",
                rules::nearest(&entry.rule),
                "`copydesk rules` lists them all.",
            );
        }
    }
    // What flags a draft as a whole flags no words, but stands beside some.
    let beside = clear && !(entry.before.trim().is_empty() && entry.after.trim().is_empty());
    let known = beside || !entry.words.trim().is_empty();
    let whole = known && [&entry.draft, &entry.rule].iter().all(|field| !field.trim().is_empty());
    if !whole && matches!(value.get_ref(), DeValue::Table(_)) {
        reader.note(value, "An entry needs a draft, a rule and the words that stand.".into());
    }
    whole.then_some(entry)
}

/// Whether the name is a rule's, or may be one of the house's own: those of a family that is built in are known.
fn could_be_a_rule(name: &str) -> bool {
    let family = name.split_once(['/', '.']).map(|(family, _)| family);
    rules::find(name).is_some() || family.is_none_or(|family| rules::named(family).next().is_none())
}

/// What there is to say of entries of a baseline, by index, that hold nothing back in a draft that is checked by those
/// settings. One whose rule is off there may have something to hold back where it is on.
pub fn idle(baseline: &Baseline, idle: &[usize], text: &str, settings: &Settings) -> Vec<Diagnostic> {
    let Some(rule) = rules::find("config/unused-suppression") else { return Vec::new() };
    let Some(severity) = settings.level(rule) else { return Vec::new() };
    let entries = idle.iter().filter_map(|index| baseline.entries().get(*index));
    let idle = entries.filter(|entry| is_on(&entry.rule, settings)).map(|entry| Diagnostic {
        rule: rule.name,
        severity,
        message: format!(
            "Nothing at these words in {} for “{}” to flag: the entry holds nothing back now and would hide a real slip \
             later. Delete it.",
            entry.draft, entry.rule
        ),
        span: entry.span,
        related: Vec::new(),
        fixes: vec![Fix {
            title: "Delete the entry".into(),
            applicability: Applicability::Safe,
            edits: vec![Edit::delete(whole(text, entry.span))],
        }],
    });
    idle.collect()
}

/// Whether the rule of that name is on.
pub fn is_on(rule: &str, settings: &Settings) -> bool {
    settings.named(rule).any(|rule| settings.level(rule).is_some())
}

/// What goes when an entry goes: its comma, and the line if it stands alone on it.
fn whole(text: &str, entry: Span) -> Span {
    let blank = |c: char| matches!(c, ' ' | '\t');
    let start = entry.start - (text[..entry.start].len() - text[..entry.start].trim_end_matches(blank).len());
    let after = &text[entry.end..];
    let rest = after.trim_start_matches(blank);
    let rest = rest.strip_prefix(',').unwrap_or(rest).trim_start_matches(blank);
    let opens_line = text[..start].is_empty() || text[..start].ends_with('\n');
    let next = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'));
    match next.filter(|_| opens_line) {
        Some(next) => Span::new(start, text.len() - next.len()),
        None => Span::new(entry.start, text.len() - rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# kept\nstet = [\n  { draft = \"a.txt\", rule = \"usage/term\", words = \"e-mail\" },\n  \
        { draft = \"b.txt\", rule = \"usage/term\", before = \"a\", words = \"e-mail\", after = \"b\", reason = \"c\" },\n]\n";

    #[test]
    fn each_mistake_is_told_where_it_is() {
        for (text, under, words) in [
            ("stat = []", "stat", "Did you mean “stet”?"),
            ("stet = 1", "1", "are a list"),
            ("stet = [1]", "1", "must be an entry"),
            (
                "stet = [{ draft = \"a\", rule = \"usage/term\" }]",
                "{ draft = \"a\", rule = \"usage/term\" }",
                "needs a draft",
            ),
            (
                "stet = [{ draft = \"a\", rule = \"usage/term\", words = \"b\", word = \"c\" }]",
                "word",
                "Did you mean “words”?",
            ),
            (
                "stet = [{ draft = \"a\", rule = \"usage/tern\", words = \"b\" }]",
                "\"usage/tern\"",
                "Did you mean “usage/term”?",
            ),
            ("stet = [{ draft = \"a\", rule = \"Gazette.Names\", words = 1 }]", "1", "in quotation marks"),
            ("stet = [", "", "This is not TOML"),
        ] {
            let mistakes = baseline(text).1;
            let told = mistakes.iter().any(|told| told.span.of(text) == under && told.message.contains(words));
            assert!(told, "{text}: {mistakes:?}");
        }
        assert_eq!(baseline(TEXT).1, []);
    }

    #[test]
    fn a_broken_entry_hides_no_other() {
        for broken in
            [TEXT.replacen("a.txt\"", "a.txt", 1), TEXT.replacen("rule", "rulle", 1), TEXT.replacen("},", "}", 1)]
        {
            let (read, mistakes) = baseline(&broken);
            assert_ne!(mistakes, []);
            assert!(read.entries().iter().any(|entry| entry.draft == "b.txt"), "{broken}");
        }
    }

    #[test]
    fn an_idle_entry_goes_with_its_line() {
        let (read, _) = baseline(TEXT);
        let found = idle(&read, &[0], TEXT, &Settings::default());
        assert!(found[0].message.starts_with("Nothing at these words in a.txt for “usage/term”"), "{found:?}");
        let after = crate::text::apply(TEXT, &found[0].fixes[0].edits);
        assert_eq!(after.lines().count(), TEXT.lines().count() - 1);
        assert_eq!(baseline(&after).0.entries()[0].draft, "b.txt");
        // A rule that is off can't tell.
        let mut settings = Settings::default();
        settings.levels.insert("usage/term".into(), None);
        assert_eq!(idle(&read, &[0, 1], TEXT, &settings), []);
        let one_line = "stet = [{ draft = \"a\", rule = \"usage/term\", words = \"b\" }, { draft = \"c\", rule = \"d\", words = \"e\" }]";
        let (read, _) = baseline(one_line);
        let found = idle(&read, &[0], one_line, &Settings::default());
        let after = crate::text::apply(one_line, &found[0].fixes[0].edits);
        assert_eq!(after, "stet = [{ draft = \"c\", rule = \"d\", words = \"e\" }]");
    }

    #[test]
    fn what_is_written_is_read() {
        let entry = |draft: &str, words: &str| Entry {
            draft: draft.into(),
            rule: "usage/term".into(),
            words: words.into(),
            ..Entry::default()
        };
        let entries =
            vec![entry("b\\c.txt", "“e-mail”\u{1}"), entry("a é.txt", "\"the\" web"), entry("a é.txt", "\"the\" web")];
        let text = Baseline::new(entries.clone()).text();
        let (read, mistakes) = baseline(&text);
        assert_eq!(mistakes, []);
        assert_eq!(read.text(), text);
        let mut back: Vec<Entry> =
            read.entries().iter().map(|entry| Entry { span: Span::default(), ..entry.clone() }).collect();
        back.rotate_right(1);
        assert_eq!(back, entries);
    }

    #[test]
    fn an_entry_is_added_in_its_place() {
        let entry =
            Entry { draft: "a.txt".into(), rule: "usage/term".into(), words: "zine".into(), ..Entry::default() };
        for text in [
            "",
            "# note",
            "stet = []\n",
            "stet = [\n]\n",
            "stet = [{ draft = \"a\", rule = \"usage/term\", words = \"b\" }]",
            TEXT,
            &TEXT.replace("a.txt", "c.txt"),
        ] {
            let (before, _) = baseline(text);
            let edit = before.add(&entry, text).unwrap();
            let after = crate::text::apply(text, &[edit]);
            let (read, mistakes) = baseline(&after);
            assert_eq!(mistakes, [], "{after}");
            assert_eq!(read.entries().len(), before.entries().len() + 1, "{after}");
            assert!(after.contains(&entry.line()), "{after}");
        }
        let sorted = Baseline::new(vec![entry.clone()]).text();
        let (before, _) = baseline(&sorted);
        let next = Entry { words: "web".into(), ..entry.clone() };
        let after = crate::text::apply(&sorted, &[before.add(&next, &sorted).unwrap()]);
        assert_eq!(after, Baseline::new(vec![entry, next]).text());
    }

    #[test]
    fn any_text_can_be_read() {
        for (cut, _) in TEXT.char_indices() {
            for text in [&TEXT[..cut], &TEXT[cut..]] {
                let (read, mistakes) = baseline(text);
                let all: Vec<usize> = (0..read.entries().len()).collect();
                for found in mistakes.into_iter().chain(idle(&read, &all, text, &Settings::default())) {
                    assert!(text.get(found.span.start..found.span.end).is_some(), "{text:?}: {found:?}");
                }
            }
        }
    }
}
