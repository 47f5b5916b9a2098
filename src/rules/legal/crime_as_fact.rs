use super::naming::{self, Naming, namings};
use crate::diagnostic::Severity;
use crate::lexicon::{self, Class};
use crate::prose::Token;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::sourcing::Sourcing;
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "legal/crime-as-fact",
    level: Severity::Warning,
    // Published copy has next to none of it, so how often it is right is not measured.
    preview: true,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/legal/crime-as-fact.md"),
    detect: Detect::Story(check),
};

/// A crime, and somebody of whom the story says by itself that they did it.
struct Deed {
    place: Place,
    person: usize,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).into_iter().map(|deed| describe(story, &deed)).collect()
}

/// The first crime of each of the story's people, if the story tells of no verdict and no plea.
fn detect(story: &Story<'_>) -> Vec<Deed> {
    let first = |person| namings(story, person).find_map(|naming| Some(Deed { place: crime(story, &naming)?, person }));
    let mut deeds: Vec<Deed> = (0..story.people.len()).filter_map(first).collect();
    // Most stories have no crime, and nobody need look for more in them.
    deeds.retain(|deed| !is_dead(story, deed.person));
    if deeds.is_empty() || naming::tells_of_verdict(story) { Vec::new() } else { deeds }
}

/// With one of these in it a sentence does not say that something was so. "Police say" and "accused" are known by class.
const OPEN: [&str; 11] = ["?", "could", "how", "if", "may", "might", "should", "that", "whether", "why", "would"];

/// The words that say that the person named there did a crime, on nobody's word.
fn crime(story: &Story<'_>, naming: &Naming<'_, '_>) -> Option<Place> {
    let (_, end) = naming.does(&lexicon::guilt().crimes)?;
    let paragraph = naming.paragraph;
    let tokens = paragraph.facts.prose.tokens_of(naming.sentence);
    let open = |token: &Token| {
        let word = token.of(paragraph.text);
        let weighs = token.class.any(Class::COURT.with(Class::SPEECH));
        OPEN.iter().any(|open| open.eq_ignore_ascii_case(word)) && word != "May" || weighs
    };
    let hedged = tokens.iter().any(open);
    let sourced = story.sourcing[naming.place.paragraph][naming.index].sourcing != Sourcing::None;
    if hedged || sourced || naming.is_history() || naming::tells(paragraph, &lexicon::guilt().fiction) {
        return None;
    }
    let last = paragraph.facts.prose.tokens.get(end - 1)?;
    Some(Place { span: naming.place.span.cover(last.span()), ..naming.place })
}

/// Whether the story tells of somebody's death. Whoever is dead stands before no court.
fn is_dead(story: &Story<'_>, person: usize) -> bool {
    const DIES: [&str; 4] = ["died", "himself", "herself", "dead"];
    namings(story, person).any(|naming| {
        let tokens = naming.paragraph.facts.prose.tokens_of(naming.sentence);
        tokens.iter().any(|token| DIES.contains(&token.of(naming.paragraph.text)))
    })
}

fn describe(story: &Story<'_>, deed: &Deed) -> Finding {
    let words = story.paragraphs[deed.place.paragraph].phrase(deed.place.span);
    let name = &story.people[deed.person].surname;
    Finding::new(
        deed.place,
        format!(
            "“{words}” says that {name} did it, on nobody’s word, and the story tells of no plea and no verdict. Say who \
             says so, such as the police or the indictment, or what {name} is charged with."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        naming::tests::found(text, detect, |story, deed| story.words(deed.place).to_owned())
    }

    #[test]
    fn a_crime_is_told_as_fact() {
        for (text, expected) in [
            ("Ann Roe embezzled $40,000 from the harbor fund.", "Ann Roe embezzled"),
            ("Mayor Ann Roe took bribes from a paving firm.", "Ann Roe took bribes"),
            ("Mayor Ann Roe embezzled $40,000.", "Ann Roe embezzled"),
            (
                "Dan Quill, 34, of Linden Falls, stabbed his landlord on Sunday.",
                "Dan Quill, 34, of Linden Falls, stabbed",
            ),
            ("Dan Quill, who then kidnapped the clerk, drove north.", "Dan Quill, who then kidnapped"),
            ("Dan Quill sexually assaulted a clerk on Sunday.", "Dan Quill sexually assaulted"),
            ("Dan Quill pleaded not guilty.\n\nQuill raped her in May.", "Quill raped"),
        ] {
            assert_eq!(found(&format!("{text}\n")), [expected], "{text}");
        }
    }

    #[test]
    fn what_may_be_said_is_left_alone() {
        for text in [
            "Dan Quill stabbed his landlord on Sunday, police said.",
            "Police said Dan Quill stabbed his landlord.",
            "According to the indictment, Dan Quill embezzled $40,000.",
            "Dan Quill is accused of theft. He is charged after Dan Quill stabbed a clerk.",
            "Dan Quill stabbed his landlord in May. Quill was convicted of murder on Monday.",
            "Dan Quill stabbed his landlord in May. Quill pleaded guilty on Monday.",
            "Dan Quill stabbed his landlord in 1911.",
            "Dan Quill stabbed his landlord and then shot himself.",
            "Dan Quill allegedly stabbed his landlord.",
            "Dan Quill never stabbed anybody.",
            "Dan Quill, 34, sexually assaulted in May, went to court.",
            "They paid for Dan Quill, a reporter for the Herald, kidnapped last month.",
            "They paid for Dan Quill, a reporter for the Herald, kidnapped this month.",
            "Dan Quill was stabbed on Sunday.",
            "Dan Quill, stabbed by his landlord, is in the hospital.",
            "Dan Quill, 34, stabbed in a bar on Sunday, is in the hospital.",
            "In the film, Dan Quill kidnapped a banker.",
            "“Dan Quill stabbed my brother,” Ann Roe said.",
            "The jury must decide whether Dan Quill stabbed his landlord.",
            "Ann Roe stabbed at the ball and missed.",
            "Ann Roe stole second base.",
        ] {
            assert_eq!(found(&format!("{text}\n")), [""; 0], "{text}");
        }
    }
}
