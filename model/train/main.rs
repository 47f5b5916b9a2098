//! Learns the models in `model/` from annotated news. `model/README.md` says how to run it.

mod attribution;
mod claims;
mod corpus;
mod crf;
mod pack;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["attribution", corpus] => attribution::train(corpus),
        ["claims", corpus, published @ ..] => claims::train(corpus, published),
        _ => Err("usage: train attribution|claims CORPUS.jsonl".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train: {error}");
            ExitCode::FAILURE
        }
    }
}
