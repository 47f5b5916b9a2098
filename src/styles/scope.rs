use crate::format::{Block, Role};

/// Where a rule looks.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// A paragraph is read if it fits one of these; with none, every paragraph is.
    any: Vec<Vec<Part>>,
    /// What is read at a time.
    pub unit: Unit,
}

/// What a rule reads at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Unit {
    /// A paragraph; in plain text, what is counted is counted in all of them together.
    #[default]
    Text,
    /// A paragraph, whatever the format.
    Paragraph,
    /// A sentence.
    Sentence,
    /// All copy of the story together.
    Story,
    /// The file as it is written, markup and all.
    File,
}

/// `heading.h2` or `~blockquote`.
#[derive(Clone, Debug)]
struct Part {
    negated: bool,
    names: Vec<Box<str>>,
}

/// What a scope may name: Vale's, then Copydesk's own.
pub(super) const NAMES: [&str; 27] = [
    "text",
    "heading",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "header",
    "cell",
    "caption",
    "figure",
    "list",
    "paragraph",
    "sentence",
    "alt",
    "attr",
    "title",
    "blockquote",
    "summary",
    "raw",
    "headline",
    "subhead",
    "byline",
    "dateline",
    "copy",
];

impl Scope {
    /// The scope that a rule file names; in the second place, what in it names nothing.
    pub(super) fn new(written: &[String]) -> (Self, Vec<String>) {
        let mut unknown = Vec::new();
        let mut unit = Unit::default();
        let mut part = |written: &str| {
            let written = written.trim();
            let bare = written.strip_prefix('~');
            let names: Vec<Box<str>> = bare.unwrap_or(written).split('.').map(|name| name.trim().into()).collect();
            // "text.md": the file's ending narrows nothing that Copydesk reads.
            let names: Vec<Box<str>> =
                names.into_iter().filter(|name| !matches!(&**name, "md" | "txt" | "html")).collect();
            unknown.extend(names.iter().filter(|name| !NAMES.contains(&&***name)).map(ToString::to_string));
            if bare.is_none() {
                for name in &names {
                    unit = match &**name {
                        "paragraph" => Unit::Paragraph,
                        "sentence" => Unit::Sentence,
                        "summary" => Unit::Story,
                        "raw" => Unit::File,
                        _ => unit,
                    };
                }
            }
            Part { negated: bare.is_some(), names }
        };
        let any = written.iter().map(|one| one.split('&').map(&mut part).collect()).collect();
        (Self { any, unit }, unknown)
    }

    /// Whether a rule with the scope reads such a paragraph.
    pub(super) fn fits(&self, block: Block, role: Role) -> bool {
        if self.any.is_empty() {
            return block != Block::FrontMatter;
        }
        let is = |name: &str| match name {
            "text" => block != Block::FrontMatter,
            "raw" => true,
            "paragraph" | "sentence" => matches!(block, Block::Plain | Block::Text),
            "summary" => matches!(block, Block::Plain | Block::Text | Block::ListItem | Block::Quote),
            "heading" => matches!(block, Block::Heading(_)),
            "list" => block == Block::ListItem,
            "blockquote" => block == Block::Quote,
            "alt" | "attr" => block == Block::Alt,
            "headline" => role == Role::Headline,
            "subhead" => role == Role::Subhead,
            "byline" => role == Role::Byline,
            "dateline" => role == Role::Dateline,
            "caption" | "figure" => role == Role::Caption,
            "copy" => Role::COPY.contains(&role),
            _ => matches!((block, name.strip_prefix('h')), (Block::Heading(level), Some(n)) if n.parse() == Ok(level)),
        };
        let fits = |part: &Part| part.names.iter().all(|name| is(name)) != part.negated;
        self.any.iter().any(|parts| parts.iter().all(fits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_says_which_paragraphs_are_read() {
        let fits = |scope: &str, block, role| {
            let (scope, unknown) = Scope::new(&[scope.to_string()]);
            assert!(unknown.is_empty(), "{unknown:?}");
            scope.fits(block, role)
        };
        let (h2, text) = (Block::Heading(2), Block::Text);
        for (scope, in_heading, in_text) in [
            ("text", true, true),
            ("heading", true, false),
            ("heading.h2", true, false),
            ("heading.h1", false, false),
            ("~heading", false, true),
            ("text & ~heading", false, true),
            ("paragraph", false, true),
            ("sentence", false, true),
            ("summary", false, true),
            ("headline", false, false),
            ("subhead", true, false),
            ("copy", false, true),
        ] {
            assert_eq!(fits(scope, h2, Role::Subhead), in_heading, "{scope}");
            assert_eq!(fits(scope, text, Role::Body), in_text, "{scope}");
        }
        assert!(!fits("text", Block::FrontMatter, Role::Headline));
        assert!(fits("headline", Block::FrontMatter, Role::Headline));
    }

    #[test]
    fn a_rule_may_have_several() {
        let (scope, _) = Scope::new(&["heading".into(), "list".into()]);
        assert!(scope.fits(Block::Heading(1), Role::Headline) && scope.fits(Block::ListItem, Role::ListItem));
        assert!(!scope.fits(Block::Quote, Role::BlockQuote));
        assert_eq!(Scope::new(&["headin".into()]).1, ["headin"]);
    }
}
