use super::pattern::Pattern;
use super::{Action, Event, Found, Rule, Unit};
use crate::text::{Span, lower_first, upper_first};

/// How the words of a heading are capitalised.
#[derive(Debug)]
pub(super) struct Capitalization {
    pub form: Form,
    /// Words that have capitals of their own.
    pub exceptions: Vec<String>,
    pub excepted: Option<Pattern>,
    /// Ends of words after which a new sentence begins.
    pub indicators: Vec<String>,
    /// What share of the words must be right.
    pub threshold: f64,
    /// What may stand before the heading.
    pub prefix: Option<Pattern>,
}

#[derive(Debug)]
pub(super) enum Form {
    Lower,
    Upper,
    Sentence,
    /// In a title, whether prepositions of any length have no capital, as in Chicago's style.
    Title {
        chicago: bool,
    },
    Pattern(Pattern),
}

/// Words without a capital inside a title.
const SMALL: [&str; 22] = [
    "a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "nor", "of", "on", "or", "per", "the", "vs",
    "vs.", "via", "v", "v.",
];

/// Prepositions that Chicago's style leaves without one.
const PREPOSITIONS: [&str; 28] = [
    "with",
    "from",
    "into",
    "during",
    "including",
    "until",
    "against",
    "among",
    "throughout",
    "despite",
    "towards",
    "upon",
    "concerning",
    "about",
    "over",
    "through",
    "before",
    "between",
    "after",
    "since",
    "without",
    "under",
    "within",
    "along",
    "following",
    "across",
    "beyond",
    "around",
];

impl Capitalization {
    pub(super) fn read(&self, rule: &Rule, unit: &Unit<'_>, out: &mut Vec<Event>) {
        let text = unit.text;
        let whole = Span::new(0, text.len());
        let opening = self.prefix.as_ref().and_then(|prefix| prefix.find_from(text, 0)).map_or(0, |prefix| prefix.end);
        let expected = match &self.form {
            Form::Lower => Some(text.to_lowercase()),
            Form::Upper => Some(text.to_uppercase()),
            Form::Pattern(pattern) => pattern.is_in(text).then(|| text.to_string()),
            Form::Sentence | Form::Title { .. } => Some(self.converted(text, opening)),
        };
        let excepted = || self.excepted.as_ref().is_some_and(|it| it.is_in(text));
        let right = match (&self.form, &expected) {
            (Form::Sentence | Form::Title { .. }, Some(expected)) => {
                self.near_enough(&text[opening..], &expected[opening..])
            }
            (_, Some(expected)) => expected == text || excepted(),
            (_, None) => excepted(),
        };
        if right {
            return;
        }
        let mut found = Found::of(rule, unit, whole);
        if let (Action::Replace(fixed), Some(expected)) = (&rule.action, expected)
            && fixed.is_empty()
        {
            found.mends.push(rule.mend(found.span, expected));
        }
        out.push(Event::Found(found));
    }

    /// The text with the capitals that it should have.
    fn converted(&self, text: &str, opening: usize) -> String {
        let mut out = text.to_string();
        let words = words(text, opening);
        for (index, span) in words.iter().enumerate() {
            let word = span.of(text);
            let before = index.checked_sub(1).map(|before| words[before].of(text));
            let right = if let Some(own) = self.own(word) {
                own.to_string()
            } else {
                self.cased(word, before, index + 1 == words.len())
            };
            // A word whose capital takes another number of bytes is left alone: places must stay.
            if right.len() == word.len() {
                out.replace_range(span.start..span.end, &right);
            }
        }
        out
    }

    fn cased(&self, word: &str, before: Option<&str>, last: bool) -> String {
        let lower = word.to_lowercase();
        match self.form {
            Form::Title { chicago } => {
                let small = SMALL.contains(&&*lower) || (chicago && PREPOSITIONS.contains(&&*lower));
                let inside = before.is_some_and(|before| !before.ends_with(':')) && !last;
                match (small && inside, &*lower) {
                    (true, _) => lower,
                    // Before a verb it has a capital, and before a noun none.
                    (_, "to") => word.to_string(),
                    // "iPhone", "NATO": capitals inside a word are its own.
                    _ => upper_first(word),
                }
            }
            _ => {
                let numbered = |word: &str| word.ends_with('.') && word.starts_with(|c: char| c.is_ascii_digit());
                let opens = before.is_none_or(|before| {
                    self.indicators.iter().any(|end| before.ends_with(end.as_str())) || numbered(before)
                });
                if opens { upper_first(&lower) } else { lower }
            }
        }
    }

    /// The word as it is always written, if it has capitals of its own.
    fn own(&self, word: &str) -> Option<&str> {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        self.exceptions.iter().map(String::as_str).find(|own| *own == word || *own == bare)
    }

    /// Whether enough of the words are as they should be, the first one among them.
    fn near_enough(&self, text: &str, expected: &str) -> bool {
        let (mut right, mut all) = (0_u32, 0_u32);
        for span in words(text, 0) {
            let (word, expected) = (span.of(text), span.of(expected));
            let fine = word == expected
                || self.excepted.as_ref().is_some_and(|it| it.is_in(word))
                || (matches!(self.form, Form::Title { .. }) && word == word.to_uppercase());
            if !fine
                && all == 0
                && matches!(self.form, Form::Sentence)
                && word != upper_first(&lower_first(word).to_lowercase())
            {
                return false;
            }
            right += u32::from(fine);
            all += 1;
        }
        all == 0 || f64::from(right) / f64::from(all) >= self.threshold
    }
}

/// The words of a heading: letters, digits and what clings to them.
fn words(text: &str, from: usize) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < from) {
        match start {
            None if c.is_alphanumeric() || c == '*' => start = Some(at),
            Some(begun) if c.is_whitespace() => {
                words.push(Span::new(begun, at));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|begun| Span::new(begun, text.len())));
    words
}
