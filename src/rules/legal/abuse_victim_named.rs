use super::naming::{self, Naming};
use crate::diagnostic::Severity;
use crate::lexicon;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "legal/abuse-victim-named",
    level: Severity::Error,
    // Published copy has next to none of it, so how often it is right is not measured.
    preview: true,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &["legal/crime-as-fact", "legal/minor-named"],
    page: include_str!("../../../rules/legal/abuse-victim-named.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).into_iter().map(|(person, place)| describe(story, person, place)).collect()
}

/// Those of the story's people who are named as victims, each where it first says so. Whoever speaks in the story, or is
/// told to have spoken in public, is named by choice.
fn detect(story: &Story<'_>) -> Vec<(usize, Place)> {
    let mut victims = naming::first_namings(story, is_victim);
    victims.retain(|(person, _)| !naming::speaks(story, *person) && !naming::is_gone(story, *person));
    if victims.is_empty() || naming::story_tells(story, &lexicon::guilt().public) { Vec::new() } else { victims }
}

/// "Ann Roe was raped", "raping Ann Roe", of no year long past and in no film.
fn is_victim(naming: &Naming<'_, '_>) -> bool {
    let guilt = lexicon::guilt();
    let victim = naming.suffers(&guilt.sexual) || naming.follows(&guilt.victim) && !naming.is_owner();
    victim && !naming.is_history() && !naming::tells(naming.paragraph, &guilt.fiction)
}

fn describe(story: &Story<'_>, person: usize, place: Place) -> Finding {
    let name = &story.people[person].name;
    Finding::new(
        place,
        format!(
            "The story names {name} as a victim of sexual abuse, and does not say that {name} chose to be named. In some \
             countries that is a crime, and most newsrooms never do it. Leave out the name and whatever tells who it is, \
             or say that {name} agreed."
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
    fn victims_are_found_on_either_side_of_what_was_done() {
        for text in [
            "Ann Roe was raped on Sunday, police said.",
            "Ann Roe, 34, a teacher, was sexually assaulted on the quay.",
            "Police say Ann Roe, who had been raped, walked to the harbor.",
            "Dan Quill is accused of raping Ann Roe.",
            "Dan Quill is charged in the rape of 34-year-old Ann Roe.",
            "Dan Quill sexually abused Ann Roe, prosecutors said.",
        ] {
            assert_eq!(found(&format!("{text}\n")), ["Ann Roe"], "{text}");
        }
    }

    #[test]
    fn who_may_be_named_is() {
        for text in [
            "Dan Quill raped a clerk, prosecutors said.",
            "Ann Roe raped nobody, her lawyer said.",
            "Dan Quill is accused of rape. Ann Roe is his lawyer.",
            "Dan Quill is accused of raping Ann Roe’s sister.",
            "Ann Roe was raped and killed on Sunday.",
            "Dan Quill is charged in the rape of Ann Roe.\n\nRoe died on Sunday.",
            "Ann Roe was raped on Sunday. “I want him to hear me,” Roe said.",
            "Ann Roe, who was raped at school, went public in May.",
            "Dan Quill is accused of raping Ann Roe, who sued him on Sunday.",
            "Ann Roe was raped in 1944.",
            "In the film, Ann Roe is raped.",
            "“Ann Roe was raped,” Bo Dahl said.",
            "Ann Roe was robbed on Sunday.",
            "Ann Roe had molested two pupils, prosecutors said.",
        ] {
            assert_eq!(found(&format!("{text}\n")), [""; 0], "{text}");
        }
    }
}
