use memchr::memchr_iter;

use crate::diagnostic::Severity;
use crate::format::Role;
use crate::lexicon::Class;
use crate::prose::{Case, Kind, Token};
use crate::rules::rule::{self, Detect, Finding, Quotes, Rule};
use crate::story::{Paragraph, Place};
use crate::style::Style;
use crate::text::{Span, SpanSet};

pub(in crate::rules) const RULE: Rule = Rule {
    name: "structure/placeholder",
    level: Severity::Error,
    preview: false,
    quotes: Quotes::On,
    reads: rule::ALL,
    yields_to: &["structure/advisory-left"],
    page: include_str!("../../../rules/structure/placeholder.md"),
    detect: Detect::Paragraph(check),
};

/// What a placeholder stands for.
#[derive(Clone, Copy)]
enum Placeholder {
    /// TK: "to come".
    ToCome,
    /// XXX, [NAME]: a blank to fill.
    Blank,
    /// ???: something in doubt.
    Doubt,
    /// TODO: work to do.
    Chore,
    /// Lorem ipsum.
    Dummy,
}

fn check(paragraph: &Paragraph<'_>, _: &Style) -> Vec<Finding> {
    let finding =
        |(span, what): (Span, Placeholder)| Finding::new(Place::here(span), describe(paragraph.words(span), what));
    detect(paragraph).into_iter().map(finding).collect()
}

fn detect(paragraph: &Paragraph<'_>) -> Vec<(Span, Placeholder)> {
    if is_promise(paragraph.text) {
        return vec![(Span::new(0, paragraph.text.len()), Placeholder::ToCome)];
    }
    let tokens = &paragraph.facts.prose.tokens;
    let mut found: Vec<(Span, Placeholder)> = bracketed(paragraph);
    found.extend(lines(paragraph));
    let blanks: SpanSet = found.iter().map(|(blank, _)| *blank).collect();
    for (index, token) in tokens.iter().enumerate() {
        let Some(placeholder) = placeholder(paragraph, index) else { continue };
        let span = match placeholder {
            Placeholder::Dummy | Placeholder::Doubt => run(paragraph, index),
            _ => token.span(),
        };
        if !blanks.overlaps(span) {
            found.push((span, placeholder));
        }
    }
    found
}

/// What the token with that index stands for, if it opens a placeholder.
fn placeholder(paragraph: &Paragraph<'_>, index: usize) -> Option<Placeholder> {
    let tokens = &paragraph.facts.prose.tokens;
    let token = &tokens[index];
    // Nearly every token is done with here.
    if !matches!(
        paragraph.text.as_bytes().get(token.start as usize)?,
        b'T' | b't' | b'X' | b'x' | b'F' | b'L' | b'l' | b'?'
    ) {
        return None;
    }
    let word = token.of(paragraph.text);
    let next = tokens.get(index + 1);
    let before = index.checked_sub(1).map(|before| &tokens[before]);
    if token.kind == Kind::Mark {
        return is_doubt(paragraph, index).then_some(Placeholder::Doubt);
    }
    if token.kind != Kind::Word {
        return None;
    }
    if is_to_come(word) {
        // "TK Maxx" is a shop, "TK Ward" a person; "tk 500" is money.
        let named = next.is_some_and(|next| next.kind == Kind::Word && next.case != Case::Lower);
        let counted = [before, next].into_iter().flatten().any(|token| token.kind == Kind::Number);
        let other = match word {
            "TK" => named,
            "tk" => counted,
            _ => false,
        };
        return (!other).then_some(Placeholder::ToCome);
    }
    if is_blank(paragraph, word, before, token, next) {
        return Some(Placeholder::Blank);
    }
    if word == "TODO" || word == "FIXME" {
        return Some(Placeholder::Chore);
    }
    let dummy = word.eq_ignore_ascii_case("lorem")
        && next.is_some_and(|next| next.of(paragraph.text).eq_ignore_ascii_case("ipsum"));
    dummy.then_some(Placeholder::Dummy)
}

/// TK, TKTK, tk, TK-year-old.
fn is_to_come(word: &str) -> bool {
    let (head, tail) = word.split_once('-').unwrap_or((word, ""));
    let pairs = head.len() >= 2 && head.as_bytes().chunks(2).all(|pair| pair.eq_ignore_ascii_case(b"TK"));
    // "Tk" is the taka, "TK-421" a number.
    pairs && head != "Tk" && !tail.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase())
}

/// XXX, XXXX, xxx; "Xx said".
fn is_blank(
    paragraph: &Paragraph<'_>,
    word: &str,
    before: Option<&Token>,
    token: &Token,
    next: Option<&Token>,
) -> bool {
    if !word.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'x')) {
        return false;
    }
    if word == "Xx" || word == "Xxx" {
        return next.is_some_and(|next| next.class.any(Class::SPEECH));
    }
    let text = paragraph.text.as_bytes();
    let joins = |at: Option<usize>| {
        at.and_then(|at| text.get(at)).is_some_and(|byte| byte.is_ascii_digit() || b"-./@_".contains(byte))
    };
    // Part of a masked number or an address; a full stop may end the sentence.
    let after = token.end as usize;
    let joined = joins((token.start as usize).checked_sub(1))
        || (joins(Some(after)) && !(text[after] == b'.' && text.get(after + 1).is_none_or(u8::is_ascii_whitespace)));
    if word == "XX" {
        return !joined && is_number(paragraph, token, next);
    }
    if joined || word.len() < 3 || word.contains('x') && (token.quoted || word.contains('X')) {
        return false;
    }
    if word != "XXX" {
        return true;
    }
    // The end mark of a story.
    if paragraph.role == Role::Tail && paragraph.text == word {
        return false;
    }
    // The Roman thirty of "Super Bowl XXX", and films that are no placeholder.
    let numeral = before.is_some_and(|before| {
        before.kind == Kind::Word && matches!(before.case, Case::Title | Case::Upper) && !before.class.any(Class::TITLE)
    });
    let rated = before.is_some_and(|before| before.of(paragraph.text) == "rated");
    let film = next.is_some_and(|next| {
        const SHOWN: [&str; 12] = [
            "film", "films", "movie", "movies", "video", "videos", "theater", "theaters", "theatre", "store",
            "content", "rated",
        ];
        SHOWN.contains(&next.of(paragraph.text))
    });
    let numeral = numeral && !opens_sentence(paragraph, before);
    !(film || rated || numeral)
}

/// Whether XX stands for a number: "$XX", "XX people". Chromosomes and kings have it too.
fn is_number(paragraph: &Paragraph<'_>, token: &Token, next: Option<&Token>) -> bool {
    const COUNTED: [&str; 14] = [
        "cents", "days", "dollars", "hours", "miles", "million", "minutes", "months", "people", "percent", "points",
        "votes", "weeks", "years",
    ];
    paragraph.text[..token.start as usize].ends_with(['$', '£', '€'])
        || next.is_some_and(|next| COUNTED.contains(&next.of(paragraph.text)))
}

/// Whether the token opens a sentence, so that its capital says nothing.
fn opens_sentence(paragraph: &Paragraph<'_>, token: Option<&Token>) -> bool {
    let Some(token) = token else { return true };
    let prose = &paragraph.facts.prose;
    let opens = |index: usize| prose.sentences[index].span.start == token.start as usize;
    token.class.any(Class::OPENER) && prose.sentence_at(token.start as usize).is_some_and(opens)
}

/// Three question marks or more that stand for a word; "Really???" and a message of nothing else are left alone.
fn is_doubt(paragraph: &Paragraph<'_>, index: usize) -> bool {
    let start = paragraph.facts.prose.tokens[index].start as usize;
    let before = paragraph.text[..start].chars().next_back();
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '$' | '£' | '€' | '—' | '–'))
        && paragraph.text[start..].starts_with("???")
}

/// The whole of a placeholder that is longer than its first token.
fn run(paragraph: &Paragraph<'_>, index: usize) -> Span {
    let tokens = &paragraph.facts.prose.tokens;
    let first = tokens[index].span();
    if paragraph.words(first).starts_with('?') {
        let marks = paragraph.text[first.start..].bytes().take_while(|byte| *byte == b'?').count();
        return Span::new(first.start, first.start + marks);
    }
    tokens.get(index + 1).map_or(first, |next| first.cover(next.span()))
}

/// [NAME], [insert quote]: blanks in square brackets. Inside a quotation a word in brackets is the reporter's gloss
/// unless it is in capitals.
fn bracketed(paragraph: &Paragraph<'_>) -> Vec<(Span, Placeholder)> {
    const BLANKS: [&str; 26] = [
        "address",
        "age",
        "amount",
        "byline",
        "city",
        "company",
        "date",
        "dateline",
        "day",
        "first name",
        "full name",
        "headline",
        "job title",
        "last name",
        "link",
        "name",
        "number",
        "photo",
        "place",
        "placeholder",
        "quote",
        "source",
        "state",
        "time",
        "title",
        "town",
    ];
    let blank = |open: usize| {
        let inside = &paragraph.text[open + 1..];
        let end = inside.bytes().take(60).position(|byte| byte == b']')?;
        let words = inside.get(..end)?.trim();
        let span = Span::new(open, open + 1 + end + 1);
        let shouted = !words.contains(char::is_lowercase);
        if is_promise(words) {
            return Some((span, Placeholder::ToCome));
        }
        let insert = words.len() > 6 && words.as_bytes()[..7].eq_ignore_ascii_case(b"insert ");
        let listed = BLANKS.iter().any(|blank| blank.eq_ignore_ascii_case(words));
        let quoted = paragraph.facts.prose.quoted(span);
        ((listed && (shouted || !quoted)) || insert).then_some((span, Placeholder::Blank))
    };
    memchr_iter(b'[', paragraph.text.as_bytes()).filter_map(blank).collect()
}

/// "Photo to come." “More to come” is a word to readers.
fn is_promise(text: &str) -> bool {
    const PARTS: [&str; 12] = [
        "art", "byline", "caption", "chart", "graphic", "headline", "map", "photo", "photos", "quote", "quotes",
        "video",
    ];
    let words = text.trim_end_matches('.');
    let Some(start) = words.len().checked_sub(" to come".len()).filter(|start| *start <= 10) else { return false };
    let (part, end) = (words.get(..start).unwrap_or(""), words.get(start..).unwrap_or(""));
    end.eq_ignore_ascii_case(" to come") && PARTS.iter().any(|known| known.eq_ignore_ascii_case(part))
}

/// Lines to write on, within the copy: "____ people". One that stands alone divides the page.
fn lines(paragraph: &Paragraph<'_>) -> Vec<(Span, Placeholder)> {
    let text = paragraph.text;
    let mut found = Vec::new();
    let mut done = text.len() - text.trim_start_matches('_').len();
    for at in memchr_iter(b'_', text.as_bytes()) {
        if at < done {
            continue;
        }
        done = at + text[at..].bytes().take_while(|byte| *byte == b'_').count();
        let bounds = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '\n' | '@' | '/' | '*'));
        if done - at > 2 && bounds(text[..at].chars().next_back()) && bounds(text[done..].chars().next()) {
            found.push((Span::new(at, done), Placeholder::Blank));
        }
    }
    found
}

fn describe(words: &str, what: Placeholder) -> String {
    match what {
        Placeholder::ToCome => {
            format!("“{words}” says that something is still to come. Write it or cut it before the story goes out.")
        }
        Placeholder::Blank => {
            format!("“{words}” holds the place of something nobody has filled in. Fill it in or write around it.")
        }
        Placeholder::Doubt => format!("“{words}” marks something in doubt. Check it, then write what you know."),
        Placeholder::Chore => format!("“{words}” is a note to yourself. Do it or cut it before the story goes out."),
        Placeholder::Dummy => format!("“{words}” is dummy text that readers would see. Put the copy in its place."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::Facts;

    fn found(text: &str) -> Vec<&str> {
        let facts = Facts::read(text);
        detect(&Paragraph { text, role: Role::Body, facts: &facts }).iter().map(|(span, _)| span.of(text)).collect()
    }

    #[test]
    fn placeholders_are_told_from_words() {
        let cases: [(&str, &[&str]); 36] = [
            ("It cost $XX to mend.", &["XX"]),
            ("The flood drove out XX people.", &["XX"]),
            ("It drove out ____ people and cost $_____.", &["____", "_____"]),
            ("Photo to come.", &["Photo to come."]),
            ("The levee held. [photo to come]", &["[photo to come]"]),
            ("More to come.", &[]),
            ("The best photo to come of it.", &[]),
            ("Women have two X chromosomes, and XX women won.", &[]),
            ("The movie is rated XXX.", &[]),
            ("_____", &[]),
            ("The TK-year-old fell.", &["TK-year-old"]),
            ("It cost TKTKTK and tk more.", &["TKTKTK", "tk"]),
            ("Mayor XXX said so.", &["XXX"]),
            ("XXX said so.", &["XXX"]),
            ("It cost XXXX dollars.", &["XXXX"]),
            ("Some xxx people came.", &["xxx"]),
            ("It fell on XXX.", &["XXX"]),
            ("Was it four feet (???) or five?", &["???"]),
            ("The [full name] fund paid.", &["[full name]"]),
            ("Here is [INSERT QUOTE FROM MAYOR].", &["[INSERT QUOTE FROM MAYOR]"]),
            ("The [TITLE] spoke.", &["[TITLE]"]),
            ("TODO: call.", &["TODO"]),
            ("T.K. Ward and TK Ward spoke.", &[]),
            ("It cost 500 Tk or Tk 500 or tk 500.", &[]),
            ("The TK-421 post is empty.", &[]),
            ("Pope Sixtus XXX and Super Bowl XXX.", &[]),
            ("Call 555-XXXX or 1-XXX-555.", &[]),
            ("Go to site.xxx or @xxx now.", &[]),
            ("“Love, xxx,” she wrote.", &[]),
            ("An XXX theater burned.", &[]),
            ("What???", &[]),
            ("He wrote “???” back.", &[]),
            ("“The [company] paid,” she said.", &[]),
            ("A to-do list and a todo.", &[]),
            ("Louis XX and chapter xx.", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }
}
