use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::format::Draft;
use crate::styles::{family, is_imported};

/// What a comment of Vale's says.
#[derive(Debug, PartialEq, Eq)]
enum Order<'c> {
    /// Whether all rules are silent.
    All(bool),
    /// Whether a rule, or all of a style, is silent.
    Named(&'c str, bool),
}

/// The diagnostics that no comment of Vale's silences: `<!-- vale off -->`, `<!-- vale Google.We = NO -->`. Such a comment
/// is for the rules of imported styles only, and counts until another one takes it back. `diagnostics` are in the order of
/// the text.
pub fn heed_vale(mut diagnostics: Vec<Diagnostic>, draft: &Draft<'_>) -> Vec<Diagnostic> {
    let orders = draft.comments.iter().filter_map(|comment| Some((comment.span.start, order(&comment.text)?)));
    let mut orders = orders.peekable();
    if orders.peek().is_none() {
        return diagnostics;
    }
    let mut all = false;
    let mut named: HashMap<&str, bool> = HashMap::new();
    diagnostics.retain(|diagnostic| {
        while let Some((_, order)) = orders.next_if(|(at, _)| *at <= diagnostic.span.start) {
            match order {
                Order::All(silent) => all = silent,
                Order::Named(name, silent) => drop(named.insert(name, silent)),
            }
        }
        let own = named.get(diagnostic.rule).or_else(|| named.get(family(diagnostic.rule)));
        !is_imported(diagnostic.rule) || !(all || own.is_some_and(|silent| *silent))
    });
    diagnostics
}

/// Reads a comment; `None` if it is about something else. Vale, too, takes these words only as they are.
fn order(comment: &str) -> Option<Order<'_>> {
    match comment.strip_prefix("vale ")? {
        "off" => Some(Order::All(true)),
        "on" => Some(Order::All(false)),
        named => match named.split_once(" = ")? {
            (name, "NO") => Some(Order::Named(name, true)),
            (name, "YES") => Some(Order::Named(name, false)),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::format::{self, Format};
    use crate::text::Span;

    /// What is left of a diagnostic of three rules at each "x".
    fn left(text: &str) -> Vec<(usize, &'static str)> {
        let draft = format::read(text, Format::Markdown);
        let rules = ["Gazette.One", "Gazette.Two", "house/one"];
        let places = text.match_indices('x').flat_map(|(at, _)| rules.map(|rule| (at, rule)));
        let diagnostics = places.map(|(at, rule)| Diagnostic {
            rule,
            severity: Severity::Warning,
            message: String::new(),
            span: Span::new(at, at + 1),
            related: Vec::new(),
            fixes: Vec::new(),
        });
        let left = heed_vale(diagnostics.collect(), &draft);
        left.iter().map(|found| (text[..found.span.start].matches('x').count(), found.rule)).collect()
    }

    /// The rules of the style that are left at each "x".
    fn styles(text: &str) -> Vec<String> {
        let all = left(text);
        let at = |index| {
            let here = all.iter().filter(|(at, rule)| *at == index && is_imported(rule));
            here.map(|(_, rule)| &rule[8..]).collect::<Vec<_>>().join(" ")
        };
        (0..text.matches('x').count()).map(at).collect()
    }

    #[test]
    fn a_comment_counts_until_it_is_taken_back() {
        for (text, expected) in [
            ("x\n\n<!-- vale off -->\n\nx\n\n# x\n\n<!-- vale on -->\n\nx\n", &["One Two", "", "", "One Two"][..]),
            ("<!-- vale Gazette.One = NO -->\n\nx\n\n<!-- vale Gazette.One = YES -->\n\nx\n", &["Two", "One Two"]),
            ("<!-- vale Gazette = NO -->\n\nx\n\n<!-- vale Gazette = YES -->\n\nx\n", &["", "One Two"]),
            ("<!-- vale Gazette = NO -->\n<!-- vale Gazette.Two = YES -->\n\nx\n", &["Two"]),
            ("- x\n<!-- vale off -->\n- x\n<!-- vale on -->\n- x\n", &["One Two", "", "One Two"]),
            ("x <!-- vale off --> x <!-- vale on --> x\n", &["One Two", "", "One Two"]),
            // Off is off, whatever is said of a rule by itself.
            ("<!-- vale off -->\n\n<!-- vale Gazette.One = YES -->\n\nx\n", &[""]),
            ("<!-- vale Gazette.One = NO -->\n\n<!-- vale off -->\n\n<!-- vale on -->\n\nx\n", &["Two"]),
            (
                "<!-- Vale off -->\n\n<!-- vale Gazette.One=NO -->\n\n<!-- vale  off -->\n\n<!-- off -->\n\nx\n",
                &["One Two"],
            ),
        ] {
            assert_eq!(styles(text), expected, "{text}");
        }
    }

    #[test]
    fn other_rules_do_not_hear_it() {
        assert_eq!(
            left("<!-- vale off -->\n\nx\n\n<!-- vale house/one = NO -->\n\nx\n"),
            [(0, "house/one"), (1, "house/one")]
        );
    }

    #[test]
    fn words_that_vale_does_not_take_are_none() {
        for comment in ["vale", "valeoff", "vale OFF", "vale A.B = no", "vale A.B=NO", "vale = NO", "prevale off"] {
            assert_eq!(order(comment), None, "{comment}");
        }
    }
}
