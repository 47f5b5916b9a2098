//! Lines that name the reporter, and the time of writing that often stands with them.

use crate::lexicon::{self, Class, calendar};

/// "By Jane Doe", "BY JANE DOE, Associated Press", "Jane Doe ✉", "Jane Doe, AP".
pub(in crate::format) fn is_byline(line: &str) -> bool {
    if line.len() > 160 {
        return false;
    }
    // The name is on the next line.
    if line == "By" || line == "BY" {
        return true;
    }
    if let Some(name) = line.trim_end().strip_suffix(['✉', '\u{FE0F}', '\u{FE0E}']) {
        return words_of_name(name.trim_end_matches('✉')).is_some();
    }
    for prefix in ["By ", "BY ", "by ", "Written by ", "Story by ", "Reported by ", "Posted by ", "By: "] {
        if let Some(rest) = line.strip_prefix(prefix) {
            return reads_as_names(rest);
        }
    }
    let Some((name, rest)) = line.split_once([',', '|', '/']) else { return false };
    words_of_name(name).is_some() && is_employer(rest)
}

/// A name that stands alone on its line.
pub(super) fn is_name(line: &str) -> bool {
    let line = line.trim_start_matches(['—', '–', '-', ' ']);
    line.len() <= 80 && words_of_name(line).is_some_and(|words| words >= 2)
}

/// "Dec. 11, 2025", "Published: 12 December 2025 10:42 GMT", "Updated 3:15 p.m. ET Thursday".
pub(super) fn is_timestamp(line: &str) -> bool {
    const OPENINGS: [&str; 8] =
        ["Published", "Updated", "Posted", "Last updated", "First published", "PUBLISHED", "UPDATED", "Source:"];
    if line.len() > 80 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    if OPENINGS.iter().any(|opening| line.starts_with(opening)) {
        return !line.ends_with('.') || line.ends_with(".m.");
    }
    // Nothing but a date and a time.
    line.split([' ', ',', '|', '\u{A0}', '-', '–', '/']).filter(|word| !word.is_empty()).all(|word| {
        let bare = word.trim_end_matches(['.', ',']);
        word.starts_with(|c: char| c.is_ascii_digit())
            || is_calendar_word(bare)
            || ["AM", "PM", "am", "pm", "a.m", "p.m", "ET", "EST", "EDT", "GMT", "BST", "UTC", "PT", "at", "at:", "•"]
                .contains(&bare)
    })
}

/// A month or a weekday, full or short.
fn is_calendar_word(word: &str) -> bool {
    calendar::month(word).is_some() || calendar::weekday(word).is_some() || calendar::short_weekday(word).is_some()
}

/// What follows "By": names, with their employers, and no sentence.
pub(super) fn reads_as_names(text: &str) -> bool {
    let mut words = text.split([' ', '\u{A0}', '|', '/']).filter(|word| !word.is_empty()).peekable();
    let Some(first) = words.next() else { return false };
    let dated = |next: &&str| next.starts_with(|c: char| c.is_ascii_digit()) || is_calendar_word(next);
    // "By April 2025" and "By Friday, Crews Were Out" tell when; "By April Hart" tells who.
    let when = is_calendar_word(first.trim_end_matches([',', '.']))
        && (first.ends_with(',') || words.peek().is_none_or(dated));
    if when || !first.starts_with(char::is_uppercase) {
        return false;
    }
    let mut count = 1;
    for word in words {
        count += 1;
        let bare = word.trim_matches(['(', ')', ',', ';']);
        if !(capitalised(bare) || bare.starts_with('@') || is_link(bare)) {
            return false;
        }
    }
    // "By Dana Whitlock." is a byline with a slip, "By Friday." is not.
    count <= 16 && (count >= 2 || !text.ends_with('.')) && !text.ends_with([':', '?', '!', '"', '”'])
}

/// How many words there are in a text that is a name and nothing else: "Jane Q. Doe", "Ana de la Cruz".
fn words_of_name(text: &str) -> Option<usize> {
    let (mut count, mut names) = (0, 0);
    for word in text.split_whitespace() {
        count += 1;
        let letters = word.trim_end_matches('.');
        let name = word.starts_with(char::is_uppercase)
            && letters.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
            && !letters.ends_with("'s")
            && !letters.ends_with("’s");
        names += usize::from(name);
        // A stop ends an initial or "Jr."; after a longer word it ends a sentence.
        let stopped = word.ends_with('.') && !letters.contains('.') && letters.chars().count() > 2;
        let particle = count > 1 && is_particle(word);
        if !(name || particle) || stopped || names > 4 || count > 6 {
            return None;
        }
    }
    (count > 1).then_some(count)
}

/// Whether the word is one that stands in lower case inside a name: "de", "van".
fn is_particle(word: &str) -> bool {
    word.starts_with(char::is_lowercase) && lexicon::class_of(word).any(Class::PARTICLE)
}

/// An agency, a newspaper or a job, as it stands after a name: "AP", "The Associated Press", "staff writer".
fn is_employer(text: &str) -> bool {
    const LAST: [&str; 22] = [
        "ap",
        "afp",
        "reuters",
        "upi",
        "bloomberg",
        "press",
        "news",
        "times",
        "post",
        "journal",
        "tribune",
        "herald",
        "today",
        "writer",
        "reporter",
        "correspondent",
        "editor",
        "staff",
        "service",
        "network",
        "columnist",
        "contributor",
    ];
    let mut count = 0;
    let mut last = "";
    for word in text.split([' ', '\u{A0}', '/', '|', ',']).filter(|word| !word.is_empty()) {
        count += 1;
        last = word.trim_matches(['(', ')', '✉']);
    }
    count <= 6 && LAST.iter().any(|known| known.eq_ignore_ascii_case(last))
}

fn capitalised(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || is_particle(word)
}

/// The small words of a byline.
fn is_link(word: &str) -> bool {
    [
        "and",
        "And",
        "AND",
        "for",
        "in",
        "of",
        "the",
        "at",
        "with",
        "&",
        "-",
        "–",
        "—",
        "•",
        "·",
        "staff",
        "writer",
        "reporter",
        "correspondent",
        "editor",
        "columnist",
        "contributor",
        "on",
        "senior",
        "political",
        "special",
        "to",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_told_from_sentences() {
        let cases = [
            ("By Dana Whitlock", true),
            ("BY DANA WHITLOCK, Associated Press", true),
            ("by Dana Whitlock and Luis Ortega", true),
            ("By Dana Whitlock, Luis Ortega and Ana de la Cruz", true),
            ("By Dana Whitlock | Dec. 11, 2025", true),
            ("By Dana Whitlock.", true),
            ("By DANA WHITLOCK @dwhitlock", true),
            ("By Dana Whitlock in Tokyo", true),
            ("By The Associated Press", true),
            ("Dana Whitlock ✉", true),
            ("Dana Whitlock ✉\u{FE0F}", true),
            ("Dana Whitlock, AP", true),
            ("Dana Whitlock | Linden Falls Herald", true),
            ("Dana Whitlock, staff writer", true),
            ("By", true),
            ("By Jane Doe", true),
            ("By Ann ter Moss and Bo le Roe", true),
            ("By Mary Poe, staff writer", true),
            ("By June Roe and Jan Poe", true),
            ("By April Hart", true),
            ("BY SUNE WED", true),
            ("By April 2025", false),
            ("By May 15, 2025", false),
            ("By Friday Dec. 11", false),
            ("By Friday, Crews Were Out", false),
            ("By Tues.", false),
            ("By Friday", false),
            ("By Friday, the water had receded", false),
            ("By Friday night, Sheriff Whitlock had closed both bridges.", false),
            ("By the numbers", false),
            ("By Dana Whitlock's account, the levee held.", false),
            ("Dana Whitlock, sheriff", false),
            ("Smith, Jones, and the press", false),
            ("", false),
            ("By ", false),
            ("✉", false),
        ];
        for (line, expected) in cases {
            assert_eq!(is_byline(line), expected, "{line:?}");
        }
    }

    #[test]
    fn names_stand_alone() {
        for line in
            ["Dana Whitlock", "Dana Q. Whitlock", "Ana de la Cruz", "— Dana Whitlock", "Sean O’Hara-Jones", "J.B. Ward"]
        {
            assert!(is_name(line), "{line:?}");
        }
        for line in [
            "Whitlock",
            "Dana Whitlock spoke",
            "Dana Whitlock.",
            "Route 9 Closed",
            "Nobody Knows What Comes Next Here",
            "",
        ] {
            assert!(!is_name(line), "{line:?}");
        }
    }

    #[test]
    fn timestamps_are_dates_and_nothing_else() {
        let stamps = [
            "Dec. 11, 2025",
            "Thursday, December 11, 2025",
            "Published: 12 December 2025 10:42 GMT",
            "Updated 3:15 p.m. ET",
            "Tues., Sept. 9",
        ];
        for line in stamps {
            assert!(is_timestamp(line), "{line:?}");
        }
        for line in ["Dec. 11, 2025, was a day of rain.", "May was wet", "Jane 25", "2025 budget passes", ""] {
            assert!(!is_timestamp(line), "{line:?}");
        }
    }
}
