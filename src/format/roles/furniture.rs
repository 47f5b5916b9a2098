//! What a newsroom puts around copy: notes, captions, credits, contacts, links.

use super::super::Role;

/// The role of a paragraph that is no copy wherever it stands.
pub(super) fn role(text: &str) -> Option<Role> {
    // Longer ones are copy.
    if text.len() > 900 {
        return None;
    }
    if is_advisory(text) || is_note(text) {
        return Some(Role::EditorsNote);
    }
    if is_caption(text) {
        return Some(Role::Caption);
    }
    (is_end_mark(text) || is_credit(text)).then_some(Role::Tail)
}

/// Whether a paragraph speaks to editors and not to readers: wire headers, embargoes, "(Adds details)", "Eds:",
/// "(MORE)".
pub fn is_advisory(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "(eds:",
        "(editors:",
        "(note to editors",
        "[eds:",
        "[editors:",
        "attention editors",
        "attn editors",
        "attn: editors",
        "desk note:",
        "eds:",
        "eds note",
        "eds.:",
        "embargo:",
        "embargoed for",
        "embargoed until",
        "embargoed:",
        "for immediate release",
        "for release:",
        "hold for release",
        "not for publication",
        "not for release",
        "note to copy desk:",
        "note to desk:",
        "note to editor:",
        "note to editors",
        "notes to editors",
        "slug:",
        "strictly embargoed",
        "under embargo until",
    ];
    const CAPITALS: [&str; 4] = ["EDITORS:", "EMBARGO", "FOR RELEASE", "UNDER EMBARGO"];
    const VERBS: &[&str] = &[
        "adds",
        "changes",
        "combines",
        "deletes",
        "drops",
        "edits",
        "fixes",
        "recasts",
        "refiles",
        "releads",
        "removes",
        "repeats",
        "restores",
        "rewrites",
        "updates",
        "writes through",
    ];
    const ALONE: &[&str] = &[
        "(MORE)",
        "(more)",
        "MORE",
        "-more-",
        "- more -",
        "--more--",
        "ADVISORY",
        "BULLETIN",
        "URGENT",
        "WITH GRAPHIC",
        "WITH PHOTO",
        "WITH PHOTOS",
        "WITH VIDEO",
    ];
    if opens_any(text, OPENINGS)
        || ALONE.contains(&text)
        || CAPITALS.iter().any(|opening| text.starts_with(opening))
        || in_brackets(text, VERBS)
        || is_order(text, VERBS)
    {
        return true;
    }
    // A wire header: "BC-US--Linden Flood,1st Ld-Writethru".
    const HEADERS: [&str; 6] = ["BC-", "AM-", "PM-", "AP-", "AFP-", "RTRS-"];
    text.len() <= 80
        && !text.ends_with(['.', '?', '!', '"', '”'])
        && HEADERS
            .iter()
            .any(|header| text.strip_prefix(header).is_some_and(|rest| rest.starts_with(char::is_uppercase)))
}

/// Whether a line is a slug: "FLOOD-LINDEN". Only above the copy; within it, it would be a subhead.
pub fn is_slug(text: &str) -> bool {
    let capitals = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    text.len() <= 40 && text.contains('-') && text.split('-').filter(|part| !part.is_empty()).all(capitals)
}

/// Whether a paragraph is one bracket that opens with one of `verbs`: "(Adds details)".
fn in_brackets(text: &str, verbs: &[&str]) -> bool {
    let Some(inner) = text.strip_prefix('(') else { return false };
    let verb = verbs.iter().find(|verb| opens(inner, verb));
    let closed = inner.trim_end_matches(['.', ' ']);
    verb.is_some_and(|verb| inner[verb.len()..].starts_with([' ', ',', ':']))
        && closed.find(')') == Some(closed.len().saturating_sub(1))
}

/// Whether a line tells of what was done to the story: "UPDATES throughout". In a headline, all words would stand in
/// capitals or none.
fn is_order(text: &str, verbs: &[&str]) -> bool {
    const DONE: [&str; 12] = [
        "background",
        "byline",
        "comment",
        "comments",
        "dateline",
        "details",
        "lede",
        "quote",
        "quotes",
        "reaction",
        "throughout",
        "with",
    ];
    let mut words = text.split_whitespace();
    let shouted = words
        .next()
        .map(|word| word.trim_end_matches(':'))
        .filter(|word| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
    let is_verb = shouted.is_some_and(|word| verbs.iter().any(|verb| verb.eq_ignore_ascii_case(word)));
    is_verb && words.next().is_some_and(|word| DONE.contains(&word.trim_end_matches([',', '.', ';'])))
}

/// Whether a paragraph tells readers about the story: corrections, updates, editor's notes.
fn is_note(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "a previous version of this",
        "an earlier version of this",
        "clarification:",
        "clarification —",
        "correction appended",
        "correction:",
        "correction —",
        "correction -",
        "corrections:",
        "editor’s note",
        "editor's note",
        "editors note:",
        "editors’ note:",
        "editors' note:",
        "this article has been ",
        "this article was ",
        "this is a breaking",
        "this is a developing",
        "the story is developing",
        "this post has been ",
        "this story has been ",
        "this story was ",
        "(this story has been ",
        "(this story was ",
        "(this version ",
        "(editor's note",
        "(editor’s note",
        "[editor's note",
        "[editor’s note",
    ];
    opens_any(text, OPENINGS)
        || in_brackets(text, &["clarifies", "corrects"])
        || (opens(text, "(this ") && head(text, 40).contains(" story "))
}

fn is_caption(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "caption:",
        "file photo",
        "file - ",
        "file – ",
        "file — ",
        "image:",
        "photo:",
        "photo by ",
        "photo credit",
        "photograph:",
        "photos:",
        "file: ",
        "image by ",
        "image credit",
        "(ap photo",
        "(photo by",
        "(photo:",
        "(file photo",
        "(reuters/",
        "[photo",
    ];
    if opens_any(text, OPENINGS) {
        return true;
    }
    if opens(text, "in this ") && head(text, 70).contains("photo") {
        return true;
    }
    let end = foot(text, 60);
    // A credit closes the caption: "(AP Photo/Dana Whitlock)", "REUTERS/Dana Whitlock", "Whitlock/Getty Images".
    let bracket = end.rfind('(').map_or("", |at| &end[at..]);
    (end.ends_with(')') && opens_any(bracket, &["(ap photo", "(photo by", "(photo:", "(photo courtesy"]))
        || is_photo_credit(bracket)
        || (end.contains("REUTERS/") && !end.ends_with('.'))
        || ["/Getty Images", "/AP Photo", "/AFP", "via AP", "via Getty Images"]
            .iter()
            .any(|credit| end.trim_end_matches(')').ends_with(credit))
}

/// "(Dana Whitlock/The Linden Herald)", perhaps with a handle after it.
fn is_photo_credit(bracket: &str) -> bool {
    let Some((inside, after)) = bracket.strip_prefix('(').and_then(|rest| rest.split_once(')')) else { return false };
    let Some((name, house)) = inside.split_once('/') else { return false };
    let capitals = |words: &str| words.split(' ').all(|word| word.starts_with(char::is_uppercase));
    let handle = after.trim().is_empty() || after.trim().starts_with('@') && !after.trim().contains(' ');
    handle && name.contains(' ') && capitals(name) && capitals(house)
}

/// "-30-", "###", "ENDS".
pub(in crate::format) fn is_end_mark(text: &str) -> bool {
    const MARKS: [&str; 10] =
        ["30", "0", "ends", "end", "(ends)", "(end)", "endit", "end of story", "ends here", "[ends]"];
    if text.len() > 20 {
        return false;
    }
    if !text.is_empty()
        && text.bytes().filter(|byte| *byte == b'#').count() >= 3
        && text.bytes().all(|byte| b"# ".contains(&byte))
    {
        return true;
    }
    let bare = text.trim_matches(['-', '–', '—', ' ', '/', '*']);
    // "30" and "end" alone need their dashes or capitals.
    let marked =
        bare.len() < text.len() || bare == text.to_ascii_uppercase() && bare.len() > 2 || bare.starts_with(['(', '[']);
    marked && MARKS.iter().any(|mark| bare.eq_ignore_ascii_case(mark))
}

/// What is said of those who helped. Rain may contribute to "this week's flooding".
const CONTRIBUTED: [&str; 5] = [
    "contributed reporting",
    "contributed to this article",
    "contributed to this dispatch",
    "contributed to this report",
    "contributed to this story",
];

/// Copyright lines, "(Reporting by …; Editing by …)", "contributed to this report", related links.
fn is_credit(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "(additional reporting",
        "(c) 1",
        "(c) 2",
        "(compiled by",
        "(editing by",
        "(reporting by",
        "(with files from",
        "(with inputs from",
        "(writing by",
        "all rights reserved",
        "copyright (c)",
        "copyright 1",
        "copyright 2",
        "copyright ©",
        "our standards:",
        "read more:",
        "related article",
        "related stor",
        "related:",
        "see also:",
        "this material may not be",
        "with files from",
        "with inputs from",
        "©",
    ];
    const CREDITS: [&str; 5] =
        ["additional reporting by ", "compiled by ", "editing by ", "reporting by ", "writing by "];
    if opens_any(text, OPENINGS) || text.eq_ignore_ascii_case("advertisement") {
        return true;
    }
    let bare = text.trim_start_matches(['-', '–', '—', '*', '_', ' ']);
    if let Some(credit) = CREDITS.iter().find(|credit| opens(bare, credit)) {
        let names = &bare[credit.len()..];
        return super::byline::reads_as_names(names.split(';').next().unwrap_or(names).trim_end_matches('.'));
    }
    let end = text.trim_end_matches(['.', ')', ' ', '*', '_']);
    let credits = closes(end, "all rights reserved") || CONTRIBUTED.iter().any(|ending| closes(end, ending));
    if text.len() <= 400 && credits {
        return true;
    }
    const FEEDS: [&str; 6] = ["twitter", "facebook", "instagram", "@", "http", " on x"];
    text.len() <= 200 && opens(text, "follow ") && FEEDS.iter().any(|feed| text.to_ascii_lowercase().contains(feed))
}

/// "Dana Whitlock is a Herald reporter": a sentence about the reporter, which only the end of a file can tell from
/// copy. `author` says whether a byline has a name.
pub(super) fn is_biography(text: &str, author: impl Fn(&str) -> bool) -> bool {
    const JOBS: [&str; 16] = [
        "reporter",
        "correspondent",
        "columnist",
        "editor",
        "journalist",
        "staff writer",
        "contributing writer",
        "freelance",
        "contributor",
        "producer",
        "bureau chief",
        "critic",
        "reports on",
        "writes about",
        "covers ",
        "author of",
    ];
    if text.len() > 700 {
        return false;
    }
    let verb = [" is a ", " is an ", " is the ", " is ", " covers ", " writes ", " reports ", " has covered "]
        .iter()
        .filter_map(|verb| text.find(verb))
        .min();
    let Some((subject, rest)) = verb.and_then(|at| text.split_at_checked(at)) else { return false };
    // The name, perhaps with what the reporter is between commas.
    if subject.len() > 90 || subject.contains(" said") || subject.contains(" who ") {
        return false;
    }
    let name = subject.split(',').next().unwrap_or(subject);
    // A surname alone would be a person of the story.
    super::byline::is_name(name) && (author(name) || JOBS.iter().any(|job| head(rest, 160).contains(job)))
}

/// Addresses, links and other lines that only the end of a file can tell from copy.
pub(super) fn is_contact(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "about the author",
        "ap writer",
        "associated press writer",
        "click here",
        "contact ",
        "contact:",
        "email ",
        "e-mail ",
        "email:",
        "filed under",
        "for more ",
        "from wire reports",
        "keywords:",
        "media contact",
        "more from ",
        "more:",
        "more on ",
        "on the net",
        "online:",
        "phone:",
        "press contact",
        "read more",
        "share this",
        "sign up ",
        "source:",
        "sources:",
        "subscribe",
        "tags:",
        "tel:",
        "the associated press contributed",
        "topics:",
        "with files from",
        "with reporting by",
        "http://",
        "https://",
        "www.",
        "ap reporter",
        "like us on",
        "find us on",
        "___",
        "---",
        "* * *",
    ];
    if text.len() > 400 {
        return false;
    }
    if opens_any(text, OPENINGS) {
        return true;
    }
    // "Associated Press writers Dana Whitlock in Tokyo and Luis Ortega in Seoul contributed."
    let words = foot(text, 160);
    CONTRIBUTED.iter().any(|credit| words.contains(credit))
        || words.contains("can be reached at")
        || (text.len() <= 160 && text.split_whitespace().any(is_address))
}

/// An e-mail address.
fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
}

/// Whether `text` begins with one of `openings`, which are in lower case, in whatever case.
fn opens_any(text: &str, openings: &[&str]) -> bool {
    let first = text.bytes().next().map(|byte| byte.to_ascii_lowercase());
    openings.iter().any(|opening| opening.bytes().next() == first && opens(text, opening))
}

fn opens(text: &str, opening: &str) -> bool {
    text.as_bytes().get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening.as_bytes()))
}

fn closes(text: &str, ending: &str) -> bool {
    let from = text.len().checked_sub(ending.len());
    from.is_some_and(|from| text.as_bytes()[from..].eq_ignore_ascii_case(ending.as_bytes()))
}

/// The first bytes of a text, at most `len`.
fn head(text: &str, len: usize) -> &str {
    let mut end = len.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last bytes of a text, at most `len`.
fn foot(text: &str, len: usize) -> &str {
    let mut start = text.len().saturating_sub(len);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_copy() {
        let cases = [
            ("(Adds details, background)", Some(Role::EditorsNote)),
            ("(Corrects day in paragraph 2)", Some(Role::EditorsNote)),
            ("EMBARGOED: 6 a.m. ET Friday", Some(Role::EditorsNote)),
            ("Embargoed goods were seized at the port.", None),
            ("Editors note the change in the river.", None),
            ("(Updates with closing prices in paragraph 4.)", Some(Role::EditorsNote)),
            ("EDS: Note contents of 3rd graf.", Some(Role::EditorsNote)),
            ("EMBARGOED until 6 a.m. ET Friday", Some(Role::EditorsNote)),
            ("BC-US--Linden Flood,1st Ld-Writethru", Some(Role::EditorsNote)),
            ("FLOOD-LINDEN", None),
            ("(MORE)", Some(Role::EditorsNote)),
            ("Editor’s note: This story discusses a drowning.", Some(Role::EditorsNote)),
            ("CORRECTION: The river crested Tuesday, not Monday.", Some(Role::EditorsNote)),
            ("An earlier version of this story misspelled the sheriff's name.", Some(Role::EditorsNote)),
            ("FILE PHOTO: The levee at Linden Falls, Ohio, Dec. 9, 2025.", Some(Role::Caption)),
            ("The levee at Linden Falls on Tuesday. (AP Photo/Dana Whitlock)", Some(Role::Caption)),
            ("Crews at the levee, December 9, 2025. REUTERS/Dana Whitlock", Some(Role::Caption)),
            ("The levee at Linden Falls. (Dana Whitlock/The Linden Herald) @danawhitlock", Some(Role::Caption)),
            ("The levee held. (Call the county and/or the state)", None),
            ("In this Dec. 9, 2025, photo, crews work at the levee.", Some(Role::Caption)),
            ("-30-", Some(Role::Tail)),
            ("###", Some(Role::Tail)),
            ("ENDS", Some(Role::Tail)),
            ("— ends —", Some(Role::Tail)),
            ("© 2025 Linden Herald. All rights reserved.", Some(Role::Tail)),
            ("Copyright 2025 The Linden Herald", Some(Role::Tail)),
            ("(Reporting by Dana Whitlock; Editing by Luis Ortega)", Some(Role::Tail)),
            ("Ana Ward in Tokyo contributed to this report.", Some(Role::Tail)),
            ("Follow Dana Whitlock on Twitter", Some(Role::Tail)),
            ("RELATED: What to do in a flood", Some(Role::Tail)),
            ("The Herald contributed to the fund that built the levee.", None),
            ("Follow the river and you find the levee.", None),
            ("Advertisement", Some(Role::Tail)),
            ("Advertisement spending rose last year.", None),
            ("Editing by Luis Ortega; writing by Ana Ward.", Some(Role::Tail)),
            ("--additional reporting by Ana Ward.", Some(Role::Tail)),
            ("Reporting by The Herald led to the sheriff's arrest.", None),
            ("(The sheriff updates the list each day.)", None),
            ("(Updates come daily.) The sheriff keeps the list.", None),
            ("Copyright law does not help, the publisher said.", None),
            ("More than 200 people left their homes.", None),
            ("Corrections officers stayed at the jail.", None),
            ("In this town, nobody sleeps.", None),
            ("End", None),
            ("30", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(role(text), expected, "{text:?}");
        }
    }

    #[test]
    fn advisories_are_told_from_notes_to_readers() {
        for text in [
            "(Adds details)",
            "EDITORS: photos follow",
            "BC-US--Flood",
            "MORE",
            "NOTE TO EDITORS: see photos",
            "Note to desk: cut",
            "WITH PHOTOS",
            "UPDATES throughout",
            "ADDS details, quote.",
        ] {
            assert!(is_advisory(text), "{text:?}");
        }
        for text in [
            "-30-",
            "With photos",
            "UPDATES ON THE FLOOD",
            "Updates with the flood",
            "(Corrects day)",
            "Editors: Ana Ward",
            "Under embargo since 1962, it has no port.",
            "More",
            "FLOOD-LINDEN",
        ] {
            assert!(!is_advisory(text), "{text:?}");
        }
        assert!(is_slug("FLOOD-LINDEN") && !is_slug("Flood-Linden") && !is_slug("FLOOD"));
    }

    #[test]
    fn a_biography_names_its_author() {
        let stranger = |_: &str| false;
        assert!(is_biography("Dana Whitlock is a Herald reporter with 12 years on the river beat.", stranger));
        assert!(is_biography("Dana Whitlock covers rivers for the Herald.", stranger));
        assert!(!is_biography("Dana Whitlock is a sheriff in Ohio.", stranger));
        assert!(is_biography("Dana Whitlock is a novelist.", |name| name == "Dana Whitlock"));
        assert!(!is_biography("Whitlock is a former reporter.", stranger));
        assert!(!is_biography("The sheriff is a former editor.", stranger));
        assert!(is_biography("Dana Whitlock, a member of the board, is editor of the Herald.", stranger));
        assert!(!is_biography("Dana Whitlock, editor of the Herald, said the river is a danger.", stranger));
    }

    #[test]
    fn contacts() {
        for text in [
            "Contact: dwhitlock@example.com",
            "Reach Dana Whitlock at dwhitlock@example.com.",
            "Dana Whitlock contributed to this report from Tokyo.",
            "https://example.com/flood",
        ] {
            assert!(is_contact(text), "{text:?}");
        }
        assert!(!is_contact("The sheriff can't reach the levee."));
        assert!(!is_contact("Rain contributed to this week's flooding."));
    }
}
