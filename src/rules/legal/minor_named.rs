use super::naming::{self, Naming, namings};
use crate::diagnostic::Severity;
use crate::lexicon;
use crate::prose::Token;
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::quantities::{Kind, Quantity};
use crate::story::{Place, Story};
use crate::style::Style;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "legal/minor-named",
    level: Severity::Warning,
    // Published copy has next to none of it, so how often it is right is not measured.
    preview: true,
    quotes: Quotes::Off,
    reads: rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/legal/minor-named.md"),
    detect: Detect::Story(check),
};

/// A child who is named, how old it is, and the words that make it a suspect, a witness or a victim.
struct Child {
    place: Place,
    person: usize,
    age: i64,
    cue: Place,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    detect(story).into_iter().map(|child| describe(story, &child)).collect()
}

/// The children named where it may harm them, each once. One who speaks in the story is named by consent, and one who is
/// tried as an adult is named like one.
fn detect(story: &Story<'_>) -> Vec<Child> {
    let mut children: Vec<Child> = (0..story.people.len()).filter_map(|person| child(story, person)).collect();
    children.retain(|child| !naming::speaks(story, child.person));
    if children.is_empty() || naming::story_tells(story, &lexicon::guilt().adult) { Vec::new() } else { children }
}

fn child(story: &Story<'_>, person: usize) -> Option<Child> {
    let (named, age) = namings(story, person).find_map(|naming| Some((naming, age(&naming)?)))?;
    if !(1..18).contains(&age) || named.is_history() {
        return None;
    }
    let guilt = lexicon::guilt();
    if naming::is_gone(story, person) {
        return None;
    }
    let cue = namings(story, person).find_map(|naming| {
        let (at, end) = naming.beside(&guilt.minor).filter(|_| !naming.is_history() && !naming.is_owner())?;
        let tokens: &[Token] = naming.paragraph.facts.prose.tokens.get(at..end)?;
        Some(Place { span: crate::prose::span(tokens), ..naming.place })
    })?;
    Some(Child { place: named.place, person, age, cue })
}

/// The age that stands with a name: "Ann Roe, 14,", "14-year-old Ann Roe".
fn age(naming: &Naming<'_, '_>) -> Option<i64> {
    let after = matches!(naming.paragraph.token(naming.end), "," | "(").then_some(naming.end + 1);
    let beside = |quantity: &&Quantity| {
        let joined = quantity.unit.is_some_and(|unit| unit.of(naming.paragraph.text) == "year-old");
        let noun = naming.first.checked_sub(quantity.tokens.end);
        after == Some(quantity.tokens.start) || joined && noun == Some(0)
    };
    let mut ages = naming.paragraph.facts.quantities.iter().filter(|quantity| matches!(quantity.kind, Kind::Age));
    ages.find(beside)?.figure.value.whole()
}

fn describe(story: &Story<'_>, child: &Child) -> Finding {
    let name = &story.people[child.person].name;
    let age = child.age;
    let mut finding = Finding::new(
        child.place,
        format!(
            "{name} is {age}, and the story names {name} as a suspect, a witness or a victim. A name found years later \
             harms a child, and a court may forbid it. Leave it out, or ask the editor who decides."
        ),
    );
    finding.related.push((child.cue, "What is told of the child".to_owned()));
    finding
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        naming::tests::found(text, detect, |story, child| {
            format!("{} {} {}", story.words(child.place), child.age, story.words(child.cue))
        })
    }

    #[test]
    fn children_are_found_by_their_age_and_what_is_told() {
        for (text, expected) in [
            ("Police arrested Ann Roe, 14, on Sunday.", "Ann Roe 14 arrested"),
            ("Ann Roe, 9, testified that she saw the car.", "Ann Roe 9 testified"),
            ("The coach molested 12-year-old Ann Roe, prosecutors said.", "Ann Roe 12 molested"),
            ("Dan Quill, 14, was charged with murder.", "Dan Quill 14 charged with"),
            ("Dan Quill, 14, was arrested in the killing of a clerk.", "Dan Quill 14 arrested"),
            ("Dan Quill, 17, lives in Linden Falls.\n\nQuill is charged with theft.", "Dan Quill 17 charged with"),
        ] {
            assert_eq!(found(&format!("{text}\n")), [expected], "{text}");
        }
    }

    #[test]
    fn children_who_may_be_named_are() {
        for text in [
            "Ann Roe, 34, was arrested on Sunday.",
            "Ann Roe, 18, was arrested on Sunday.",
            "Ann Roe, 15, won the 200 meters on Sunday.",
            "Ann Roe, 15, charged up the field and scored twice.",
            "Ann Roe, 9, plays the orphan in “The Quay.”",
            "Ann Roe, 9, was killed on Sunday. A man was arrested.",
            "A man was arrested in the killing of 9-year-old Ann Roe.",
            "Ann Roe, 9, was at school that day. A man is charged with murder in Ann Roe’s death and was convicted.",
            "Ann Roe, 9, has been missing since Sunday, and a suspect was arrested.",
            "Ann Roe, 14, was arrested in 1963 for sitting at a counter.",
            "Dan Quill, 17, was charged with theft as an adult.",
            "Ann Roe, 16, was arrested at the sit-in. “I would do it again,” Roe said.",
            "A 14-year-old girl was arrested. Her mother, Ann Roe, 41, spoke to reporters.",
            "Ann Roe, 14, spent Sunday at home.\n\nTroops searched Roe’s home and arrested her mother.",
            "Her mother, Ann Roe, said that the boy, 14, was arrested.",
        ] {
            assert_eq!(found(&format!("{text}\n")), [""; 0], "{text}");
        }
    }
}
