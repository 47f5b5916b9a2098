use super::measure::Measures;

/// A figure about the story, by a formula over what was counted in it.
#[derive(Debug)]
pub(super) struct Metric {
    pub formula: Formula,
    /// Holds where the figure is wrong: `> 8`.
    pub condition: Formula,
}

impl Metric {
    /// The figure, if the story is one that the rule speaks of.
    pub(super) fn wrong(&self, measures: &Measures) -> Option<f64> {
        let figure = self.formula.value(measures, 0.0)?;
        (self.condition.value(measures, figure)? != 0.0).then_some(figure)
    }
}

/// An expression: numbers, names of what is counted, `+ - * /`, comparisons, `&&`, `||`, brackets, `math.sqrt(…)`.
#[derive(Debug)]
pub(super) enum Formula {
    Number(f64),
    Name(String),
    /// What a condition is about.
    Figure,
    Negative(Box<Formula>),
    Call(&'static str, Box<Formula>),
    Pair(&'static str, Box<Formula>, Box<Formula>),
}

/// Operators, the ones that bind least first.
const LEVELS: [&[&str]; 5] = [&["||"], &["&&"], &["<=", ">=", "==", "!=", "<", ">"], &["+", "-"], &["*", "/"]];
const FUNCTIONS: [&str; 4] = ["sqrt", "abs", "floor", "ceil"];

impl Formula {
    /// Reads a formula; `Err` says what can't be understood.
    pub(super) fn new(written: &str) -> Result<Self, String> {
        Self::parse(written, false)
    }

    /// Reads a condition: a comparison without its left side, such as `> 8`.
    pub(super) fn condition(written: &str) -> Result<Self, String> {
        Self::parse(written, true)
    }

    fn parse(written: &str, condition: bool) -> Result<Self, String> {
        let mut reader = Reader { rest: written.trim(), depth: 0 };
        let first = condition.then_some(Self::Figure);
        let read = reader.level(0, first)?;
        if reader.rest.is_empty() { Ok(read) } else { Err(format!("“{}” can't be understood", reader.rest)) }
    }

    fn value(&self, measures: &Measures, figure: f64) -> Option<f64> {
        let of = |formula: &Self| formula.value(measures, figure);
        let value = match self {
            Self::Number(number) => *number,
            Self::Figure => figure,
            Self::Name(name) => measures.named(name)?,
            Self::Negative(one) => -of(one)?,
            Self::Call(name, one) => {
                let one = of(one)?;
                match *name {
                    "sqrt" => one.sqrt(),
                    "abs" => one.abs(),
                    "floor" => one.floor(),
                    _ => one.ceil(),
                }
            }
            Self::Pair(sign, left, right) => {
                let (left, right) = (of(left)?, of(right)?);
                let truth = |holds: bool| f64::from(u8::from(holds));
                match *sign {
                    "+" => left + right,
                    "-" => left - right,
                    "*" => left * right,
                    "/" => left / right,
                    "<" => truth(left < right),
                    ">" => truth(left > right),
                    "<=" => truth(left <= right),
                    ">=" => truth(left >= right),
                    "==" => truth((left - right).abs() < f64::EPSILON),
                    "!=" => truth((left - right).abs() >= f64::EPSILON),
                    "&&" => truth(left != 0.0 && right != 0.0),
                    _ => truth(left != 0.0 || right != 0.0),
                }
            }
        };
        value.is_finite().then_some(value)
    }

    /// The names in it that count nothing.
    pub(super) fn unknown(&self) -> Option<&str> {
        match self {
            Self::Name(name) => (!Measures::is_name(name)).then_some(name),
            Self::Negative(one) | Self::Call(_, one) => one.unknown(),
            Self::Pair(_, left, right) => left.unknown().or_else(|| right.unknown()),
            Self::Number(_) | Self::Figure => None,
        }
    }
}

/// Brackets in brackets go no deeper than this.
const DEEPEST: usize = 50;

struct Reader<'t> {
    rest: &'t str,
    depth: usize,
}

impl Reader<'_> {
    fn level(&mut self, level: usize, first: Option<Formula>) -> Result<Formula, String> {
        let Some(signs) = LEVELS.get(level) else {
            return first.map_or_else(|| self.one(), Ok);
        };
        let mut left = self.level(level + 1, first)?;
        while let Some(sign) = signs.iter().copied().find(|sign| self.takes(sign)) {
            let right = self.level(level + 1, None)?;
            left = Formula::Pair(sign, left.into(), right.into());
        }
        Ok(left)
    }

    fn one(&mut self) -> Result<Formula, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("there are too many brackets in it".into());
        }
        let one = if self.takes("-") {
            Formula::Negative(self.one()?.into())
        } else if self.takes("(") {
            let inside = self.level(0, None)?;
            if !self.takes(")") {
                return Err("a bracket is not closed".into());
            }
            inside
        } else {
            self.word()?
        };
        self.depth -= 1;
        Ok(one)
    }

    fn word(&mut self) -> Result<Formula, String> {
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_');
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest.trim_start();
        if word.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return word.parse().map(Formula::Number).map_err(|_| format!("“{word}” is no number"));
        }
        if word.is_empty() {
            return Err(if self.rest.is_empty() {
                "it breaks off".into()
            } else {
                format!("“{}” can't be understood", self.rest)
            });
        }
        let function = word.strip_prefix("math.").and_then(|name| FUNCTIONS.into_iter().find(|known| *known == name));
        match function {
            Some(name) if self.takes("(") => {
                let inside = self.level(0, None)?;
                if self.takes(")") {
                    Ok(Formula::Call(name, inside.into()))
                } else {
                    Err("a bracket is not closed".into())
                }
            }
            _ => Ok(Formula::Name(word.replace('.', "_"))),
        }
    }

    fn takes(&mut self, sign: &str) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_follow_the_rules_of_arithmetic() {
        let measures = Measures { words: 100, sentences: 5, ..Measures::default() };
        for (formula, expected) in [
            ("1 + 2 * 3", Some(7.0)),
            ("(1 + 2) * -3", Some(-9.0)),
            ("words / sentences", Some(20.0)),
            ("0.39 * (words / sentences) - 15.59", Some(0.39 * 20.0 - 15.59)),
            ("math.sqrt(words)", Some(10.0)),
            ("words / heading.h1", None),
            ("8 - 4 - 2", Some(2.0)),
        ] {
            assert_eq!(Formula::new(formula).unwrap().value(&measures, 0.0), expected, "{formula}");
        }
        for (condition, holds) in [("> 8", true), ("< 8", false), (">= 9 && words < 3", false), ("== 9", true)] {
            let read = Formula::condition(condition).unwrap();
            assert_eq!(read.value(&measures, 9.0) == Some(1.0), holds, "{condition}");
        }
        for broken in ["", "1 +", "(1", "1 2", "$", "1.2.3", &"(".repeat(1_000)] {
            assert!(Formula::new(broken).is_err(), "{broken}");
        }
        assert_eq!(Formula::new("words + wrods").unwrap().unknown(), Some("wrods"));
    }
}
