use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;

use super::args::{Check, What};
use super::baseline::{self, Baselines};
use super::desk::{self, Choice, Desk};
use super::table::count;
use super::{FAILED, FOUND, complain, look, many, rewrite};
use crate::baseline::Sorted;
use crate::config;
use crate::config::discover::BaselineFile;
use crate::diagnostic::{Diagnostic, Severity};
use crate::files::{self, Input, Problem};
use crate::fix::{self, Applicability};
use crate::format::Format;
use crate::report::{self, Checked, Look, Piece, Report};

/// What came of one draft.
struct Outcome {
    piece: Piece,
    tally: Tally,
    /// The baseline that counts for it, and what is wrong with its entries for this draft.
    baseline: Option<(Arc<BaselineFile>, Vec<Diagnostic>)>,
    /// The draft as mended, if it goes to standard output.
    mended: Option<String>,
    /// Why it could not be mended; it is then reported as it is.
    problem: Option<Problem>,
    /// What to say of rules that did not read all of it.
    given_up: Vec<String>,
}

/// What was found, added up.
#[derive(Default)]
struct Tally {
    drafts: usize,
    with_findings: usize,
    by_severity: BTreeMap<Severity, usize>,
    by_rule: BTreeMap<String, usize>,
    /// Findings with a safe fix, and those with others only.
    fixable: usize,
    offered: usize,
    fixed: usize,
    /// Mistakes in configurations.
    mistakes: usize,
    /// Findings that a baseline holds back, and entries that hold nothing back.
    held: usize,
    idle: usize,
}

/// `copydesk check`.
pub(super) fn run(args: &Check) -> anyhow::Result<u8> {
    let desk = Desk::new(&args.what, Choice { select: &args.select, ignore: &args.ignore }, args.baseline.as_deref())?;
    let (inputs, mut problems) = inputs(&args.what)?;
    if args.write_baseline {
        return baseline::write(&desk, &inputs, problems);
    }
    if let Some(path) = args.baseline.as_ref().filter(|path| !path.exists()) {
        bail!("{}: there is no such file. --write-baseline writes it.", path.display());
    }
    if args.diff {
        return diff(args, &desk, &inputs, problems);
    }
    let look = look();
    // The mended draft goes where the draft came from; the report must not stand between.
    let aside = args.fix && matches!(inputs.as_slice(), [Input::Stdin(_)]);
    let mut report = Report::begin(args.format, output(args.format, aside))?;
    let mut tally = Tally::default();
    let mut mended = None;
    let mut baselines = Baselines::default();
    let mut given_up = BTreeSet::new();
    many::in_order(
        &inputs,
        |input| examine(input, args, &desk, look),
        |outcome| {
            match outcome {
                Ok(outcome) => {
                    tally.add(outcome.tally);
                    baselines.add(outcome.baseline);
                    mended = outcome.mended;
                    problems.extend(outcome.problem);
                    given_up.extend(outcome.given_up);
                    report.add(outcome.piece)?;
                }
                Err(problem) => problems.push(problem),
            }
            Ok(())
        },
    )?;
    let mut idle =
        baselines.idle(&desk, args.what.paths.is_empty() || args.what.paths.iter().any(|path| path.is_dir()));
    tally.idle = idle.values().map(|(_, found)| found.len()).sum();
    let mut fails = false;
    for found in desk.mistaken() {
        // A mistake in a style from elsewhere turns one rule off, and is no reason to fail.
        tally.mistakes += found.mistakes.iter().filter(|mistake| mistake.severity == Severity::Error).count();
        let mistakes = found.mistakes.clone();
        idle.entry(found.path.clone()).or_insert_with(|| (found, Vec::new())).1.extend(mistakes);
    }
    for (found, diagnostics) in idle.values() {
        let path = desk::shown(&found.path);
        report.add(args.format.piece(&Checked::new(&path, &found.text, diagnostics), look))?;
        fails |= diagnostics.iter().any(|diagnostic| args.fail_on.fails(diagnostic.severity));
    }
    problems.extend(desk.problems());
    for problem in &problems {
        report.fail(&problem.path, &problem.what);
    }
    let mut out = report.end()?;
    // Where nothing could be read, there is nothing to sum up.
    let summed_up = tally.drafts > 0 || problems.is_empty();
    if args.format == report::Format::Full && summed_up {
        writeln!(out, "{}", tally.summary(args.unsafe_fixes))?;
    }
    out.flush()?;
    drop(out);
    if args.format == report::Format::Concise && summed_up {
        writeln!(anstream::stderr(), "{}", tally.summary(args.unsafe_fixes))?;
    }
    for rule in given_up {
        writeln!(anstream::stderr(), "{rule}")?;
    }
    if args.statistics {
        writeln!(anstream::stderr(), "{}", tally.statistics())?;
    }
    if let Some(mended) = mended {
        io::stdout().write_all(mended.as_bytes())?;
    }
    let found = fails || tally.by_severity.keys().any(|severity| args.fail_on.fails(*severity));
    Ok(if tally.mistakes > 0 { FAILED } else { 0 }.max(status(&problems, found)))
}

/// What to read.
pub(super) fn inputs(what: &What) -> anyhow::Result<(Vec<Input>, Vec<Problem>)> {
    if what.paths.iter().any(|path| path.as_os_str() == "-") {
        if what.paths.len() > 1 {
            bail!("`-`, standard input, can't be checked together with files. Check it by itself.");
        }
        let name = what.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("-"));
        return Ok((vec![Input::Stdin(name)], Vec::new()));
    }
    if what.stdin_filename.is_some() {
        bail!("--stdin-filename names the draft on standard input; give `-` as the path to read it.");
    }
    let (inputs, problems) = files::find(&what.paths);
    if inputs.is_empty() && problems.is_empty() {
        // Not an error: a folder may be empty today.
        let endings: Vec<String> =
            Format::ENDINGS.iter().flat_map(|(_, endings)| *endings).map(|it| format!(".{it}")).collect();
        writeln!(anstream::stderr(), "No drafts here: nothing that ends in {}.", endings.join(", "))?;
    }
    Ok((inputs, problems))
}

/// Tells of the problems, and gives the exit status.
pub(super) fn status(problems: &[Problem], found: bool) -> u8 {
    for problem in problems {
        complain(problem);
    }
    if !problems.is_empty() {
        FAILED
    } else if found {
        FOUND
    } else {
        0
    }
}

/// Where the report goes. Colours are taken out where they are not wanted; what programs read has none.
fn output(format: report::Format, aside: bool) -> Box<dyn Write> {
    match (format.is_for_people(), aside) {
        (true, false) => Box::new(BufWriter::new(anstream::stdout().lock())),
        (true, true) => Box::new(BufWriter::new(anstream::stderr().lock())),
        (false, false) => Box::new(BufWriter::new(io::stdout().lock())),
        (false, true) => Box::new(BufWriter::new(io::stderr().lock())),
    }
}

fn examine(input: &Input, args: &Check, desk: &Desk<'_>, look: Look) -> Result<Outcome, Problem> {
    let mut text = input.read()?;
    let name = input.name();
    let format = Format::of_path(&name);
    let settings = desk.settings(input.path());
    let baseline = desk.baseline(input.path());
    let find = |text: &str| baseline::find(input.path(), text, format, &settings, baseline.as_deref());
    let (mut fixed, mut problem) = (0, None);
    if args.fix {
        let (mended, count) = rewrite::mend(&text, args.unsafe_fixes, |text| find(text).new);
        let written = match input {
            Input::File(path) if mended != text => files::replace(path, &mended),
            _ => Ok(()),
        };
        match written {
            Ok(()) => (text, fixed) = (mended, count),
            Err(error) => problem = Some(Problem::new(&name, &format!("not fixed: {error}."))),
        }
    }
    let Sorted { new, held, idle } = find(&text);
    let piece = args.format.piece(&Checked::new(&name, &text, &new).by(&settings.words), look);
    let mended = (args.fix && matches!(input, Input::Stdin(_))).then_some(text);
    let tally = Tally { held: held.len(), ..Tally::of(&new, fixed) };
    let baseline = baseline.map(|file| {
        let idle = config::idle(&file.baseline, &idle, &file.source.text, &settings);
        (file, idle)
    });
    let given_up = settings.words.given_up().collect();
    Ok(Outcome { piece, tally, baseline, mended, problem, given_up })
}

/// Shows what `--fix` would change.
fn diff(args: &Check, desk: &Desk<'_>, inputs: &[Input], mut problems: Vec<Problem>) -> anyhow::Result<u8> {
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut fixes, mut drafts) = (0, 0);
    let work = |input: &Input| -> Result<(String, usize), Problem> {
        let text = input.read()?;
        let name = input.name();
        let settings = desk.settings(input.path());
        let baseline = desk.baseline(input.path());
        let format = Format::of_path(&name);
        let find = |text: &str| baseline::find(input.path(), text, format, &settings, baseline.as_deref()).new;
        let (mended, count) = rewrite::mend(&text, args.unsafe_fixes, find);
        Ok((rewrite::diff(&name, &text, &mended), count))
    };
    many::in_order(inputs, work, |outcome| {
        match outcome {
            Ok((diff, count)) if !diff.is_empty() => {
                fixes += count;
                drafts += 1;
                out.write_all(diff.as_bytes())?;
            }
            Ok(_) => {}
            Err(problem) => problems.push(problem),
        }
        Ok(())
    })?;
    out.flush()?;
    drop(out);
    let mistaken = desk.mistakes()?;
    problems.extend(desk.problems());
    let would = format!("--fix would make {} in {}.", count(fixes, "fix"), count(drafts, "draft"));
    writeln!(anstream::stderr(), "{}", if drafts == 0 { "--fix would change nothing." } else { &would })?;
    Ok(mistaken.max(status(&problems, drafts > 0)))
}

impl Tally {
    /// What was found in one draft.
    fn of(found: &[Diagnostic], fixed: usize) -> Self {
        let mut tally = Self { drafts: 1, with_findings: usize::from(!found.is_empty()), fixed, ..Self::default() };
        for diagnostic in found {
            *tally.by_severity.entry(diagnostic.severity).or_default() += 1;
            *tally.by_rule.entry(diagnostic.rule.into()).or_default() += 1;
            match fix::choose(&diagnostic.fixes, true).map(|fix| fix.applicability) {
                Some(Applicability::Safe) => tally.fixable += 1,
                Some(Applicability::Unsafe) => tally.offered += 1,
                // Not even --unsafe-fixes makes a choice.
                Some(Applicability::Choice) | None => {}
            }
        }
        tally
    }

    fn add(&mut self, other: Self) {
        self.drafts += other.drafts;
        self.with_findings += other.with_findings;
        self.fixable += other.fixable;
        self.offered += other.offered;
        self.fixed += other.fixed;
        self.held += other.held;
        for (severity, count) in other.by_severity {
            *self.by_severity.entry(severity).or_default() += count;
        }
        for (rule, count) in other.by_rule {
            *self.by_rule.entry(rule).or_default() += count;
        }
    }

    /// What was found, in a line or two.
    fn summary(&self, also_unsafe: bool) -> String {
        let read = count(self.drafts, "draft");
        let counts = self.by_severity.iter().rev().map(|(severity, number)| count(*number, severity.name()));
        let mut summary = match counts.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => format!("{read} read: nothing to report."),
            some => format!("{some} in {} of {read}.", self.with_findings),
        };
        if self.mistakes > 0 {
            let _ = write!(summary, " {} in the configuration.", count(self.mistakes, "mistake"));
        }
        if self.held > 0 {
            let _ = write!(summary, " {} held back by the baseline.", self.held);
        }
        if self.idle > 0 {
            let what = if self.idle == 1 { "entry of it holds" } else { "entries of it hold" };
            let _ = write!(summary, " {} {what} nothing back: --write-baseline drops them.", self.idle);
        }
        if self.fixed > 0 {
            let _ = write!(summary, " {} made.", count(self.fixed, "fix"));
        }
        if self.fixable > 0 {
            let _ = write!(summary, "\n{} can be fixed with --fix.", self.fixable);
        }
        if self.offered > 0 && !also_unsafe {
            let have = if self.offered == 1 { "has" } else { "have" };
            let _ =
                write!(summary, "\n{} {have} a possible fix: look first, or use --fix --unsafe-fixes.", self.offered);
        }
        summary
    }

    /// How often each rule spoke, the most frequent first.
    fn statistics(&self) -> String {
        let mut rules: Vec<_> = self.by_rule.iter().map(|(rule, count)| (*count, rule.as_str())).collect();
        rules.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let lines = rules.iter().map(|(count, rule)| format!("{count:>7}  {rule}"));
        lines.collect::<Vec<_>>().join("\n")
    }
}
