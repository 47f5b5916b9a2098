use std::io;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

/// So many items are worked on before their outcomes are used; it bounds how many outcomes wait in memory.
const BATCH: usize = 256;

/// A run that takes longer shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// Works on all items, on all processors, and uses the outcomes one by one in the order of the items.
///
/// # Errors
///
/// The first error of `done`, which ends the run.
pub(super) fn in_order<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    // A single draft is not worth starting threads for.
    if let [item] = items {
        return done(work(item));
    }
    let started = Instant::now();
    let mut bar: Option<ProgressBar> = None;
    for (index, batch) in items.chunks(BATCH).enumerate() {
        let outcomes: Vec<R> = batch.par_iter().map(&work).collect();
        let use_all = || outcomes.into_iter().try_for_each(&mut done);
        if bar.is_none() && started.elapsed() > PATIENCE {
            bar = Some(progress(items.len()));
        }
        match &bar {
            None => use_all()?,
            Some(bar) => {
                bar.suspend(use_all)?;
                bar.set_position((index * BATCH + batch.len()) as u64);
            }
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    Ok(())
}

/// A progress bar on standard error; it hides where that is no terminal.
fn progress(length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_bar} {pos} of {len} drafts, {eta} to go");
    ProgressBar::new(length as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
