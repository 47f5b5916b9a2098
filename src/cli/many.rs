use std::io;
use std::sync::Once;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
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
    let bar = ProgressBar::with_draw_target(Some(items.len() as u64), ProgressDrawTarget::hidden());
    let (started, shown) = (Instant::now(), Once::new());
    let work = |item: &T| {
        let outcome = work(item);
        if started.elapsed() > PATIENCE {
            shown.call_once(|| show(&bar));
        }
        bar.inc(1);
        outcome
    };
    for batch in items.chunks(BATCH) {
        let outcomes: Vec<R> = batch.par_iter().map(work).collect();
        bar.suspend(|| outcomes.into_iter().try_for_each(&mut done))?;
    }
    bar.finish_and_clear();
    Ok(())
}

/// Shows the bar on standard error, if that is a terminal.
fn show(bar: &ProgressBar) {
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos} of {len} drafts, {eta} to go") {
        bar.set_style(style);
    }
    bar.set_draw_target(ProgressDrawTarget::stderr());
}
