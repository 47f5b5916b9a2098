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
    /// 0 for a quotation, 1 for one inside it.
    pub depth: u8,
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

/// Pairs the quotation marks of a paragraph, and marks what stands between them as quoted. An apostrophe that stands
/// alone ("the states' rights", "the '90s") becomes a [`Kind::Possessive`] or a plain mark.
pub(super) fn pair(text: &str, tokens: &mut [Token]) -> Vec<Quotation> {
    let mut quotations: Vec<Quotation> = Vec::new();
    // Indices of the quotations that are open, the outer one first.
    let mut open: Vec<usize> = Vec::new();
    // Where the last quotation ended.
    let mut done = 0;
    for at in 0..tokens.len() {
        if tokens[at].kind != Kind::Quote {
            tokens[at].quoted = !open.is_empty();
            continue;
        }
        let mark = Mark { span: tokens[at].span(), single: is_single(tokens[at].of(text)) };
        match role(text, tokens, at, mark, &open, &quotations) {
            Role::Apostrophe => {
                let after_word = at > 0 && tokens[at - 1].end == tokens[at].start;
                tokens[at].kind = if after_word { Kind::Possessive } else { Kind::Mark };
                tokens[at].quoted = !open.is_empty();
            }
            Role::Open => {
                // A mark that opens while the same kind is open: the earlier one was never closed.
                while let Some(last) =
                    open.pop_if(|last| quotations[*last].open.is_some_and(|o| o.single == mark.single))
                {
                    quotations[last].inner.end = mark.span.start;
                }
                open.push(quotations.len());
                quotations.push(Quotation {
                    open: Some(mark),
                    close: None,
                    inner: Span::new(mark.span.end, text.len()),
                    depth: (open.len() - 1).min(255) as u8,
                });
            }
            Role::Close => {
                let opened =
                    open.iter().rposition(|last| quotations[*last].open.is_some_and(|o| o.single == mark.single));
                if let Some(index) = opened {
                    // What was opened inside it ends with it.
                    for inner in open.drain(index + 1..).collect::<Vec<_>>() {
                        quotations[inner].inner.end = mark.span.start;
                    }
                    if let Some(last) = open.pop() {
                        quotations[last].inner.end = mark.span.start;
                        quotations[last].close = Some(mark);
                    }
                } else if open.is_empty() {
                    // Unless the paragraph may go on with the quotation of the one before it, nobody knows where it
                    // begins.
                    let inner = Span::new(if done == 0 { 0 } else { mark.span.start }, mark.span.start);
                    let first = tokens[..at].partition_point(|token| (token.start as usize) < inner.start);
                    for token in &mut tokens[first..at] {
                        token.quoted = true;
                    }
                    quotations.push(Quotation { open: None, close: Some(mark), inner, depth: 0 });
                }
                if open.is_empty() {
                    done = mark.span.end;
                }
            }
        }
    }
    quotations
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
fn role(text: &str, tokens: &[Token], at: usize, mark: Mark, open: &[usize], quotations: &[Quotation]) -> Role {
    let before = text[..mark.span.start].chars().next_back();
    let after = text[mark.span.end..].chars().next();
    let word_before =
        before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '—' | '–' | '“' | '‘' | '/'));
    let word_after = after.is_some_and(|c| !c.is_whitespace());
    let is_open = |single| open.iter().any(|last| quotations[*last].open.is_some_and(|o| o.single == single));
    let shape = mark.span.of(text);
    if !mark.single {
        return match shape {
            "“" | "„" | "``" | "«" => Role::Open,
            "»" => Role::Close,
            // Inches and minutes, unless they close a quotation.
            "\"" | "''" | "”" if before.is_some_and(|c| c.is_ascii_digit()) && !is_open(false) => Role::Apostrophe,
            "”" if !word_before && word_after && !is_open(false) => Role::Open,
            "”" => Role::Close,
            _ if !word_before && word_after => {
                if is_open(false) && !after_space(before) {
                    Role::Close
                } else {
                    Role::Open
                }
            }
            _ if word_before && !word_after => Role::Close,
            _ if is_open(false) => Role::Close,
            _ => Role::Open,
        };
    }
    if shape == "‘" {
        return if elided(tokens, at, text) && !closes_later(text, tokens, at) { Role::Apostrophe } else { Role::Open };
    }
    let closing = word_before && after.is_none_or(|c| !c.is_alphanumeric());
    if is_open(true) && closing {
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
        let show = |q: &super::Quotation| {
            let open = if q.open.is_some() { "[" } else { "" };
            let close = if q.close.is_some() { "]" } else { "" };
            format!("{}{open}{}{close}", q.depth, q.inner.of(text).trim())
        };
        prose.quotations.iter().map(show).collect()
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
