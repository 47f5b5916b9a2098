use std::io::Write;

use super::Rules;
use crate::check;
use crate::cli::args::Test;
use crate::cli::check::status;
use crate::cli::table::{count, right, table};
use crate::cli::{list_width, look, many};
use crate::files::{self, Input, Problem};
use crate::format::Format;
use crate::report::{self, Checked, Piece};

/// What the rules found in one story.
struct Story {
    words: usize,
    /// How many alerts each rule has, and the first of them as they are shown.
    alerts: Vec<(usize, Vec<String>)>,
}

/// What a rule found in all of them.
#[derive(Clone, Default)]
struct Count {
    alerts: usize,
    drafts: usize,
    shown: Vec<String>,
}

/// `copydesk test --on`: what the rules would have flagged in past stories. Whatever that is, the run does not fail.
pub(super) fn run(args: &Test, rules: &Rules, out: &mut impl Write) -> anyhow::Result<u8> {
    let settings = rules.settings(|_| true);
    let names: Vec<&str> = rules.words.rules().iter().map(|rule| rule.name).collect();
    let look = look();
    let (inputs, mut problems) = files::find(&args.on);
    let work = |input: &Input| -> Result<Story, Problem> {
        let text = input.read()?;
        let name = input.name();
        let found = check::check(&text, Format::of_path(&name), &settings);
        let of_rule = |rule: &&str| {
            let found: Vec<_> = found.iter().filter(|found| found.rule == *rule).collect();
            let first = found.iter().take(args.show).map(|found| (*found).clone()).collect::<Vec<_>>();
            let show = |found| match report::Format::Full
                .piece(&Checked::new(&name, &text, std::slice::from_ref(found)), look)
            {
                Piece::Text(shown) => shown,
                Piece::Suite(_) | Piece::Results(_) => String::new(),
            };
            (found.len(), first.iter().map(show).collect())
        };
        Ok(Story { words: text.split_whitespace().count(), alerts: names.iter().map(of_rule).collect() })
    };
    let (mut drafts, mut words) = (0, 0);
    let mut counts = vec![Count::default(); names.len()];
    many::in_order(&inputs, work, |outcome| {
        match outcome {
            Ok(story) => {
                drafts += 1;
                words += story.words;
                for (count, (alerts, shown)) in counts.iter_mut().zip(story.alerts) {
                    count.alerts += alerts;
                    count.drafts += usize::from(alerts > 0);
                    let room = args.show - count.shown.len();
                    count.shown.extend(shown.into_iter().take(room));
                }
            }
            Err(problem) => problems.push(problem),
        }
        Ok(())
    })?;
    for alert in counts.iter().flat_map(|count| &count.shown) {
        out.write_all(alert.as_bytes())?;
    }
    let heading = ["Alerts", "Drafts", "Per 1,000 words", "Rule"].map(String::from).to_vec();
    let rows = names.iter().zip(&counts).map(|(name, count)| {
        vec![count.alerts.to_string(), count.drafts.to_string(), rate(count.alerts, words), (*name).to_string()]
    });
    let mut rows: Vec<_> = std::iter::once(heading).chain(rows).collect();
    right(&mut rows, 0..3);
    out.write_all(table(&rows, 0, list_width()).as_bytes())?;
    writeln!(out, "\n{} read, {words} words.", count(drafts, "draft"))?;
    Ok(status(&problems, false))
}

/// Alerts for each thousand words.
#[allow(clippy::cast_precision_loss)] // Nobody has that many words.
fn rate(alerts: usize, words: usize) -> String {
    format!("{:.2}", alerts as f64 * 1000.0 / words.max(1) as f64)
}
