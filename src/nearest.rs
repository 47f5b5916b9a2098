//! "Did you mean …?"

/// The name among `names` that `word` was most likely meant to be; `None` if none is near. Of a name with a family,
/// such as `dateline/dash` or `Google.AMPM`, the part after the slash or stop counts as well as the whole.
pub fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    /// A longer word is no slip of the hand, and comparing takes time.
    const LONGEST: usize = 64;
    /// Three in five letters are right and in place.
    const NEAR: f64 = 0.6;
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    let likeness = |name: &str| {
        let name = name.to_lowercase();
        let last = name.rsplit_once(['/', '.']).map_or(&*name, |(_, last)| last);
        let score = |name| strsim::normalized_damerau_levenshtein(&word, name);
        score(&name).max(score(last))
    };
    let scored = names.into_iter().map(|name| (likeness(name), name));
    let near = scored.filter(|(score, _)| *score >= NEAR);
    // The first of those that are equally near.
    near.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let names =
            ["dateline/dash", "dateline/format", "attribution/loaded-verb", "titles/inconsistent", "Gazette.AMPM"];
        for (word, expected) in [
            ("dateline/dahs", Some("dateline/dash")),
            ("Dateline/Dash", Some("dateline/dash")),
            ("dash", Some("dateline/dash")),
            ("loaded-verbs", Some("attribution/loaded-verb")),
            ("title/inconsistent", Some("titles/inconsistent")),
            ("quotes/unbalanced", None),
            ("gazette.ampm", Some("Gazette.AMPM")),
            ("AMPMs", Some("Gazette.AMPM")),
            ("", None),
        ] {
            assert_eq!(nearest(word, names), expected, "{word}");
        }
        assert_eq!(nearest(&"dateline/dash".repeat(100_000), names), None);
    }
}
