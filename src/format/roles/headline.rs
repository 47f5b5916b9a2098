//! Headlines of plain text, which nothing marks.

use super::super::Role;
use super::byline;

/// Whether the first line of a plain text is a headline rather than the lede; `next` stands below it, and `count`
/// paragraphs in all. Copy ends in a stop and a headline does not; one with a stop is told by its capitals, by a
/// byline under it, or by being too short for a lede.
pub(super) fn is_headline(text: &str, next: Option<&str>, count: usize) -> bool {
    let Some(next) = next else { return false };
    if !is_short(text, 160, 25) || opens_with_dateline(text) {
        return false;
    }
    let bare = text.trim_end_matches(['"', '”', '\'', '’', ')']);
    match bare.chars().next_back() {
        None | Some(':' | ';' | ',' | '—' | '–' | '-') => false,
        Some('.' | '?' | '!' | '…') => {
            is_title_case(text)
                || byline::is_byline(next)
                || opens_with_dateline(next)
                || (count > 3 && !is_short(next, usize::MAX, 15) && is_terse(text))
        }
        Some(_) => true,
    }
}

/// The role of a line that says what it is: "HED: …", "Byline: …".
pub(super) fn labelled(text: &str) -> Option<Role> {
    const LABELS: [(&str, Role); 10] = [
        ("author", Role::Byline),
        ("byline", Role::Byline),
        ("date", Role::Byline),
        ("deck", Role::Subhead),
        ("dek", Role::Subhead),
        ("headline", Role::Headline),
        ("hed", Role::Headline),
        ("subhead", Role::Subhead),
        ("word count", Role::EditorsNote),
        ("words", Role::EditorsNote),
    ];
    let (label, _) = text.split_once(':').filter(|_| is_short(text, 240, 40))?;
    LABELS.iter().find(|(known, _)| known.eq_ignore_ascii_case(label)).map(|(_, role)| *role)
}

/// One sentence of ten words or fewer that quotes nobody. Of a thousand ledes in published copy, about eight are.
fn is_terse(text: &str) -> bool {
    is_short(text, 100, 10) && !text.contains(" said") && !text.contains(". ")
}

/// Whether the line under a headline, with `next` below it, is a second deck of it.
pub(super) fn is_deck(text: &str, next: Option<&str>) -> bool {
    next.is_some()
        && is_short(text, 240, 40)
        && !opens_with_dateline(text)
        && text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '%'))
}

fn is_short(text: &str, bytes: usize, words: usize) -> bool {
    text.len() <= bytes && text.split_whitespace().nth(words).is_none()
}

/// "TOKYO (AP) — ", "LINDEN FALLS, Ohio -- ": capitals or brackets, then a dash.
fn opens_with_dateline(text: &str) -> bool {
    let dash = [" — ", " – ", " -- ", " - ", "—"].iter().filter_map(|dash| text.find(dash)).min();
    let Some(place) = dash.and_then(|at| text.get(..at)).filter(|place| place.len() <= 60) else { return false };
    let first = place.split([' ', ',']).next().unwrap_or("");
    place.ends_with(')') || (first.chars().count() > 1 && !first.contains(char::is_lowercase))
}

/// Whether nearly every longer word has a capital, of at least four.
fn is_title_case(text: &str) -> bool {
    let (mut words, mut capitals) = (0, 0);
    for word in text.split_whitespace() {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        if word.chars().filter(|c| c.is_alphabetic()).count() > 3 {
            words += 1;
            capitals += usize::from(word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
        }
    }
    words >= 4 && 10 * capitals >= 9 * words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_are_told_from_ledes() {
        let body = "The county closed both bridges over the Tamsin River on Tuesday.";
        let cases = [
            ("Bridges closed in Linden Falls as Tamsin rises", body, true),
            ("Linden Falls Closes Both Bridges Over Flood Fears.", body, true),
            ("LINDEN FALLS CLOSES BRIDGES", body, true),
            ("‘Never seen it this high’", body, true),
            ("Who Will Pay for Linden Falls’ Broken Levee?", body, true),
            ("Who will pay for the levee?", "By Dana Whitlock", true),
            ("Who will pay for the levee?", body, false),
            (body, body, false),
            ("“We have never seen it this high,” the sheriff said.", body, false),
            ("LINDEN FALLS, Ohio (AP) — Both bridges are shut", body, false),
            ("TOKYO — Both bridges are shut", body, false),
            ("What to know:", body, false),
        ];
        for (text, next, expected) in cases {
            assert_eq!(is_headline(text, Some(next), 3), expected, "{text:?}");
        }
        assert!(!is_headline("Bridges closed in Linden Falls", None, 1));
    }

    #[test]
    fn labels() {
        assert_eq!(labelled("HED: Bridges shut"), Some(Role::Headline));
        assert_eq!(labelled("Byline: Dana Whitlock"), Some(Role::Byline));
        assert_eq!(labelled("Sheriff: Bridges shut"), None);
    }

    #[test]
    fn a_terse_opening_of_a_story_is_its_headline() {
        let body = "The county closed both bridges over the Tamsin River on Tuesday after the water rose four feet in six hours.";
        assert!(is_headline("Linden Falls bridges closed by flood.", Some(body), 8));
        assert!(!is_headline("Linden Falls bridges closed by flood.", Some(body), 2));
        assert!(!is_headline("Linden Falls bridges closed by flood.", Some("Schools stayed shut."), 8));
        assert!(!is_headline("The bridges are shut, the sheriff said.", Some(body), 8));
    }
}
