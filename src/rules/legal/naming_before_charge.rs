use super::naming::{self, Naming};
use crate::diagnostic::Severity;
use crate::lexicon;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "legal/naming-before-charge",
    level: Severity::Warning,
    // Published copy has next to none of it, so how often it is right is not measured.
    preview: true,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["legal/minor-named"],
    page: include_str!("../../../rules/legal/naming-before-charge.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).into_iter().map(|(person, place)| describe(story, person, place)).collect()
}

/// Those of the story's people who are in the hands of the police, each where it first says so, if the story tells of no
/// charge and no court. Whoever speaks in the story has made it public, and of the dead nobody asks.
fn detect(story: &Story<'_>) -> Vec<(usize, Place)> {
    let mut held = naming::first_namings(story, is_held);
    held.retain(|(person, _)| !naming::speaks(story, *person));
    if held.is_empty() || naming::story_tells(story, &lexicon::guilt().court) { Vec::new() } else { held }
}

/// "Ann Roe was arrested on suspicion of fraud", "police questioned Ann Roe in connection with a fraud".
fn is_held(naming: &Naming<'_, '_>) -> bool {
    let guilt = lexicon::guilt();
    let held = naming.suffers(&guilt.held) || naming.follows(&guilt.held) && !naming.is_owner();
    held && naming.beside(&guilt.suspicion).is_some() && naming.beside(&guilt.gone).is_none() && !naming.is_history()
}

fn describe(story: &Story<'_>, person: usize, place: Place) -> Finding {
    let name = &story.people[person].name;
    Finding::new(
        place,
        format!(
            "The story names {name} on suspicion alone and tells of no charge. In Britain somebody under investigation can \
             expect not to be named before that. Leave out the name, or have the lawyer read it."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        naming::tests::found(text, detect, |story, (_, place)| story.words(*place).to_owned())
    }

    #[test]
    fn suspects_are_found_on_either_side_of_what_the_police_do() {
        for text in [
            "Ann Roe was arrested on suspicion of fraud.",
            "Ann Roe, 34, a builder, has been questioned in connection with a fire.",
            "Police arrested Ann Roe on suspicion of fraud on Sunday.",
        ] {
            assert_eq!(found(&format!("{text}\n")), ["Ann Roe"], "{text}");
        }
    }

    #[test]
    fn who_may_be_named_is() {
        for text in [
            "A man, 34, was arrested on suspicion of fraud.",
            "Ann Roe was arrested on suspicion of fraud and charged on Monday.",
            "Ann Roe was arrested on suspicion of fraud. The trial begins in May.",
            "Ann Roe was arrested on suspicion of fraud. “It is a mistake,” Roe said.",
            "Ann Roe was arrested at a sit-in.",
            "Ann Roe was arrested on suspicion of treason in 1944.",
            "A man was arrested on suspicion of killing Ann Roe.",
            "Police held a meeting. Ann Roe came.",
            "Two people were arrested in connection with the fire at Ann Roe’s shop.",
        ] {
            assert_eq!(found(&format!("{text}\n")), [""; 0], "{text}");
        }
    }
}
