//! The notation of `.vale.ini`, as Vale reads it.
//!
//! No library reads it so: that a comment within a line needs a space before it, that a backslash stays one in a pattern and
//! carries a line on at its end, and that what can't be taken over is to be shown as it was written, with its line.

/// What stands under one heading, or before the first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// The heading; empty before the first.
    pub name: String,
    pub entries: Vec<Entry>,
}

/// A setting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Empty if the line is no setting.
    pub key: String,
    pub value: String,
    /// From 1.
    pub line: usize,
    /// As it is written, on one line, as a comment may have it.
    pub written: String,
}

impl Entry {
    /// The values of a list, in order.
    pub(super) fn list(&self) -> impl Iterator<Item = &str> {
        self.value.split(',').map(str::trim).filter(|value| !value.is_empty())
    }
}

/// The sections, in the order in which each is first named.
pub(super) fn read(text: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut current = 0;
    let mut lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let mut written = line.trim().to_string();
        if written.is_empty() || written.starts_with(['#', ';']) {
            continue;
        }
        if let Some(end) = written.rfind(']').filter(|_| written.starts_with('[')) {
            let name = written[1..end].trim();
            current = sections.iter().position(|section| section.name == name).unwrap_or_else(|| {
                sections.push(Section { name: name.into(), entries: Vec::new() });
                sections.len() - 1
            });
            continue;
        }
        while let Some(begun) = written.strip_suffix('\\') {
            let Some((_, more)) = lines.next() else { break };
            written = format!("{}{}", begun, more.trim());
        }
        let (key, value) = written.split_once(['=', ':']).unwrap_or_default();
        let (key, value) = (bare(key), bare(without_comment(value)));
        let entry = Entry { key, value, line: index + 1, written: written.replace(char::is_control, " ") };
        sections[current].entries.push(entry);
    }
    sections
}

/// The value without a comment behind it.
fn without_comment(value: &str) -> &str {
    let end = value.find(" #").or_else(|| value.find(" ;"));
    end.map_or(value, |end| &value[..end])
}

/// The words without white space and quotation marks around them.
fn bare(words: &str) -> String {
    let words = words.trim();
    let inside = |mark| words.strip_prefix(mark).and_then(|rest: &str| rest.strip_suffix(mark));
    inside('"').or_else(|| inside('\'')).unwrap_or(words).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(String, String, usize)> {
        read(text).remove(0).entries.into_iter().map(|entry| (entry.key, entry.value, entry.line)).collect()
    }

    #[test]
    fn settings_are_read_as_vale_reads_them() {
        for (text, expected) in [
            ("StylesPath = styles\r\n", ("StylesPath", "styles", 1)),
            ("# so\n\n; so\n  Vocab=\"A, B\" # two\n", ("Vocab", "A, B", 4)),
            ("TokenIgnores = (\\$+[^\\n$]+\\$+)#x\n", ("TokenIgnores", "(\\$+[^\\n$]+\\$+)#x", 1)),
            ("BlockIgnores = a, \\\n  b, \\\n  c\n", ("BlockIgnores", "a, b, c", 1)),
            ("A: b=c\n", ("A", "b=c", 1)),
            ("nonsense\n", ("", "", 1)),
            ("A = b \\", ("A", "b \\", 1)),
        ] {
            let (key, value, line) = expected;
            assert_eq!(entries(text), [(key.to_string(), value.to_string(), line)], "{text}");
        }
    }

    #[test]
    fn sections_of_one_name_are_one() {
        let sections = read("a = 1\n[*.{md,txt}]\nb = 2\n[[a-z].md]\nc = 3\n[*.{md,txt}] # so\nd = 4\n");
        let shown: Vec<String> = sections
            .iter()
            .map(|section| {
                let keys: Vec<&str> = section.entries.iter().map(|entry| entry.key.as_str()).collect();
                format!("{}: {}", section.name, keys.join(" "))
            })
            .collect();
        assert_eq!(shown, [": a", "*.{md,txt}: b d", "[a-z].md: c"]);
    }
}
