//! Annotated stories: one JSON object a line, `{text, attributions: [{source, cue, content}]}`, spans in characters.

use std::error::Error;

use copydesk::format::{self, Format};
use copydesk::prose::Prose;
use copydesk::story::attribution::tagger::{View, label};
use serde_json::Value;

/// A paragraph, its tokens and their labels.
pub struct Paragraph {
    pub text: String,
    pub prose: Prose,
    pub labels: Vec<label::Label>,
}

impl Paragraph {
    /// The paragraph as the tagger sees it.
    pub fn view(&self, cue: impl Fn(u64) -> u8) -> View {
        View::of(&self.text, &self.prose, cue)
    }
}

/// A story and its annotated attributions.
pub struct Story {
    pub text: String,
    pub attributions: Vec<Annotated>,
}

type Spans = Vec<(usize, usize)>;

/// An annotated attribution, its spans in bytes.
pub struct Annotated {
    pub source: Spans,
    pub cue: Spans,
    pub content: Spans,
}

/// The stories of a file.
pub fn stories(path: &str) -> Result<Vec<Story>, Box<dyn Error>> {
    let lines = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let mut stories = Vec::new();
    for (number, line) in lines.lines().enumerate() {
        let story: Value = serde_json::from_str(line)?;
        let text = story["text"].as_str().ok_or_else(|| format!("{path}:{}: no text", number + 1))?;
        stories.push(Story { text: text.to_owned(), attributions: attributions(&story, text) });
    }
    Ok(stories)
}

/// The paragraphs of all stories of a file.
pub fn read(path: &str) -> Result<Vec<Paragraph>, Box<dyn Error>> {
    let stories = stories(path)?;
    Ok(stories.iter().flat_map(|story| story_paragraphs(&story.text, &story.attributions)).collect())
}

fn attributions(story: &Value, text: &str) -> Vec<Annotated> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let spans = |value: &Value| -> Spans {
        let one = |pair: &Value| Some((bytes[pair[0].as_u64()? as usize], bytes[pair[1].as_u64()? as usize]));
        let all = value.as_array().map(|all| all.iter().filter_map(one).collect());
        one(value).map(|span| vec![span]).or(all).unwrap_or_default()
    };
    let annotated = story["attributions"].as_array().into_iter().flatten();
    annotated
        .map(|one| Annotated {
            source: spans(&one["source"]),
            cue: spans(&one["cue"]),
            content: spans(&one["content"]),
        })
        .collect()
}

fn story_paragraphs(text: &str, attributions: &[Annotated]) -> Vec<Paragraph> {
    let draft = format::read(text, Format::Plain);
    let paragraphs = draft.paragraphs.iter();
    paragraphs
        .map(|paragraph| {
            let prose = Prose::read(&paragraph.text);
            let located = prose.tokens.iter().map(|token| paragraph.map.locate(token.span()));
            let located: Vec<(usize, usize)> = located.map(|span| (span.start, span.end)).collect();
            let labels = labels(&located, attributions);
            Paragraph { text: paragraph.text.to_string(), prose, labels }
        })
        .collect()
}

/// The labels of tokens that stand at `tokens` of the file.
fn labels(tokens: &[(usize, usize)], attributions: &[Annotated]) -> Vec<label::Label> {
    let mut labels = vec![label::OUTSIDE; tokens.len()];
    let mut mark = |(start, end): (usize, usize), opening: label::Label| {
        let covered = |(first, last): &(usize, usize)| *last > start && *first < end;
        let first = tokens.iter().position(covered).unwrap_or(0);
        for (nth, at) in (first..tokens.len()).take_while(|at| covered(&tokens[*at])).enumerate() {
            if labels[at] == label::OUTSIDE || opening == label::CUE {
                labels[at] = if nth == 0 { opening } else { opening + 1 };
            }
        }
    };
    for one in attributions {
        let cue = one.cue.first().map_or(0, |cue| cue.0);
        let side = |span: &(usize, usize), before, after| if span.0 < cue { before } else { after };
        one.source.iter().for_each(|span| mark(*span, side(span, label::SOURCE_BEFORE, label::SOURCE_AFTER)));
        one.content.iter().for_each(|span| mark(*span, side(span, label::CONTENT_BEFORE, label::CONTENT_AFTER)));
        one.cue.iter().for_each(|span| mark(*span, label::CUE));
    }
    labels
}
