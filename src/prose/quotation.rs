use super::{Kind, Token};
use crate::text::Span;

/// A quotation, or what is left of one where a mark is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The opening mark.
    pub open: Option<Mark>,
    /// The closing mark; none where the quotation runs on into the next paragraph or a mark was forgotten.
    pub close: Option<Mark>,
    /// What stands between the marks.
    pub inner: Span,
}

/// The quotations of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Quotations {
    /// In order; no two share a byte.
    pub(super) outer: Vec<Quotation>,
    /// Those that stand inside one of them, in order of their start.
    pub(super) nested: Vec<Quotation>,
}

/// A quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its bytes.
    pub span: Span,
    /// Single rather than double.
    pub single: bool,
}

impl Quotation {
    /// Whether its marks are single ones.
    fn is_single(&self) -> bool {
        self.open.or(self.close).is_some_and(|mark| mark.single)
    }

    fn ended(self, end: usize, close: Option<Mark>) -> Self {
        Self { close, inner: Span::new(self.inner.start, end), ..self }
    }

    /// Whether it was opened and never closed.
    pub fn is_open(&self) -> bool {
        self.open.is_some() && self.close.is_none()
    }

    /// The quotation with its marks.
    pub fn outer(&self) -> Span {
        Span::new(
            self.open.map_or(self.inner.start, |mark| mark.span.start),
            self.close.map_or(self.inner.end, |mark| mark.span.end),
        )
    }
}

/// The quotation that is open while a paragraph is read, and one open inside it.
#[derive(Default)]
struct Open {
    outer: Option<Quotation>,
    nested: Option<Quotation>,
}

impl Open {
    /// Whether a single (or a double) quotation is open.
    fn holds(&self, single: bool) -> bool {
        [&self.outer, &self.nested].into_iter().flatten().any(|quotation| quotation.is_single() == single)
    }

    /// Ends the inner quotation, closed by `close` or not at all, before `end`.
    fn end_nested(&mut self, end: usize, close: Option<Mark>, found: &mut Quotations) {
        found.nested.extend(self.nested.take().map(|quotation| quotation.ended(end, close)));
    }

    /// Ends the quotation, and what is open inside it.
    fn end(&mut self, end: usize, close: Option<Mark>, found: &mut Quotations) {
        self.end_nested(end, None, found);
        found.outer.extend(self.outer.take().map(|quotation| quotation.ended(end, close)));
    }
}

/// Pairs the quotation marks of a paragraph, and marks what stands between them as quoted. An apostrophe that stands
/// alone ("the states' rights", "the '90s") becomes a [`Kind::Possessive`] or a plain mark.
pub(super) fn pair(text: &str, tokens: &mut [Token]) -> Quotations {
    let mut found = Quotations::default();
    let mut open = Open::default();
    for at in 0..tokens.len() {
        if tokens[at].kind != Kind::Quote {
            tokens[at].quoted = open.outer.is_some();
            continue;
        }
        let mark = Mark { span: tokens[at].span(), single: is_single(tokens[at].of(text)) };
        let start = mark.span.start;
        match role(text, tokens, at, mark, &open) {
            Role::Apostrophe => {
                let after_word = at > 0 && tokens[at - 1].end == tokens[at].start;
                tokens[at].kind = if after_word { Kind::Possessive } else { Kind::Mark };
                tokens[at].quoted = open.outer.is_some();
            }
            Role::Open => {
                let begun = Quotation { open: Some(mark), close: None, inner: Span::new(mark.span.end, text.len()) };
                if open.outer.as_ref().is_some_and(|outer| outer.is_single() != mark.single) {
                    open.end_nested(start, None, &mut found);
                    open.nested = Some(begun);
                } else {
                    // A mark that opens while the same kind is open: the earlier one was never closed.
                    open.end(start, None, &mut found);
                    open.outer = Some(begun);
                }
            }
            Role::Close if open.nested.as_ref().is_some_and(|nested| nested.is_single() == mark.single) => {
                open.end_nested(start, Some(mark), &mut found);
            }
            Role::Close if open.holds(mark.single) => open.end(start, Some(mark), &mut found),
            Role::Close if open.outer.is_none() => {
                // The paragraph may go on with the quotation of the one before it; after another quotation nobody
                // knows where this one begins.
                let inner = Span::new(if found.outer.is_empty() { 0 } else { start }, start);
                if found.outer.is_empty() {
                    tokens[..at].iter_mut().for_each(|token| token.quoted = true);
                }
                found.outer.push(Quotation { open: None, close: Some(mark), inner });
            }
            Role::Close => {}
        }
    }
    open.end(text.len(), None, &mut found);
    nest(text, tokens, &mut found);
    found
}

/// Puts quotations into the one around them that has marks of the same kind: "He told me "no" and left," she said.
/// Otherwise the outer one would be two halves.
fn nest(text: &str, tokens: &mut [Token], found: &mut Quotations) {
    let mut kept: Vec<Quotation> = Vec::with_capacity(found.outer.len());
    // Where among those kept the outer one may have begun.
    let mut open: Option<usize> = None;
    for quotation in std::mem::take(&mut found.outer) {
        if quotation.is_open() {
            open = Some(kept.len());
        } else if let Some(first) = open.filter(|first| quotation.open.is_none() && kept.len() > first + 1) {
            found.nested.extend(kept.drain(first + 1..));
            let whole = &mut kept[first];
            (whole.inner.end, whole.close) = (quotation.inner.end, quotation.close);
            let from = |offset: usize| tokens.partition_point(|token| (token.start as usize) < offset);
            let inside = from(whole.inner.start)..from(whole.inner.end);
            tokens[inside].iter_mut().for_each(|token| token.quoted = true);
            open = None;
            continue;
        } else if !is_within(text, &quotation) {
            open = None;
        }
        kept.push(quotation);
    }
    found.outer = kept;
    found.nested.sort_by_key(|quotation| quotation.outer().start);
}

/// Whether a quotation may stand within another: a word or a few that end without a stop, or end where it does.
/// "“We lost, he said. “We know why,” he said" lacks a mark instead.
fn is_within(text: &str, quotation: &Quotation) -> bool {
    let stopped = quotation.inner.of(text).ends_with([',', '.', '?', '!', '…']);
    let last = text[quotation.outer().end..].starts_with(['"', '”', '\'', ',', '.']);
    quotation.close.is_some() && !quotation.is_single() && (!stopped || last)
}

enum Role {
    Open,
    Close,
    Apostrophe,
}

fn is_single(mark: &str) -> bool {
    matches!(mark, "'" | "‘" | "’" | "`")
}

/// What a mark does, by its shape, by what stands around it and by what is open.
fn role(text: &str, tokens: &[Token], at: usize, mark: Mark, open: &Open) -> Role {
    let before = text[..mark.span.start].chars().next_back();
    let after = text[mark.span.end..].chars().next();
    let word_before =
        before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '—' | '–' | '“' | '‘' | '/'));
    let word_after = after.is_some_and(|c| !c.is_whitespace());
    let shape = mark.span.of(text);
    if !mark.single {
        return match shape {
            "“" | "„" | "``" | "«" => Role::Open,
            "»" => Role::Close,
            // Inches and minutes, unless they close a quotation.
            "\"" | "''" | "”" if before.is_some_and(|c| c.is_ascii_digit()) && !open.holds(false) => Role::Apostrophe,
            "”" if !word_before && word_after && !open.holds(false) => Role::Open,
            "”" => Role::Close,
            _ if !word_before && word_after => {
                if open.holds(false) && !after_space(before) {
                    Role::Close
                } else {
                    Role::Open
                }
            }
            _ if word_before && !word_after => Role::Close,
            _ if open.holds(false) => Role::Close,
            _ => Role::Open,
        };
    }
    if shape == "‘" {
        return if elided(tokens, at, text) && !closes_later(text, tokens, at) { Role::Apostrophe } else { Role::Open };
    }
    let closing = word_before && after.is_none_or(|c| !c.is_alphanumeric());
    if open.holds(true) && closing {
        // The states' in 'the states' rights': the quotation goes on if it is closed later.
        let plural = before.is_some_and(|c| matches!(c, 's' | 'S')) && after == Some(' ');
        return if plural && closes_later(text, tokens, at) { Role::Apostrophe } else { Role::Close };
    }
    let opening = !word_before && word_after && shape != "’" && !elided(tokens, at, text);
    if opening && closes_later(text, tokens, at) { Role::Open } else { Role::Apostrophe }
}

fn after_space(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–'))
}

/// Whether the mark stands for what was left out: '90s, 'em, 'til.
fn elided(tokens: &[Token], at: usize, text: &str) -> bool {
    let Some(next) = tokens.get(at + 1) else { return false };
    let word = next.of(text);
    next.start == tokens[at].end
        && (next.kind == Kind::Number || ["em", "til", "cause", "tis", "twas", "n", "round", "bout"].contains(&word))
}

/// How far ahead, in tokens, the end of a single quotation is looked for.
const REACH: usize = 200;

/// Whether a single quotation that opens with the mark at `at` is closed later in the paragraph.
fn closes_later(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens[at + 1..].iter().take(REACH).any(|token| {
        let shape = token.of(text);
        let before = text[..token.start as usize].chars().next_back();
        let after = text[token.end as usize..].chars().next();
        token.kind == Kind::Quote
            && matches!(shape, "'" | "’")
            && before.is_some_and(|c| !c.is_whitespace())
            && after.is_none_or(|c| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::super::Prose;

    /// The quotations of `text`: [ ] for what has both marks, [ for what is never closed, ] for what is never opened.
    fn quotations(text: &str) -> Vec<String> {
        let prose = Prose::read(text);
        let show = |(depth, q): (u8, &super::Quotation)| {
            let open = if q.open.is_some() { "[" } else { "" };
            let close = if q.close.is_some() { "]" } else { "" };
            format!("{depth}{open}{}{close}", q.inner.of(text).trim())
        };
        let outer = prose.quotations.iter().map(|quotation| (0, quotation));
        outer.chain(prose.nested.iter().map(|quotation| (1, quotation))).map(show).collect()
    }

    #[test]
    fn marks_are_paired() {
        let cases: &[(&str, &[&str])] = &[
            ("“We won,” he said. “We did.”", &["0[We won,]", "0[We did.]"]),
            ("\"We won,\" he said. \"We did.\"", &["0[We won,]", "0[We did.]"]),
            ("“He said ‘no’ to me,” she said.", &["0[He said ‘no’ to me,]", "1[no]"]),
            ("\"He said 'no, sir,' to me,\" she said.", &["0[He said 'no, sir,' to me,]", "1[no, sir,]"]),
            ("“It goes on and on.", &["0[It goes on and on."]),
            ("and on,” he said.", &["0and on,]"]),
            ("“Yes,” he said. No.” And on.", &["0[Yes,]", "0]"]),
            ("The states' rights and the '90s and rock 'n' roll.", &[]),
            ("He is 6'2\" tall and the dogs’ owner.", &[]),
            ("It was ‘an act of war,’ he said.", &["0[an act of war,]"]),
            ("It was 'the states' rights movement,' he said.", &["0[the states' rights movement,]"]),
            ("``Yes,'' she said.", &["0[Yes,]"]),
            ("(\"Up\") and \"down\"—\"left\"", &["0[Up]", "0[down]", "0[left]"]),
            ("“First. “Second,” he said.", &["0[First.", "0[Second,]"]),
            ("“He told me “no” and left,” she said.", &["0[He told me “no” and left,]", "1[no]"]),
            ("\"He told me \"no\" and \"go\".\"", &["0[He told me \"no\" and \"go\".]", "1[no]", "1[go]"]),
            ("“He said “No.”” It “rained.”", &["0[He said “No.”]", "0[rained.]", "1[No.]"]),
            ("“We lost, he said. “We know,” he said. No.”", &["0[We lost, he said.", "0[We know,]", "0]"]),
            ("A “fragment” and the “Don’t Ask” policy’s end", &["0[fragment]", "0[Don’t Ask]"]),
        ];
        for (text, expected) in cases {
            assert_eq!(quotations(text), *expected, "{text}");
        }
    }

    #[test]
    fn tokens_between_marks_are_quoted() {
        let text = "He said “no more” today";
        let quoted: Vec<&str> =
            Prose::read(text).tokens.iter().filter(|token| token.quoted).map(|token| token.of(text)).collect();
        assert_eq!(quoted, ["no", "more"]);
    }
}
