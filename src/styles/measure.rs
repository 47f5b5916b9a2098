use super::Unit;
use crate::format::Block;

/// What is counted in a story for formulas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Measures {
    pub words: usize,
    pub sentences: usize,
    pub paragraphs: usize,
    pub characters: usize,
    pub syllables: usize,
    /// Words of three syllables or more that are no compounds and have no common ending.
    pub complex_words: usize,
    /// Words of more than six letters.
    pub long_words: usize,
    /// Words of three syllables or more.
    pub polysyllabic_words: usize,
    pub lists: usize,
    pub quotes: usize,
    /// By level, the highest first.
    pub headings: [usize; 6],
}

impl Measures {
    /// Counts a paragraph.
    pub(super) fn of(unit: &Unit<'_>, sentences: usize, block: Block) -> Self {
        let mut measures = Self::default();
        match block {
            Block::Heading(level) => {
                if let Some(count) = measures.headings.get_mut(usize::from(level).saturating_sub(1)) {
                    *count = 1;
                }
                return measures;
            }
            Block::ListItem => measures.lists = 1,
            Block::Quote => measures.quotes = 1,
            _ => {}
        }
        (measures.sentences, measures.paragraphs) = (sentences, 1);
        for word in unit.text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
            let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
            if letters == 0 {
                continue;
            }
            let syllables = syllables(word);
            measures.words += 1;
            measures.characters += letters;
            measures.syllables += syllables;
            measures.long_words += usize::from(letters > 6);
            measures.polysyllabic_words += usize::from(syllables > 2);
            let common = ["es", "ed", "ing"].iter().any(|end| word.ends_with(end)) && syllables == 3;
            measures.complex_words += usize::from(syllables > 2 && !common);
        }
        measures
    }

    /// Adds what was counted elsewhere.
    pub(super) fn add(&mut self, other: &Self) {
        self.words += other.words;
        self.sentences += other.sentences;
        self.paragraphs += other.paragraphs;
        self.characters += other.characters;
        self.syllables += other.syllables;
        self.complex_words += other.complex_words;
        self.long_words += other.long_words;
        self.polysyllabic_words += other.polysyllabic_words;
        self.lists += other.lists;
        self.quotes += other.quotes;
        for (sum, count) in self.headings.iter_mut().zip(other.headings) {
            *sum += count;
        }
    }

    /// Whether a formula may name it.
    pub(super) fn is_name(name: &str) -> bool {
        Self::default().named(name).is_some()
    }

    /// What a formula's name counts.
    #[allow(clippy::cast_precision_loss)] // No story has 2^52 words.
    pub(super) fn named(&self, name: &str) -> Option<f64> {
        let count = match name {
            "words" => self.words,
            "sentences" => self.sentences,
            "paragraphs" => self.paragraphs,
            "characters" => self.characters,
            "syllables" => self.syllables,
            "complex_words" => self.complex_words,
            "long_words" => self.long_words,
            "polysyllabic_words" => self.polysyllabic_words,
            "list" => self.lists,
            "blockquote" => self.quotes,
            "pre" => 0,
            _ => *self.headings.get(name.strip_prefix("heading_h")?.parse::<usize>().ok()?.checked_sub(1)?)?,
        };
        Some(count as f64)
    }

    /// The grade of school that a story asks for, by the formula of that name; `None` for another name or no words.
    ///
    /// The formulas are those that their authors published: Gunning 1952, Coleman and Liau 1975, Kincaid et al. 1975,
    /// McLaughlin 1969, Smith and Senter 1967.
    pub(super) fn grade(&self, metric: &str) -> Option<f64> {
        let [words, sentences, characters] =
            ["words", "sentences", "characters"].map(|name| self.named(name).unwrap_or(0.0));
        let [syllables, complex, poly] =
            ["syllables", "complex_words", "polysyllabic_words"].map(|name| self.named(name).unwrap_or(0.0));
        if words == 0.0 || sentences == 0.0 {
            return None;
        }
        Some(match metric {
            "Gunning Fog" => 0.4 * (words / sentences + 100.0 * complex / words),
            "Coleman-Liau" => 5.88 * characters / words - 29.6 * sentences / words - 15.8,
            "Flesch-Kincaid" => 0.39 * words / sentences + 11.8 * syllables / words - 15.59,
            "SMOG" => 1.043 * (poly * 30.0 / sentences).sqrt() + 3.1291,
            "Automated Readability" => 4.71 * characters / words + 0.5 * words / sentences - 21.43,
            _ => return None,
        })
    }
}

/// About how many syllables a word has: groups of vowels, without a silent e at the end.
fn syllables(word: &str) -> usize {
    let vowel = |c: char| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let (mut groups, mut inside) = (0, false);
    for c in word.chars() {
        groups += usize::from(vowel(c) && !inside);
        inside = vowel(c);
    }
    let lower = word.to_ascii_lowercase();
    let silent = lower.ends_with('e') && !lower.ends_with("le") || lower.ends_with("es") || lower.ends_with("ed");
    if groups > 1 && silent && !lower.ends_with("ee") { groups - 1 } else { groups.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_about_right() {
        for (word, count) in [("the", 1), ("bridge", 1), ("county", 2), ("table", 2), ("reporter", 3), ("committee", 3)]
        {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn grades_are_those_of_the_formulas() {
        let measures = Measures { words: 100, sentences: 5, syllables: 150, characters: 470, ..Measures::default() };
        let grade = measures.grade("Flesch-Kincaid").unwrap();
        assert!((grade - (0.39 * 20.0 + 11.8 * 1.5 - 15.59)).abs() < 1e-9);
        assert_eq!(measures.grade("Fog"), None);
        assert_eq!(Measures::default().grade("SMOG"), None);
    }
}
