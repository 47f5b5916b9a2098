use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::prose::Quotation;
use crate::rules::rule::{self, Detect, Finding, Quotes, Repair, Rule};
use crate::story::{Paragraph, Place, Story};
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "quotes/style-mix",
    level: Severity::Suggestion,
    preview: false,
    quotes: Quotes::About,
    reads: rule::PUBLISHED,
    yields_to: &[],
    page: include_str!("../../../rules/quotes/style-mix.md"),
    detect: Detect::Story(check),
};

/// A double mark that is straight or curly.
#[derive(Clone, Copy)]
struct Mark {
    place: Place,
    straight: bool,
    opens: bool,
}

fn check(story: &Story<'_>, _: &Style) -> Vec<Finding> {
    let marks = marks(story);
    detect(&marks).map(|odd| describe(&marks, odd)).into_iter().collect()
}

fn marks(story: &Story<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        if !RULE.reads.contains(&paragraph.role) {
            continue;
        }
        let quotations = paragraph.facts.prose.quotations.iter().filter_map(|quotation| whole(paragraph, quotation));
        for (mark, opens) in quotations.flatten() {
            let straight = match paragraph.words(mark) {
                "\"" => true,
                "“" | "”" => false,
                _ => continue,
            };
            marks.push(Mark { place: Place::new(index, mark), straight, opens });
        }
    }
    marks
}

/// The marks of a quotation that has both, and words between them; each with whether it opens it. Where marks meet, nobody
/// knows which is whose.
fn whole(paragraph: &Paragraph<'_>, quotation: &Quotation) -> Option<[(Span, bool); 2]> {
    let (open, close) = (quotation.open?.span, quotation.close?.span);
    let outer = quotation.outer();
    let inner = paragraph.words(quotation.inner);
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’' | '`');
    let alone = !paragraph.text[..outer.start].ends_with(is_mark) && !paragraph.text[outer.end..].starts_with(is_mark);
    let words = inner.starts_with(|c: char| !c.is_whitespace() && !is_mark(c)) && !inner.ends_with(char::is_whitespace);
    (alone && words).then_some([(open, true), (close, false)])
}

/// The first of those marks that are fewer; of as many, the first that is not as the story's first.
fn detect(marks: &[Mark]) -> Option<Mark> {
    let straight = marks.iter().filter(|mark| mark.straight).count();
    let curly = marks.len() - straight;
    let odd = if straight == curly { !marks.first()?.straight } else { straight < curly };
    marks.iter().find(|mark| mark.straight == odd).copied()
}

fn describe(marks: &[Mark], odd: Mark) -> Finding {
    let (these, others) = if odd.straight { ("straight", "curly") } else { ("curly", "straight") };
    let message = format!(
        "This quotation mark is {these}, and most in the story are {others}. Mixed marks look like copy pasted together. Make \
         all {others}."
    );
    let right = |mark: &Mark| match (odd.straight, mark.opens) {
        (false, _) => "\"",
        (true, true) => "“",
        (true, false) => "”",
    };
    let wrong = marks.iter().filter(|mark| mark.straight == odd.straight);
    Finding::new(odd.place, message).mended_by(vec![Repair {
        title: format!("Make all double quotation marks {others}"),
        applicability: Applicability::Safe,
        edits: wrong.map(|mark| (mark.place, right(mark).to_owned())).collect(),
    }])
}
