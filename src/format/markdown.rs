use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::open::{Open, headline};
use super::{Block, Comment, Draft, OBJECT, Role, front_matter, html_block, roles};
use crate::text::Span;

/// Reads Markdown: CommonMark with tables, footnotes, struck-out text, task lists, notes and heading attributes.
///
/// Code, tables, struck-out text, URLs, tags and link targets are not prose. Footnotes are read as list items, the
/// words for an image as its caption.
pub(super) fn read(text: &str) -> Draft<'_> {
    let (front_matter, start) = front_matter::read(text);
    let mut reader = Reader { text, ..Reader::default() };
    reader.draft.paragraphs.extend(headline(text, &front_matter));
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    for (event, Range { start: from, end: to }) in Parser::new_ext(&text[start..], options).into_offset_iter() {
        reader.read(event, Span::new(from, to).shifted(start));
    }
    let mut draft = reader.finish();
    draft.front_matter = front_matter;
    roles::assign(&mut draft.paragraphs, false);
    draft
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    draft: Draft<'t>,
    /// The paragraph that is being read.
    current: Option<Open>,
    /// Paragraphs that wait until the words for an image in them are read.
    waiting: Vec<Option<Open>>,
    /// The quotes, lists, headings and images that are open, and the roles of what is in them.
    within: Vec<(Role, Block)>,
    /// Whether any copy has been read: what stands below it is no headline.
    copy: bool,
    /// How many tags are open inside, and with, one whose content is not prose.
    skipped: usize,
}

impl<'t> Reader<'t> {
    fn read(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::InlineHtml(tag) => self.tag(&tag, span),
            Event::Start(_) if self.skipped > 0 => self.skipped += 1,
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            _ if self.skipped > 0 => {}
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.add(span, &words),
            Event::SoftBreak | Event::HardBreak => self.add(span, "\n"),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.object(span),
            Event::Rule => self.close(),
            // Blocks of HTML are read where they start.
            Event::Html(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Superscript | Tag::Subscript => {}
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                self.object(span);
                self.skipped = 1;
            }
            Tag::Link { .. } => {}
            Tag::Strikethrough => self.skipped = 1,
            Tag::CodeBlock(_) | Tag::Table(_) | Tag::MetadataBlock(_) => {
                self.close();
                self.skipped = 1;
            }
            Tag::Image { .. } => {
                self.waiting.push(self.current.take());
                self.within.push((Role::Caption, Block::Alt));
            }
            Tag::HtmlBlock => {
                self.close();
                self.html(span);
            }
            Tag::BlockQuote(_) => self.enter(Role::BlockQuote, Block::Quote),
            Tag::Item | Tag::FootnoteDefinition(_) => self.enter(Role::ListItem, Block::ListItem),
            Tag::Heading { level, .. } => {
                let headline = *level == HeadingLevel::H1 && !self.copy;
                let role = if headline { Role::Headline } else { Role::Subhead };
                self.enter(role, Block::Heading(*level as u8));
            }
            _ => self.close(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => {
                self.leave();
                self.current = self.waiting.pop().flatten();
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::Heading(_) => self.leave(),
            TagEnd::Paragraph | TagEnd::List(_) => self.close(),
            _ => {}
        }
    }

    fn enter(&mut self, role: Role, block: Block) {
        self.close();
        self.within.push((role, block));
    }

    fn leave(&mut self) {
        self.close();
        self.within.pop();
    }

    /// A tag in running text.
    fn tag(&mut self, tag: &str, span: Span) {
        if tag.starts_with("<!--") {
            self.comment(span);
        } else if self.skipped == 0 && html_block::name(tag) == "br" {
            self.add(span, "\n");
        }
    }

    fn comment(&mut self, span: Span) {
        let inner = span.of(self.text).trim_start_matches("<!--").trim_end_matches("-->");
        self.draft.comments.push(Comment { text: inner.trim().to_owned(), span });
    }

    /// A block of HTML: the text between its tags is prose.
    fn html(&mut self, span: Span) {
        for piece in html_block::pieces(span.of(self.text)) {
            match piece {
                html_block::Piece::Comment(at) => self.comment(at.shifted(span.start)),
                html_block::Piece::Break => self.close(),
                html_block::Piece::Text(at, caption) => {
                    if caption && self.current.is_none() {
                        self.open(Role::Caption, Block::Text);
                    }
                    self.lines(at.shifted(span.start));
                }
            }
        }
        self.close();
    }

    /// Adds lines of a block of HTML, without the marks of the block quotes around it.
    fn lines(&mut self, span: Span) {
        let depth = self.within.iter().filter(|(role, _)| *role == Role::BlockQuote).count();
        let mut start = span.start;
        for line in span.of(self.text).split_inclusive('\n') {
            let end = start + line.len();
            let marks = if self.text[..start].ends_with('\n') { depth } else { 0 };
            let words = (0..marks).fold(line, |rest, _| {
                let quoted = rest.trim_start_matches(' ').strip_prefix('>');
                quoted.map_or(rest, |quoted| quoted.strip_prefix(' ').unwrap_or(quoted))
            });
            self.add(Span::new(end - words.len(), end), words);
            start = end;
        }
    }

    fn open(&mut self, role: Role, block: Block) -> &mut Open {
        self.current.insert(Open::new(role, block))
    }

    /// Adds words that stand at `span`.
    fn add(&mut self, span: Span, words: &str) {
        let text = self.text;
        let role = self.within.last().map_or(Role::default(), |(role, _)| *role);
        // A list in a block quote is quoted; the words for an image stand by themselves.
        let alt = self.within.last().filter(|(_, block)| *block == Block::Alt);
        let block = alt.or(self.within.first()).map_or(Block::Text, |(_, block)| *block);
        let open = match &mut self.current {
            Some(open) => open,
            None => self.open(role, block),
        };
        open.add(text, span, words);
    }

    /// Adds something that is not prose but has its place in the sentence.
    fn object(&mut self, span: Span) {
        self.add(span, OBJECT.encode_utf8(&mut [0; 4]));
    }

    fn close(&mut self) {
        let Some(paragraph) = self.current.take().and_then(|open| open.paragraph(self.text)) else { return };
        self.copy |= paragraph.role == Role::Body;
        self.draft.paragraphs.push(paragraph);
    }

    fn finish(mut self) -> Draft<'t> {
        self.close();
        // The words for an image were read before the paragraph around it was.
        self.draft.paragraphs.sort_by_key(|paragraph| paragraph.span.start);
        self.draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::tests::{has, stands};

    fn is(text: &str, expected: &[(Role, &str)]) {
        has(read(text), expected, text);
    }

    #[test]
    fn roles_follow_the_markup() {
        use Role::*;
        is(
            "\
# Bridges shut in *Linden Falls*

**By Dana Whitlock**

The county closed both bridges.
They stay shut.

## What comes next {#next}

- First, the levee:
  - sandbags
  - pumps
2. Then the

   schools.

> We have never seen it
this high.

![Crews at the levee](levee.jpg \u{22}Levee\u{22})

Setext
------

[^1]: County figures.

\u{A9} 2025 Linden Herald
",
            &[
                (Headline, "Bridges shut in Linden Falls"),
                (Byline, "By Dana Whitlock"),
                (Body, "The county closed both bridges.\nThey stay shut."),
                (Subhead, "What comes next"),
                (ListItem, "First, the levee:"),
                (ListItem, "sandbags"),
                (ListItem, "pumps"),
                (ListItem, "Then the"),
                (ListItem, "schools."),
                (BlockQuote, "We have never seen it\nthis high."),
                (Caption, "Crews at the levee"),
                (Subhead, "Setext"),
                (ListItem, "County figures."),
                (Tail, "\u{A9} 2025 Linden Herald"),
            ],
        );
    }

    #[test]
    fn what_is_no_prose_is_left_out() {
        use Role::Body;
        let cases: [(&str, &[(Role, &str)]); 12] = [
            ("Run `make` now.", &[(Body, "Run \u{FFFC} now.")]),
            ("See <https://example.com/a> now.", &[(Body, "See \u{FFFC} now.")]),
            ("See [the *report*](https://example.com/a) now.", &[(Body, "See the report now.")]),
            ("A <b>bold</b> word<br>here.", &[(Body, "A bold word\nhere.")]),
            ("It ~~rose~~ fell.[^1]\n\n[^1]: x", &[(Body, "It  fell."), (Role::ListItem, "x")]),
            ("    code\n\n```\ncode\n```\n\nCopy.", &[(Body, "Copy.")]),
            ("| a | b |\n|---|---|\n| ~~c~~ | ![d](e) |\n\nCopy.", &[(Body, "Copy.")]),
            ("<script>\nlet a = 1;\n</script>\n\nCopy.", &[(Body, "Copy.")]),
            ("`code`\n\n---\n\nCopy.", &[(Body, "Copy.")]),
            ("AT&amp;T said \\*no\\* &mdash; twice.  \nThen", &[(Body, "AT&T said *no* — twice.\nThen")]),
            ("- [ ] Call the sheriff", &[(Role::ListItem, "Call the sheriff")]),
            ("\u{FEFF}Copy.", &[(Body, "Copy.")]),
        ];
        for (text, expected) in cases {
            is(text, expected);
        }
    }

    #[test]
    fn html_blocks_have_their_text_read() {
        is(
            "<figure>\n<img src=\"a.jpg\">\n<figcaption>Crews at the <b>levee</b></figcaption>\n</figure>\n\n<p>The county\nclosed.</p>\n",
            &[(Role::Caption, "Crews at the levee"), (Role::Body, "The county\nclosed.")],
        );
    }

    #[test]
    fn html_blocks_in_block_quotes_lose_their_marks() {
        let text = "> <p>The county\n> closed > both\n>> bridges.\n> </p>\n>\n> > <figure><figcaption>\n> > Crews\n>> rest.</figcaption></figure>\n";
        is(text, &[(Role::BlockQuote, "The county\nclosed > both\n> bridges.\n"), (Role::Caption, "Crews\nrest.")]);
        let draft = read(text);
        let at = draft.paragraphs[0].text.find("both").unwrap();
        assert_eq!(draft.paragraphs[0].map.locate(Span::new(at, at + 4)).of(text), "both");
    }

    #[test]
    fn an_image_in_a_line_has_its_own_paragraph() {
        is(
            "The levee ![Crews at *work*](a.jpg) held.",
            &[(Role::Body, "The levee  held."), (Role::Caption, "Crews at work")],
        );
    }

    #[test]
    fn comments_are_kept() {
        let text = "<!-- first -->\n\nCopy <!-- second --> goes on.\n\n<div>\n<!--third\n-->\n</div>\n\n| a <!-- fourth --> |\n|---|\n";
        let comments = read(text).comments;
        let found: Vec<(&str, &str)> = comments.iter().map(|c| (c.text.as_str(), c.span.of(text))).collect();
        assert_eq!(
            found,
            [
                ("first", "<!-- first -->"),
                ("second", "<!-- second -->"),
                ("third", "<!--third\n-->"),
                ("fourth", "<!-- fourth -->"),
            ]
        );
    }

    #[test]
    fn places_are_those_of_the_file() {
        let text = "> The **county** closed AT&amp;T's\n> `gate` \\*today.";
        let draft = read(text);
        let cases = [
            ("The ", "The ", true),
            ("county", "county", true),
            ("The county", "The **county", false),
            ("county closed", "county** closed", false),
            ("AT&T", "AT&amp;T", false),
            ("&", "&amp;", false),
            ("'s\n", "'s\n", true),
            ("'s\n\u{FFFC}", "'s\n> `gate`", false),
            ("*today", "*today", true),
            (" *today", " \\*today", false),
        ];
        stands(&draft, text, &cases);
        let paragraph = &draft.paragraphs[0];
        // Words put after “county” stand inside the bold.
        let end = paragraph.text.find("county").unwrap() + "county".len();
        let at = paragraph.map.exact(Span::new(end, end)).map(|span| span.start);
        assert_eq!(at, text.find("** closed"));
    }

    #[test]
    fn front_matter_gives_the_headline() {
        let text =
            "---\ntitle: \"Bridges shut\"\ndateline: LINDEN FALLS, Ohio\n---\n\nThe county closed both bridges.\n";
        let draft = read(text);
        assert_eq!(draft.paragraphs[0].role, Role::Headline);
        assert_eq!(draft.paragraphs[0].span.of(text), "Bridges shut");
        assert_eq!(draft.paragraphs[1].role, Role::Body);
        assert_eq!(draft.paragraphs.len(), 2);
        is(
            "The county closed\n\nSchools stayed shut.",
            &[(Role::Body, "The county closed"), (Role::Body, "Schools stayed shut.")],
        );
    }
}
