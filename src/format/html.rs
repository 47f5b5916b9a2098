use std::borrow::Cow;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use super::open::{Open, headline};
use super::{Block, Comment, Draft, OBJECT, Role, front_matter, roles};
use crate::text::Span;

/// Elements that stand inside a line of text.
const INLINE: [&str; 26] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "dfn", "em", "font", "i", "ins", "label", "mark",
    "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];
/// Elements whose content is not prose but has its place in the sentence.
const OBJECTS: [&str; 4] = ["code", "kbd", "math", "samp"];
/// Elements whose content is not part of the sentence: what is struck out.
const STRUCK: [&str; 3] = ["del", "s", "strike"];
/// Elements whose content is no copy.
const NO_COPY: [&str; 16] = [
    "audio", "button", "canvas", "iframe", "nav", "noscript", "object", "pre", "script", "select", "style", "svg",
    "table", "template", "textarea", "title",
];
/// Elements that stand for themselves inside a line, or end it.
const MARKS: [&str; 3] = ["br", "img", "q"];
/// Elements that decide what the paragraphs in them are; of a list only its items do.
const BLOCKS: [(&str, Option<(Role, Block)>); 13] = [
    ("h1", Some((Role::Subhead, Block::Heading(1)))),
    ("h2", Some((Role::Subhead, Block::Heading(2)))),
    ("h3", Some((Role::Subhead, Block::Heading(3)))),
    ("h4", Some((Role::Subhead, Block::Heading(4)))),
    ("h5", Some((Role::Subhead, Block::Heading(5)))),
    ("h6", Some((Role::Subhead, Block::Heading(6)))),
    ("li", Some((Role::ListItem, Block::ListItem))),
    ("dt", Some((Role::ListItem, Block::ListItem))),
    ("dd", Some((Role::ListItem, Block::ListItem))),
    ("blockquote", Some((Role::BlockQuote, Block::Quote))),
    ("figcaption", Some((Role::Caption, Block::Text))),
    ("ul", None),
    ("ol", None),
];
/// Elements that a slash ends in their own start tag, as HTML has it of those that it took from XML.
const ENDED_BY_SLASH: [&str; 2] = ["math", "svg"];
/// How deep elements are read inside one another. What is deeper is copy all the same.
const DEEPEST: usize = 256;

/// Reads HTML: a whole page, or the piece of one that a CMS keeps.
///
/// Tags inside a line are left out, entities are read as what they stand for, and white space is one space, as it is shown.
/// Code, tables, struck-out text, scripts and the page's own title are not prose. Two line breaks in a row end a paragraph, and
/// so does a blank line: a CMS that marks no paragraphs makes them of these.
/// What `q` marks stands in quotation marks, which is how it is shown; the words for an image are its caption.
pub(super) fn read(text: &str) -> Draft<'_> {
    let (front_matter, start) = front_matter::read(text);
    let mut reader = Reader { text, ..Reader::default() };
    reader.draft.paragraphs.extend(headline(text, &front_matter));
    events(&text[start..], |event, span| reader.read(event, span.shifted(start)));
    reader.close();
    let mut draft = reader.draft;
    // The words for an image were read before the paragraph around it was.
    draft.paragraphs.sort_by_key(|paragraph| paragraph.span.start);
    draft.front_matter = front_matter;
    roles::assign(&mut draft.paragraphs, false);
    draft
}

/// How words are written in HTML where `block` tells the markup around them; `None` where they can't be: quotation marks in
/// an attribute would end it.
pub(super) fn written(words: &str, block: Block) -> Option<Cow<'_, str>> {
    if block == Block::Alt && words.contains(['"', '\'']) {
        return None;
    }
    if !words.contains(['&', '<', '>']) {
        return Some(Cow::Borrowed(words));
    }
    Some(Cow::Owned(words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")))
}

/// Calls `read` with what the text is made of, and where.
fn events(text: &str, mut read: impl FnMut(CallbackEvent<'_>, Span)) {
    let callback = |event: CallbackEvent<'_>, span: html5gum::Span<usize>| -> Option<()> {
        read(event, Span::new(span.start, span.end));
        None
    };
    let mut emitter = CallbackEmitter::new(callback);
    // Scripts and titles have no tags in them.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).for_each(drop);
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    draft: Draft<'t>,
    /// The paragraph that is being read.
    current: Option<Open>,
    /// White space that counts if the paragraph goes on: where it is, and what is read for it.
    space: Option<(Span, &'static str)>,
    /// The headings, lists, quotes and captions that are open, and what is in them.
    within: Vec<(&'static str, Option<(Role, Block)>)>,
    /// The element without prose that is open, and how many of its name are open in one another.
    skipped: Option<(&'static str, usize)>,
    /// Whether the tag that is being read is of an image.
    image: bool,
    /// Whether the attribute that is being read has the words for it.
    alt: bool,
    /// Whether any copy has been read: what stands below it is no headline.
    copy: bool,
}

impl Reader<'_> {
    fn read(&mut self, event: CallbackEvent<'_>, span: Span) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.start(&String::from_utf8_lossy(name), span),
            CallbackEvent::AttributeName { name } => self.alt = self.image && name == b"alt",
            CallbackEvent::AttributeValue { .. } if self.alt => self.words_for_image(span),
            CallbackEvent::CloseStartTag { self_closing } => {
                self.image = false;
                let ends = |(name, depth)| depth == 1 && ENDED_BY_SLASH.contains(&name);
                if self_closing && self.skipped.is_some_and(ends) {
                    self.skipped = None;
                }
            }
            CallbackEvent::EndTag { name } => self.end(&String::from_utf8_lossy(name), span),
            CallbackEvent::String { .. } if self.skipped.is_none() => self.words(span, true),
            CallbackEvent::Comment { .. } => {
                let Some(inner) = span.of(self.text).strip_prefix("<!--") else { return };
                let inner = inner.strip_suffix("-->").unwrap_or(inner);
                self.draft.comments.push(Comment { text: inner.trim().to_owned(), span });
            }
            _ => {}
        }
    }

    fn start(&mut self, name: &str, span: Span) {
        self.image = false;
        if let Some((open, depth)) = &mut self.skipped {
            *depth += usize::from(*open == name);
            return;
        }
        if let Some(name) = NO_COPY.iter().find(|known| **known == name) {
            self.close();
            self.skipped = Some((*name, 1));
        } else if let Some(name) = OBJECTS.iter().chain(&STRUCK).find(|known| **known == name) {
            if OBJECTS.contains(name) {
                self.add(span, OBJECT.encode_utf8(&mut [0; 4]));
            }
            self.skipped = Some((*name, 1));
        } else if name == "br" {
            self.line_break(span);
        } else if name == "q" {
            self.add(span, "“");
        } else if name == "img" {
            self.image = true;
        } else if !INLINE.contains(&name) {
            self.enter(name);
        }
    }

    fn end(&mut self, name: &str, span: Span) {
        if let Some((open, depth)) = &mut self.skipped {
            *depth -= usize::from(*open == name);
            if *depth == 0 {
                self.skipped = None;
            }
        } else if name == "q" && self.current.is_some() {
            self.add(span, "”");
        } else if name == "br" {
            self.line_break(span);
        } else if !in_line(name) {
            self.close();
            if let Some(at) = self.within.iter().rposition(|(open, _)| *open == name) {
                self.within.truncate(at);
            }
        }
    }

    /// A block begins: what it is decides what its paragraphs are.
    fn enter(&mut self, name: &str) {
        self.close();
        let Some((name, what)) = BLOCKS.iter().find(|(known, _)| *known == name) else { return };
        // What stands below copy is no headline.
        let headline = *name == "h1" && !self.copy;
        let what = what.map(|(role, block)| (if headline { Role::Headline } else { role }, block));
        // The next item ends the one before it, and a heading the one that nobody closed.
        let last = self.within.last().and_then(|(_, what)| *what);
        if last.zip(what).is_some_and(|((last, _), (role, _))| last == role && role != Role::BlockQuote) {
            self.within.pop();
        }
        if self.within.len() < DEEPEST {
            self.within.push((*name, what));
        }
    }

    /// A line break: the second in a row ends the paragraph.
    fn line_break(&mut self, span: Span) {
        if matches!(self.space, Some((at, _)) if at.of(self.text).starts_with('<')) {
            self.close();
        } else {
            self.space = Some((span, "\n"));
        }
    }

    /// The words for an image. Those without quotation marks around them can't be told from what follows.
    fn words_for_image(&mut self, span: Span) {
        let quoted = self.text[..span.start].ends_with(['"', '\'']);
        if self.skipped.is_some() || !quoted {
            return;
        }
        let around = (self.current.replace(Open::new(Role::Caption, Block::Alt)), self.space.take());
        self.words(span, false);
        let words = self.current.take().and_then(|words| words.paragraph(self.text));
        self.draft.paragraphs.extend(words);
        (self.current, self.space) = around;
    }

    /// Text between tags, where a blank line ends a paragraph, or in an attribute.
    fn words(&mut self, span: Span, blank_ends: bool) {
        let text = span.of(self.text);
        let mut at = 0;
        while let Some(first) = text.as_bytes().get(at) {
            let rest = &text[at..];
            let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C');
            let len = match first {
                b'&' => entity(rest),
                // The end of nothing, which is not shown.
                b'<' if rest.starts_with("</>") => "</>".len(),
                b'<' => 1 + words_end(&rest[1..]),
                _ if rest.starts_with(is_space) => rest.len() - rest.trim_start_matches(is_space).len(),
                _ => words_end(rest),
            };
            let place = Span::new(at, at + len).shifted(span.start);
            let piece = &rest[..len];
            at += len;
            if piece.starts_with(is_space) {
                let is_break = self.space.is_some_and(|(_, read)| read == "\n");
                if blank_ends && piece.matches('\n').count() > 1 {
                    self.close();
                } else if self.current.is_some() && !is_break {
                    self.space = Some((place, if piece.contains(['\n', '\r']) { "\n" } else { " " }));
                }
            } else if first == &b'&' {
                self.add(place, &decoded(piece));
            } else if piece != "</>" {
                self.add(place, piece);
            }
        }
    }

    /// Adds words that stand at `span`.
    fn add(&mut self, span: Span, words: &str) {
        let space = self.space.take();
        let open = self.current.get_or_insert_with(|| {
            let what = self.within.iter().rev().find_map(|(_, what)| *what);
            // A list in a block quote is quoted.
            let quoted = self.within.iter().find_map(|(_, what)| what.filter(|(role, _)| *role == Role::BlockQuote));
            let (role, block) = what.unwrap_or((Role::default(), Block::Text));
            Open::new(role, quoted.map_or(block, |(_, block)| block))
        });
        if let Some((span, read)) = space {
            open.add(self.text, span, read);
        }
        open.add(self.text, span, words);
    }

    fn close(&mut self) {
        self.space = None;
        let Some(paragraph) = self.current.take().and_then(|open| open.paragraph(self.text)) else { return };
        self.copy |= paragraph.role == Role::Body;
        self.draft.paragraphs.push(paragraph);
    }
}

/// Whether an element stands inside a line.
fn in_line(name: &str) -> bool {
    [&INLINE[..], &OBJECTS, &STRUCK, &MARKS].iter().any(|known| known.contains(&name))
}

/// How many bytes from the start are words as they are shown.
fn words_end(text: &str) -> usize {
    text.find([' ', '\t', '\n', '\r', '\x0C', '&', '<']).unwrap_or(text.len())
}

/// How many bytes an entity at the start of `text` may have.
fn entity(text: &str) -> usize {
    let name = text[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    1 + name + usize::from(text[1 + name..].starts_with(';'))
}

/// What an entity stands for: itself, if there is none of that name.
fn decoded(entity: &str) -> String {
    let mut decoded = String::new();
    events(entity, |event, _| {
        if let CallbackEvent::String { value } = event {
            decoded.push_str(&String::from_utf8_lossy(value));
        }
    });
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::tests::{has, stands};

    fn is(text: &str, expected: &[(Role, &str)]) {
        has(read(text), expected, text);
    }

    #[test]
    fn a_page_is_read_as_a_story() {
        use Role::*;
        is(
            "\
<!DOCTYPE html>
<html><head><title>Bridges shut | Herald</title><style>p { color: red }</style></head>
<body>
<nav><a href=\"/\">Home</a></nav>
<h1>Bridges shut in <em>Linden Falls</em></h1>
<p>By Dana Whitlock</p>
<p>The county closed both
   bridges.<br>They stay shut.
<p>Nobody was hurt.</p>
<h2>What comes next</h2>
<ul><li>First, the levee:<ul><li>sandbags<li>pumps</ul>
<li><p>Then the</p><p>schools.</p></ul>
<blockquote><p>We have never seen it this high.</p><ul><li>Never.</li></ul></blockquote>
<figure><img src=\"levee.jpg\" alt=\"Crews at the levee\"><figcaption>Crews <b>rest</b>.</figcaption></figure>
<table><tr><td>Mon.</td></tr></table>
<div>The rain went on.<br><br>It stopped.</div>
</body></html>
",
            &[
                (Headline, "Bridges shut in Linden Falls"),
                (Byline, "By Dana Whitlock"),
                (Body, "The county closed both\nbridges.\nThey stay shut."),
                (Body, "Nobody was hurt."),
                (Subhead, "What comes next"),
                (ListItem, "First, the levee:"),
                (ListItem, "sandbags"),
                (ListItem, "pumps"),
                (ListItem, "Then the"),
                (ListItem, "schools."),
                (BlockQuote, "We have never seen it this high."),
                (ListItem, "Never."),
                (Caption, "Crews at the levee"),
                (Caption, "Crews rest."),
                (Body, "The rain went on."),
                (Body, "It stopped."),
            ],
        );
    }

    #[test]
    fn what_is_no_prose_is_left_out() {
        use Role::Body;
        let cases: [(&str, &[(Role, &str)]); 17] = [
            ("Run <code>make</code> now.", &[(Body, "Run \u{FFFC} now.")]),
            ("It <del>rose</del> fell.", &[(Body, "It fell.")]),
            ("<script>let a = \"<p>No.\";</script>Copy.", &[(Body, "Copy.")]),
            ("<svg/>Copy.", &[(Body, "Copy.")]),
            ("<pre>a <pre>b</pre> c</pre><p>Copy.", &[(Body, "Copy.")]),
            ("<q>No,</q> she said.", &[(Body, "“No,” she said.")]),
            ("AT&amp;T said &ldquo;no&#8221; &mdash; twice.", &[(Body, "AT&T said “no” — twice.")]),
            ("AT&T, Q&A & 5 < 6 &bogus;", &[(Body, "AT&T, Q&A & 5 < 6 &bogus;")]),
            ("  A\r\n\tB  <b> C</b> </>D\n", &[(Body, "A\nB C D")]),
            ("A<br/>\nB<br>\n<br />C", &[(Body, "A\nB"), (Body, "C")]),
            ("A.\n\nB <b>c</b>\n \nD", &[(Body, "A."), (Body, "B c"), (Body, "D")]),
            ("A</del> b</code> c</q>.", &[(Body, "A b c”.")]),
            ("<img alt='A\n\ndog'>B.</p alt='c'>", &[(Role::Caption, "A\ndog"), (Body, "B.")]),
            ("<img alt=unquoted src=a><img alt='A dog'>", &[(Role::Caption, "A dog")]),
            ("One <img alt=\"A dog\"> two.", &[(Body, "One two."), (Role::Caption, "A dog")]),
            ("\u{FEFF}Copy.", &[(Body, "Copy.")]),
            ("Copy <b", &[(Body, "Copy")]),
        ];
        for (text, expected) in cases {
            is(text, expected);
        }
    }

    #[test]
    fn places_are_those_of_the_file() {
        let text = "<p>The <b>county</b> closed AT&amp;T&#8217;s\n   gate today.</p>";
        let cases = [
            ("county", "county", true),
            ("The county", "The <b>county", false),
            ("AT&T", "AT&amp;T", false),
            ("T’s", "T&#8217;s", false),
            ("closed AT", "closed AT", true),
            ("gate today.", "gate today.", true),
        ];
        stands(&read(text), text, &cases);
    }

    #[test]
    fn comments_and_front_matter_are_kept() {
        let draft = read("---\ntitle: Bridges shut\n---\n<!-- first --><p>Copy <!--second\n--> goes on.");
        let comments: Vec<&str> = draft.comments.iter().map(|comment| comment.text.as_str()).collect();
        assert_eq!(comments, ["first", "second"]);
        assert_eq!(draft.paragraphs[0].role, Role::Headline);
        assert_eq!(draft.paragraphs[1].text, "Copy goes on.");
    }

    #[test]
    fn what_a_fix_writes_is_html() {
        assert_eq!(written("Q&A", Block::Text).as_deref(), Some("Q&amp;A"));
        assert_eq!(written("“No,”", Block::Alt).as_deref(), Some("“No,”"));
        assert_eq!(written("\"No,\"", Block::Text).as_deref(), Some("\"No,\""));
        assert_eq!(written("\"No,\"", Block::Alt), None);
    }
}
