//! The model that tells how much a sentence sounds like a claim.
//!
//! What is learned from: stories in which each attribution is marked by hand. Where the content of one is put in the
//! place of its whole sentence, the story says it on nobody's word: these sentences are to be found. The sentences that
//! the story itself leaves without a source are not, nor those that have one. Other stories, in which nothing is marked,
//! teach the same as far as the program's own reading of their attributions is sure.

use std::error::Error;
use std::ops::Range;

use copydesk::check::Checker;
use copydesk::format::Format;
use copydesk::lexicon::Class;
use copydesk::prose::{Kind, Prose, Token};
use copydesk::settings::Settings;
use copydesk::story::claim::{self, SCALE, SIZE};
use copydesk::text::Span;

use crate::corpus::{self, Annotated, Story};

/// A sentence to learn from.
struct Example {
    /// Number of its story.
    story: usize,
    is: Is,
    features: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq)]
enum Is {
    /// A claim cut clean from its source: nothing else stood in the sentence, which opens a paragraph.
    Cut,
    /// A claim cut out of another sentence that opens a paragraph.
    CutOut,
    /// A sentence published without a source.
    Unsourced,
    /// A sentence with a source.
    Sourced,
    /// A sentence of a story in which nothing is marked: mostly without a source.
    Published,
    /// A claim cut clean from its source in such a story.
    CutPublished,
}

impl Is {
    const fn claim(self) -> bool {
        matches!(self, Self::Cut | Self::CutOut | Self::CutPublished)
    }

    const fn weight(self) -> f32 {
        match self {
            Self::Cut | Self::Unsourced => 1.0,
            Self::CutOut => 0.35,
            Self::Published | Self::CutPublished => 0.6,
            Self::Sourced => 7.0,
        }
    }
}

/// What there is to learn from, and how many sentences of each kind there are in all, judged or not.
#[derive(Default)]
struct Corpus {
    examples: Vec<Example>,
    cut: usize,
    unsourced: usize,
    sourced: usize,
}

/// Where the model goes.
const MODEL: &str = "model/claims.bin";

/// Learns from the stories of a corpus, prints how well that goes on stories that were kept aside, and writes the model.
pub fn train(corpus: &str, published: &[&str]) -> Result<(), Box<dyn Error>> {
    let mut learned = Corpus::default();
    for path in published {
        for (number, story) in corpus::stories(path)?.iter().enumerate() {
            learn_unmarked(&story.text, number, &mut learned);
        }
    }
    for (number, story) in corpus::stories(corpus)?.iter().enumerate() {
        learn(story, number, &mut learned);
    }
    println!("{} sentences, {} cut claims", learned.examples.len(), learned.cut);
    report(&learned);
    let weights = fit(&learned.examples.iter().collect::<Vec<_>>());
    let bytes: Vec<u8> = weights.iter().map(|weight| quantised(*weight).cast_unsigned()).collect();
    std::fs::write(MODEL, &bytes)?;
    println!("{MODEL}: {} bytes", bytes.len());
    Ok(())
}

fn quantised(weight: f32) -> i8 {
    // The limits are those of the type, so nothing is cut off.
    (weight * SCALE).round().clamp(-127.0, 127.0) as i8
}

fn learn(story: &Story, number: usize, corpus: &mut Corpus) {
    let text = story.text.as_str();
    let sourced = |span: &Range<usize>| {
        let parts = story.attributions.iter().flat_map(|one| one.content.iter().chain(&one.cue).chain(&one.source));
        parts.into_iter().any(|(start, end)| *start < span.end && span.start < *end)
    };
    let mut checker = Checker::default();
    let (sentences, examples) = judged(&mut checker, text);
    for sentence in &sentences {
        if sourced(sentence) { corpus.sourced += 1 } else { corpus.unsourced += 1 }
    }
    for (span, features) in examples {
        let is = if sourced(&span) { Is::Sourced } else { Is::Unsourced };
        corpus.examples.push(Example { story: number, is, features });
    }
    for attribution in &story.attributions {
        let Some(cut) = cut(text, &sentences, attribution) else { continue };
        corpus.cut += usize::from(cut.is == Is::Cut);
        corpus.examples.extend(cut.example(&mut checker, number));
    }
}

/// Learns from a story in which nothing is marked: the program's own reading stands in.
fn learn_unmarked(text: &str, number: usize, corpus: &mut Corpus) {
    let mut checker = Checker::default();
    let (sentences, examples) = judged(&mut checker, text);
    let example = |(_, features)| Example { story: number, is: Is::Published, features };
    corpus.examples.extend(examples.into_iter().map(example));
    for attribution in read(&mut checker, text) {
        let cut = cut(text, &sentences, &attribution).filter(|cut| cut.is == Is::Cut);
        let cut = cut.map(|cut| Cut { is: Is::CutPublished, ..cut });
        corpus.examples.extend(cut.and_then(|cut| cut.example(&mut checker, number)));
    }
}

/// The attributions that the program reads in a story, as far as it is sure.
fn read(checker: &mut Checker, text: &str) -> Vec<Annotated> {
    checker.story(text, Format::Plain, &Settings::default(), |story, draft| {
        let sure = story.attributions.iter().filter(|joined| joined.attribution.is_sure());
        sure.map(|joined| {
            let map = &draft.paragraphs[joined.paragraph].map;
            let locate = |span: &Span| {
                let span = map.locate(*span);
                (span.start, span.end)
            };
            let attribution = joined.attribution;
            Annotated {
                source: attribution.source.iter().map(locate).collect(),
                cue: attribution.cue.iter().map(locate).collect(),
                content: attribution.content.iter().map(locate).collect(),
            }
        })
        .collect()
    })
}

/// A sentence that the model judges, and its features.
type Judged = (Range<usize>, Vec<u32>);

/// The sentences of a story, and those of them that the model judges.
fn judged(checker: &mut Checker, text: &str) -> (Vec<Range<usize>>, Vec<Judged>) {
    checker.story(text, Format::Plain, &Settings::default(), |story, draft| {
        let locate = |paragraph: usize, span| {
            let span = draft.paragraphs[paragraph].map.locate(span);
            span.start..span.end
        };
        let sentences = story.paragraphs.iter().enumerate().flat_map(|(index, paragraph)| {
            paragraph.facts.prose.sentences.iter().map(move |sentence| locate(index, sentence.span))
        });
        let examples = claim::examples(story).into_iter();
        let examples = examples.map(|(place, features)| (locate(place.paragraph, place.span), features));
        (sentences.collect(), examples.collect())
    })
}

/// Fewest words of a claim.
const SHORTEST: usize = 6;

/// A story with a sentence's attribution cut away.
struct Cut {
    is: Is,
    text: String,
    /// Where the bare claim stands.
    claim: Range<usize>,
}

impl Cut {
    /// What is told of the bare claim, if it is judged.
    fn example(self, checker: &mut Checker, story: usize) -> Option<Example> {
        let Self { is, text, claim } = self;
        let (_, examples) = judged(checker, &text);
        let (_, features) = examples.into_iter().find(|(span, _)| span.start < claim.end && claim.start < span.end)?;
        Some(Example { story, is, features })
    }
}

/// Cuts an attribution away; `None` where what is attributed is no sentence by itself, or opens no paragraph.
fn cut(text: &str, sentences: &[Range<usize>], attribution: &Annotated) -> Option<Cut> {
    let [(start, end)] = attribution.content[..] else { return None };
    let sentence = sentences.iter().find(|span| span.start <= start && end <= span.end)?;
    if sentence.start > 0 && !text[..sentence.start].ends_with('\n') {
        return None;
    }
    let words = text[start..end].trim().trim_start_matches("that ").trim_end_matches([' ', ',', '.', ';', ':']);
    let prose = Prose::read(words);
    let has = |what: fn(&Token, &str) -> bool| prose.tokens.iter().any(|token| what(token, token.of(words)));
    let verb = |token: &Token, word: &str| {
        token.class.any(Class::AUXILIARY.with(Class::MODAL)) || word.len() > 4 && word.ends_with("ed")
    };
    let quoted = |token: &Token, _: &str| token.kind == Kind::Quote;
    let leaning = Class::PREPOSITION.with(Class::CONJUNCTION);
    let first = prose.tokens.first()?;
    let fragment = words.starts_with(char::is_lowercase)
        && (first.class.any(leaning) || ["him", "her", "them", "to", "about"].contains(&first.of(words)));
    if words.split_whitespace().count() < SHORTEST || fragment || has(quoted) || !has(verb) {
        return None;
    }
    let mut letters = words.chars();
    let capital = letters.next()?.to_uppercase();
    let claim = format!("{capital}{}.", letters.as_str());
    // What stood in the sentence beside the attribution.
    let parts = attribution.content.iter().chain(&attribution.cue).chain(&attribution.source);
    let own: usize = parts.map(|part| part.1.min(sentence.end).saturating_sub(part.0.max(sentence.start))).sum();
    Some(Cut {
        is: if sentence.len() <= own + 10 { Is::Cut } else { Is::CutOut },
        text: format!("{}{claim}{}", &text[..sentence.start], &text[sentence.end..]),
        claim: sentence.start..sentence.start + claim.len(),
    })
}

/// How often all examples are seen.
const ROUNDS: usize = 100;
/// How strongly weights are held near zero.
const HOLD: f32 = 15.0;

/// Logistic regression. Each round moves every weight as far as its curvature surely allows, with Nesterov's momentum.
fn fit(examples: &[&Example]) -> Vec<f32> {
    let mut curvature = vec![HOLD; SIZE];
    for example in examples {
        let most = 0.25 * example.is.weight() * example.features.len() as f32;
        example.features.iter().for_each(|feature| curvature[*feature as usize] += most);
    }
    let mut weights = vec![0.0f32; SIZE];
    let mut ahead = weights.clone();
    for round in 0..ROUNDS {
        let mut slopes: Vec<f32> = ahead.iter().map(|weight| HOLD * weight).collect();
        for example in examples {
            let target = if example.is.claim() { 1.0 } else { 0.0 };
            let error = 1.0 / (1.0 + (-score(&ahead, &example.features)).exp()) - target;
            let slope = error * example.is.weight();
            example.features.iter().for_each(|feature| slopes[*feature as usize] += slope);
        }
        let momentum = round as f32 / (round + 3) as f32;
        for index in 0..SIZE {
            let next = ahead[index] - slopes[index] / curvature[index];
            ahead[index] = next + momentum * (next - weights[index]);
            weights[index] = next;
        }
    }
    weights
}

fn score(weights: &[f32], features: &[u32]) -> f32 {
    features.iter().map(|feature| weights[*feature as usize]).sum()
}

/// In how many parts the stories are divided to judge each by what was learned from the others.
const PARTS: usize = 5;

/// Prints, for thresholds that flag so many of the unsourced sentences, how many of the cut claims they flag.
fn report(corpus: &Corpus) {
    let mut scores: Vec<(Is, i32)> = Vec::new();
    for part in 0..PARTS {
        let (held, others): (Vec<&Example>, Vec<&Example>) =
            corpus.examples.iter().partition(|example| example.story % PARTS == part);
        let weights = fit(&others);
        let sum = |features: &[u32]| features.iter().map(|f| i32::from(quantised(weights[*f as usize]))).sum();
        scores.extend(held.into_iter().map(|example| (example.is, sum(&example.features))));
    }
    let of = |is: Is| -> Vec<i32> { scores.iter().filter(|(of, _)| *of == is).map(|(_, score)| *score).collect() };
    let [cut, mut unsourced, sourced] = [of(Is::Cut), of(Is::Unsourced), of(Is::Sourced)];
    unsourced.sort_unstable_by(|a, b| b.cmp(a));
    println!("unsourced  threshold  cut claims  sourced");
    for share in [0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.1] {
        let at = (share * corpus.unsourced as f64) as usize;
        let Some(threshold) = unsourced.get(at) else { continue };
        let above = |scores: &[i32]| scores.iter().filter(|score| *score > threshold).count() as f64;
        println!(
            "{share:9.2}  {threshold:9}  {:10.3}  {:7.3}",
            above(&cut) / corpus.cut as f64,
            above(&sourced) / corpus.sourced as f64
        );
    }
}
