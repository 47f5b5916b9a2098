//! Roles by newsroom convention: what a paragraph is by how it reads and where it stands.
//!
//! A paragraph that could be copy is left copy. Most paragraphs cost no more than a look at their first and last
//! bytes.

mod byline;
mod furniture;
mod headline;

pub(super) use byline::is_byline;
pub(super) use furniture::is_end_mark;
pub use furniture::{is_advisory, is_slug};

use super::{Paragraph, Role};

/// How far into a file its headline, byline and notes may reach, in paragraphs.
const HEAD: usize = 12;
/// How far from its end biography, credits and contacts may begin.
const TAIL: usize = 30;

/// Gives paragraphs of unknown role theirs. `find_headline` says that no markup tells the headline.
pub(super) fn assign(paragraphs: &mut [Paragraph<'_>], find_headline: bool) {
    for paragraph in paragraphs.iter_mut().filter(|paragraph| paragraph.role == Role::Body) {
        paragraph.role = furniture::role(&paragraph.text).unwrap_or_default();
    }
    let body = head(paragraphs, find_headline);
    tail(paragraphs, body);
}

/// Reads what stands above the copy, and gives the index of the first paragraph of copy.
fn head(paragraphs: &mut [Paragraph<'_>], find_headline: bool) -> usize {
    let mut headline = None;
    for index in 0..paragraphs.len().min(HEAD) {
        let text = &*paragraphs[index].text;
        let after_byline = index > 0 && paragraphs[index - 1].role == Role::Byline;
        let role = match paragraphs[index].role {
            Role::Body => {
                let named = (headline.is_some() || after_byline) && byline::is_name(text);
                if let Some(role) = headline::labelled(text) {
                    role
                } else if is_slug(text) {
                    Role::EditorsNote
                } else if named || is_byline(text) || byline::is_timestamp(text) {
                    Role::Byline
                } else if find_headline
                    && headline.is_none()
                    && headline::is_headline(text, after(paragraphs, index), paragraphs.len())
                {
                    Role::Headline
                } else if find_headline
                    && headline.is_some_and(|at| at + 1 == index)
                    && headline::is_deck(text, after(paragraphs, index))
                {
                    Role::Subhead
                } else {
                    return index;
                }
            }
            Role::ListItem | Role::BlockQuote => return index,
            role => role,
        };
        if role == Role::Headline {
            headline = Some(index);
        }
        paragraphs[index].role = role;
    }
    paragraphs.len().min(HEAD)
}

/// The text of the paragraph after `index`.
fn after<'p>(paragraphs: &'p [Paragraph<'_>], index: usize) -> Option<&'p str> {
    paragraphs.get(index + 1).map(|paragraph| &*paragraph.text)
}

/// Reads what stands below the copy, which begins at `body`: from the end upwards as long as it looks like it, and
/// downwards from what is surely no copy.
fn tail(paragraphs: &mut [Paragraph<'_>], body: usize) {
    let copy = (body + 1).min(paragraphs.len());
    let (head, rest) = paragraphs.split_at_mut(copy);
    let bylines: Vec<&str> = head.iter().filter(|p| p.role == Role::Byline).map(|p| &*p.text).collect();
    let last = rest.len().saturating_sub(TAIL);
    for paragraph in rest[last..].iter_mut().rev() {
        match paragraph.role {
            Role::Body => match below(&paragraph.text, &bylines) {
                Some(role) => paragraph.role = role,
                None => break,
            },
            Role::ListItem | Role::BlockQuote | Role::Subhead | Role::Headline => break,
            _ => {}
        }
    }
    let mut begun = false;
    for paragraph in rest {
        if paragraph.role == Role::Body && begun {
            paragraph.role = below(&paragraph.text, &bylines).unwrap_or_default();
        }
        begun = matches!(paragraph.role, Role::Tail) || (begun && paragraph.role != Role::Body);
    }
}

/// What a paragraph is where copy has ended, or `None` if it reads like copy.
fn below(text: &str, bylines: &[&str]) -> Option<Role> {
    if is_byline(text) || (byline::is_name(text) && text.contains(char::is_lowercase)) {
        return Some(Role::Byline);
    }
    let author = |name: &str| bylines.iter().any(|byline| byline.contains(name));
    // An old end mark; above the end of the copy it is a blank to fill.
    (text == "XXX" || furniture::is_biography(text, author) || furniture::is_contact(text)).then_some(Role::Tail)
}

#[cfg(test)]
mod tests {
    use crate::format::{Format, Role, read};

    fn roles(text: &str) -> Vec<Role> {
        read(text, Format::Plain).paragraphs.iter().map(|paragraph| paragraph.role).collect()
    }

    #[test]
    fn a_story_from_slug_to_copyright() {
        let text = "\
FLOOD-LINDEN
(Adds sheriff's comment)
Linden Falls shuts its bridges as the Tamsin rises
By Dana Whitlock, staff writer
Dec. 11, 2025

LINDEN FALLS, Ohio — The county closed both bridges over the Tamsin River on Tuesday.
FILE PHOTO: The levee at Linden Falls, Ohio, Dec. 9, 2025.
\u{201C}We have never seen it this high,\u{201D} Sheriff Luis Ortega said.
Schools stayed shut.
-30-
Dana Whitlock \u{2709}
Dana Whitlock is a Herald reporter with 12 years on the river beat.
Reach her at dwhitlock@example.com
\u{A9} 2025 Linden Herald. All rights reserved.
";
        use Role::*;
        let expected = [
            EditorsNote,
            EditorsNote,
            Headline,
            Byline,
            Byline,
            Body,
            Caption,
            Body,
            Body,
            Tail,
            Byline,
            Tail,
            Tail,
            Tail,
        ];
        assert_eq!(roles(text), expected);
    }

    #[test]
    fn a_bare_story_is_copy() {
        let text = "The county closed both bridges on Tuesday.\nSchools stayed shut.\nNobody was hurt.\n";
        assert_eq!(roles(text), [Role::Body; 3]);
    }

    #[test]
    fn the_headline_may_have_the_reporters_name_under_it() {
        let text = "Bridges shut in Linden Falls\n\nDana Whitlock\n\nThe county closed both bridges on Tuesday.\n";
        assert_eq!(roles(text), [Role::Headline, Role::Byline, Role::Body]);
    }

    #[test]
    fn copy_after_a_related_link_is_copy() {
        let text = "\
The county closed both bridges on Tuesday.
RELATED: What to do in a flood
Dana Whitlock is a reporter who lost her house, and one of 40 people who spoke at the meeting on Tuesday night.
Schools stayed shut.
";
        assert_eq!(roles(text)[3], Role::Body);
        assert_eq!(roles(text)[1], Role::Tail);
    }

    #[test]
    fn three_crosses_end_a_story_and_hold_a_place_within_it() {
        let text = "The county closed both bridges.\nXXX\nSchools stayed shut.\nXXX\n";
        assert_eq!(roles(text), [Role::Body, Role::Body, Role::Body, Role::Tail]);
    }

    #[test]
    fn a_person_of_the_story_is_no_biography() {
        let text = "The county closed both bridges.\nDana Whitlock is a sheriff in Ohio.\n";
        assert_eq!(roles(text), [Role::Body, Role::Body]);
    }
}
