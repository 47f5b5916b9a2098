//! People: their names, their titles, and every place where they are mentioned.
//!
//! A paragraph gives its [`mentions`]; each says how sure it is that a person is meant. The story [joins](join) them
//! into people: only what is surely a person becomes one, and a bare surname belongs to whoever bears it.

mod appositive;
mod join;
mod name;
mod reader;
mod title;

pub use join::{Index, Named, join};

use crate::lexicon::{Offices, Tenure, Wording};
use crate::prose::Prose;
use crate::text::Span;

/// A name in a paragraph that is, or may be, a person's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mention {
    /// The name: "Dan Quill".
    pub span: Span,
    /// The title that stands with it: "War Secretary", "a Japanese military analyst".
    pub title: Option<Span>,
    /// Given names and initials: "Pete", "J.D."
    pub given: Option<Span>,
    /// The surname with its particles: "Quill", "von der Leyen".
    pub surname: Span,
    /// "Mr." before it.
    pub courtesy: Option<Span>,
    /// The office in the title, where the lexicon knows it.
    pub office: Option<Held>,
    /// The office in the title, where it is one of the house's own.
    pub own: Option<Own>,
    /// Whether the title follows the name rather than going before it.
    pub after: bool,
    /// How sure it is that this is a person.
    pub evidence: Evidence,
}

/// An office that a mention gives somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// The wording alone: "War Secretary" in "former U.S. War Secretary".
    pub span: Span,
    /// The offices it can word.
    pub ways: &'static [Wording],
    /// Whether it is the office of a deputy to that one.
    pub deputy: bool,
    /// Whether they hold it now.
    pub tenure: Tenure,
}

/// An office of the house's own that a mention gives somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    /// The wording alone.
    pub span: Span,
    /// Which of the house's own offices it words, and how.
    pub way: Wording,
    /// Whether it is the office of a deputy to that one.
    pub deputy: bool,
    /// Whether they hold it now.
    pub tenure: Tenure,
}

/// How sure it is that a name is a person's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// One capitalised word: a surname if the story knows somebody of that name.
    #[default]
    Bare,
    /// Several capitalised words: a full name if the story goes on with the last of them.
    Likely,
    /// A given name, a title, an age: a person.
    Sure,
}

/// A person of the story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The fullest name the story gives.
    pub name: String,
    /// The titles the story gives them, each once, in order.
    pub titles: Vec<String>,
    /// Every naming, in order, with the place of the title that stands with it.
    pub mentions: Vec<(super::Place, Option<super::Place>)>,
    /// For each naming, the index of its paragraph and of its mention in that paragraph's facts.
    pub namings: Vec<(usize, usize)>,
    /// The surname as the fullest name gives it.
    pub surname: String,
    /// Whether somebody else in the story has, or may have, the same surname.
    pub namesake: bool,
}

/// The names in a paragraph, in order; `own` are offices of the house's own.
pub fn mentions(text: &str, prose: &Prose, own: &Offices) -> Vec<Mention> {
    reader::Reader::new(text, prose, own).mentions()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Checker;
    use crate::format::Format;
    use crate::settings::Settings;

    /// Each mention as "title|given|surname", with a mark for how sure it is.
    fn read(text: &str) -> Vec<String> {
        let show = |mention: &Mention| {
            let words = |span: Option<Span>| span.map_or("", |span| span.of(text));
            let mark = match mention.evidence {
                Evidence::Sure => "!",
                Evidence::Likely => "?",
                Evidence::Bare => ".",
            };
            let side = if mention.after { "<" } else { "" };
            format!("{side}{}|{}|{}{mark}", words(mention.title), words(mention.given), words(Some(mention.surname)))
        };
        mentions(text, &Prose::read(text), &Offices::default()).iter().map(show).collect()
    }

    #[test]
    fn names_are_found_with_their_titles() {
        for (text, expected) in [
            ("Earlier Thursday, War Secretary Dan Quill spoke.", &["War Secretary|Dan|Quill!"][..]),
            (
                "Dana Quill, a Japanese military analyst, said so.",
                &["<a Japanese military analyst|Dana|Quill!", "||Japanese."],
            ),
            ("Dan Quill, the secretary of defense, left.", &["<the secretary of defense|Dan|Quill!"]),
            (
                "He met his Dutch counterpart, Defense Minister Pieter Morita.",
                &["||Dutch.", "Defense Minister|Pieter|Morita!"],
            ),
            ("But Sen. Tim Roe said no.", &["Sen.|Tim|Roe!"]),
            ("On Monday Texas Sen. Ann Roe left.", &["Texas Sen.|Ann|Roe!"]),
            ("It was former U.S. Army Lt. Gen. Ann Roe.", &["former U.S. Army Lt. Gen.|Ann|Roe!"]),
            ("They asked analyst Jane Doe about it.", &["analyst|Jane|Doe!"]),
            ("U.S. Secretary of State Jane Doe flew out.", &["U.S. Secretary of State|Jane|Doe!"]),
            ("It was then-Sen. Jane Doe who asked.", &["then-Sen.|Jane|Doe!"]),
            ("Vice President-elect Jane Doe waved.", &["Vice President-elect|Jane|Doe!"]),
            ("J.D. Vale met Ursula von der Linde.", &["|J.D.|Vale!", "|Ursula|von der Linde!"]),
            ("Martin Luther King Jr. spoke to Sinéad O’Hara.", &["|Martin Luther|King!", "|Sinéad|O’Hara!"]),
            ("Dana Quill's plan irked Roe’s aides.", &["|Dana|Quill!", "||Roe."]),
            ("Mayor Bill de Soto left. De Soto won.", &["Mayor|Bill|de Soto!", "||De Soto."]),
            ("Olena Horbenko, 54, fled.", &["|Olena|Horbenko!"]),
            ("Zuri Mbeki, 54, fled.", &["|Zuri|Mbeki!"]),
            ("Mr. Roe and Ms. Ann Doe met.", &["||Roe.", "|Ann|Doe!"]),
            ("Chief Justice Ann Roe and Justice Doe agreed.", &["Chief Justice|Ann|Roe!", "Justice||Doe!"]),
            ("Fortune Chief Editor Ann Roe left.", &["Fortune Chief Editor|Ann|Roe!"]),
            (
                "He told Ann Roe, a lawyer for the city council knew of the plan to close it all and said no more.",
                &["|Ann|Roe!"],
            ),
            ("Mayor Ann Hill met Sen. Bo J. Park.", &["Mayor|Ann|Hill!", "Sen.|Bo J.|Park!"]),
            ("Rep. Ann Roe, R-Ill., spoke.", &["Rep.|Ann|Roe!"]),
            ("Supreme Court Justice Ruth Moss Roe wrote it.", &["Supreme Court Justice|Ruth Moss|Roe!"]),
            ("In May, President Roe will meet April Hart.", &["President||Roe!", "|April|Hart!"]),
            ("Juan Carlos Luis Pedro Jose de Soto left.", &["|Juan Carlos Luis Pedro|Jose!"]),
            ("Dan Quill, who was late, and Ann Roe, the mayor said, met.", &["|Dan|Quill!", "|Ann|Roe!"]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_person_is_none() {
        for text in [
            "The State Department closed Lincoln Center in May.",
            "General Motors and Goldman Holdings Inc. fell on Tuesday.",
            "He lives at Kennedy Avenue near King County Courthouse.",
            "The House of Representatives met.",
            "PRESIDENT SIGNS BILL",
            "Governor Appoints Aide To Fill Seat",
            "Supreme Leader Says New York Will Not Talk",
            "In August, Real Madrid beat Manchester United on Sunday.",
            "The Joint Chiefs of Staff and Human Rights Watch said so.",
            "They met at Senator Joe Robbie Stadium.",
            "The path leads to Governor Stone State Park.",
            "She taught at Governor Ann Stone Memorial High School.",
        ] {
            let text_read = read(text);
            assert!(!text_read.iter().any(|mention| mention.ends_with('!')), "{text}: {text_read:?}");
        }
    }

    /// The people of a story: name, titles, how often named.
    fn people(text: &str) -> Vec<(String, Vec<String>, usize)> {
        Checker::default().story(text, Format::Plain, &Settings::default(), |story, _| {
            let people = story.people.iter();
            people.map(|person| (person.name.clone(), person.titles.clone(), person.mentions.len())).collect()
        })
    }

    fn person(name: &str, titles: &[&str], mentions: usize) -> (String, Vec<String>, usize) {
        (name.into(), titles.iter().map(|title| (*title).into()).collect(), mentions)
    }

    #[test]
    fn a_surname_belongs_to_whoever_bears_it() {
        let text = "War Secretary Dan Quill met Ann Roe, the mayor, on Friday.\n\nQuill said Roe was late. “Secretary Quill” was not.\n";
        assert_eq!(
            people(text),
            [person("Dan Quill", &["War Secretary", "Secretary"], 3), person("Ann Roe", &["the mayor"], 2)]
        );
    }

    #[test]
    fn a_family_is_several_people() {
        let text = "Ann Roe and Bill Roe came.\n\nBill Roe left, and Roe waved.\n\nAnn Roe spoke.\n\nAnn Roe said no, and Roe sat.\n\nRoe was late.\n";
        assert_eq!(people(text), [person("Ann Roe", &[], 5), person("Bill Roe", &[], 3)]);
    }

    #[test]
    fn short_names_and_initials_are_one_person() {
        let text = "Joseph Q. Quill came.\n\nJoe Quill left.\n\nJ. Quill was gone. Steve Quill stayed.\n";
        assert_eq!(people(text), [person("Joseph Q. Quill", &[], 3), person("Steve Quill", &[], 1)]);
    }

    #[test]
    fn a_name_is_one_however_it_is_spelled() {
        let text = "Ana de Muñoz-Roe spoke on Friday to a crowd that had come to hear Mayor Bo de\nMuñoz-Roe.\n\nMayor Bo De Munoz-Roe left.\n";
        let named: Vec<(String, usize)> =
            people(text).into_iter().map(|(name, _, mentions)| (name, mentions)).collect();
        assert_eq!(named, [("Ana de Muñoz-Roe".into(), 1), ("Bo de Muñoz-Roe".into(), 2)]);
    }

    #[test]
    fn an_unknown_name_becomes_a_person_when_the_story_goes_on_with_it() {
        assert_eq!(people("Xolani Dlamu came.\n\nDlamu said no.\n"), [person("Xolani Dlamu", &[], 2)]);
        assert_eq!(people("Xolani Dlamu came.\n\nDlamu was cold.\n"), []);
    }

    /// The names of the people of a story, and how often each is named.
    fn cast(text: &str) -> Vec<String> {
        people(text).into_iter().map(|(name, _, mentions)| format!("{name} {mentions}")).collect()
    }

    #[test]
    fn what_stands_beside_a_name_shows_a_person() {
        for (text, expected) in [
            ("Its president, Vex Lund, resigned.\n", &["Vex Lund 1"][..]),
            (
                "Ana Lindqvist's lawyer, Vex Quill, said the case was weak.\n\nQuill would not say more.\n",
                &["Ana Lindqvist 1", "Vex Quill 2"],
            ),
            ("Sturla Strand, who drew the comic strip “Pip,” died on Friday.\n", &["Sturla Strand 1"]),
            ("Vex Dahl, R-Ill., and Zell Orr (D-Ohio) voted no.\n", &["Vex Dahl 1", "Zell Orr 1"]),
            ("Ann Roe, Vex Quill and Zell Dahl won.\n\nDahl was glad.\n", &["Ann Roe 1", "Vex Quill 1", "Zell Dahl 2"]),
            ("Vex Strand left.\n\nThey met Mr. Strand on Friday.\n", &["Vex Strand 2"]),
            ("Umpire Bill Soames and Shortstop Vex Ueno met.\n", &["Bill Soames 1", "Vex Ueno 1"]),
        ] {
            assert_eq!(cast(text), expected, "{text}");
        }
    }

    #[test]
    fn a_family_name_goes_first_where_a_hyphen_shows_it() {
        assert_eq!(cast("Park Min-jun, the trade minister, signed. Park said it was late.\n"), ["Park Min-jun 2"]);
        assert_eq!(cast("They ate New Halden-style pizza near the Eastmere Run-off Creek.\n"), [""; 0]);
    }

    #[test]
    fn a_company_a_place_and_a_band_are_no_people() {
        for text in [
            "Kesh Marine, the owner, said no. Marine closed.\n",
            "Northgate Vandal, a maker of soups, fell.\n",
            "The Halden Five, who were jailed, left.\n",
            "The director of the Center for Harbor Jurisprudence, who spoke, left.\n",
            "They moved to New York, who knows why.\n",
        ] {
            assert_eq!(cast(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_given_name_is_a_place_or_a_thing_where_it_stands_like_one() {
        let text = "Jordan Vale flew to Halden.\n\nIn Jordan, it rained; Jordan waited.\n";
        assert_eq!(cast(text), ["Jordan Vale 2"]);
    }

    #[test]
    fn a_description_after_a_bare_surname_is_a_title() {
        let text = "Ann Quill spoke.\n\nQuill, the senator, said that she was late.\n";
        assert_eq!(people(text), [person("Ann Quill", &["the senator"], 2)]);
    }

    #[test]
    fn places_lead_to_people() {
        let text = "Ann Roe met Dan Quill.\n\nRoe left.\n";
        Checker::default().story(text, Format::Plain, &Settings::default(), |story, _| {
            let index = Index::of(&story.people);
            let at = |paragraph, start, end| index.at(super::super::Place::new(paragraph, Span::new(start, end)));
            assert_eq!(at(0, 0, 3), Some(0));
            assert_eq!(at(0, 8, 16), Some(1));
            assert_eq!(at(0, 7, 12), None);
            assert_eq!(at(1, 0, 9), Some(0));
            assert_eq!(index.until(1, 0).last().map(|named| named.person), Some(1));
            assert_eq!(index.until(2, 0).len(), 3);
            assert_eq!(index.until(0, 2), []);
            assert_eq!(index.within(0, Span::new(4, 20)).len(), 1);
        });
    }
}
