/// What a word can be, as far as reading news needs it: a set, since "report" is noun and verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Class(u32);

impl Class {
    /// No class: a word the lexicon does not list.
    pub const NONE: Self = Self(0);
    /// a, the, this, some, many …
    pub const DETERMINER: Self = Self(1);
    /// he, she, they, who …
    pub const PRONOUN: Self = Self(1 << 1);
    /// his, her, their …
    pub const POSSESSIVE: Self = Self(1 << 2);
    /// of, in, at …
    pub const PREPOSITION: Self = Self(1 << 3);
    /// and, but, or, that, because …
    pub const CONJUNCTION: Self = Self(1 << 4);
    /// is, has, did …
    pub const AUXILIARY: Self = Self(1 << 5);
    /// will, could, might …
    pub const MODAL: Self = Self(1 << 6);
    /// A form of a verb of saying or writing.
    pub const SPEECH: Self = Self(1 << 7);
    /// A form of a verb of thinking, wanting or feeling.
    pub const THOUGHT: Self = Self(1 << 8);
    /// January, Jan. …
    pub const MONTH: Self = Self(1 << 9);
    /// Monday …
    pub const WEEKDAY: Self = Self(1 << 10);
    /// A word of a formal title: president, secretary, Sen. …
    pub const TITLE: Self = Self(1 << 11);
    /// A noun for a person by role: analyst, spokesman, resident …
    pub const ROLE: Self = Self(1 << 12);
    /// A noun for a body: ministry, police, company …
    pub const BODY: Self = Self(1 << 13);
    /// A noun for a document: report, lawsuit, statement …
    pub const DOCUMENT: Self = Self(1 << 14);
    /// A noun for the unnamed: source, insider …
    pub const UNNAMED: Self = Self(1 << 15);
    /// A noun for nobody in particular: critics, experts …
    pub const VAGUE: Self = Self(1 << 16);
    /// An abbreviation whose full stop belongs to it: Sen., No., Dec., Inc., U.S.
    pub const ABBREVIATION: Self = Self(1 << 17);
    /// A word that often opens a sentence: the, it, when, however …
    pub const OPENER: Self = Self(1 << 18);
    /// A given name.
    pub const GIVEN: Self = Self(1 << 19);
    /// A common English word that is no name where it opens a sentence.
    pub const COMMON: Self = Self(1 << 20);
    /// one, two, ten, million …
    pub const NUMBER: Self = Self(1 << 21);
    /// An adverb: also, later, recently …
    pub const ADVERB: Self = Self(1 << 22);

    /// An abbreviation that stands before a name or number, and so never ends a sentence: Sen., No.
    pub const PREFIX: Self = Self(1 << 23);
    /// A noun for the news media: media, outlets, reports …
    pub const MEDIA: Self = Self(1 << 24);
    /// A word with which a phrase begins that makes a sentence a claim.
    pub const CLAIM: Self = Self(1 << 25);
    /// A word that opens the wording of an office: House (Speaker), Lt. (Gov.).
    pub const OFFICE: Self = Self(1 << 26);
    /// Mr., Mrs., Ms. …
    pub const COURTESY: Self = Self(1 << 27);
    /// A word that makes a capitalised run a place, a body or a thing: Avenue, Inc., Act.
    pub const THING: Self = Self(1 << 28);
    /// A lower-case word inside a name: von, de, bin.
    pub const PARTICLE: Self = Self(1 << 29);
    /// What follows a name and belongs to it: Jr., III.
    pub const SUFFIX: Self = Self(1 << 30);
    /// A word of charges, suits and verdicts: accused, lawsuit, guilty …
    pub const COURT: Self = Self(1 << 31);

    /// Both.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the word is of any of `classes`.
    pub const fn any(self, classes: Self) -> bool {
        self.0 & classes.0 != 0
    }
}
