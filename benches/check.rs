//! How long a check takes: opening a draft, one keystroke in it, a check and a reading of the whole, at four
//! sizes; and a batch of stories. `cargo bench`; the figures are in ARCHITECTURE.md.

use copydesk::check::{self, Checker};
use copydesk::diagnostic::Diagnostic;
use copydesk::format::Format;
use copydesk::settings::Settings;
use copydesk::text::{Document, Encoding, Position, Range};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// Draft sizes, in bytes.
const SIZES: [usize; 4] = [6_000, 100_000, 1_000_000, 10_000_000];

const SURNAMES: [&str; 12] =
    ["Quill", "Dahl", "Orr", "Moreau", "Tanaka", "Lindqvist", "Abara", "Kovac", "Ferrante", "Okafor", "Byrne", "Sato"];
const TOWNS: [&str; 8] = ["Halden", "Port Arran", "Eastmere", "Viborg", "Marlow", "Kesh", "Tolland", "Ravenna"];

/// A paragraph of news about invented people, no two alike.
fn paragraph(n: usize) -> String {
    let name = SURNAMES[n % SURNAMES.len()];
    let other = SURNAMES[(n / 5 + 3) % SURNAMES.len()];
    let town = TOWNS[n / 3 % TOWNS.len()];
    match n % 6 {
        0 => format!(
            "{town} Mayor Ada {name} said Tuesday that the council would spend ${n}.5 million on the harbor wall, which \
             storms broke in two places last winter.\n\n"
        ),
        1 => format!(
            "“We have waited {n} years for this,” {name} said. “Nobody here believed it would come, and now the cranes \
             are on the quay.”\n\n"
        ),
        2 => format!(
            "The work will close Dock Street from Dec. 6 to Feb. {}, according to the port authority, and {n} ferry \
             crossings a week will move to the north pier.\n\n",
            n % 28 + 1
        ),
        3 => format!(
            "Bo {other}, an economist at the University of {town} who was not involved in the plan, said the cost could \
             rise by {n} percent if steel prices keep climbing, adding that \"no one has an exact figure.\"\n\n"
        ),
        4 => format!(
            "The council voted 7-2 in favor. {other} and one other member, who represent the old town, voted no; {n} \
             people spoke at the hearing, and multiple media outlets reported long lines outside.\n\n"
        ),
        _ => format!(
            "Gov. Per {name} said in a statement that the state would match the money. He did not say when. The \
             ministry of transport denied that it had turned down request No. {n} in {town}, Ill., on Jan. 15.\n\n"
        ),
    }
}

/// A draft of at least `bytes` bytes.
fn draft(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 400);
    text.push_str("HALDEN, Ill. (AP) — The harbor wall will be rebuilt, the mayor said Tuesday.\n\n");
    for n in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&paragraph(n));
    }
    text
}

fn fresh(text: &str) -> Vec<Diagnostic> {
    check::check(text, Format::Plain, &Settings::default())
}

/// From a text to a document that can be edited, and its first diagnostics.
#[divan::bench(args = SIZES)]
fn open(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = draft(bytes);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| (Document::new(&text), fresh(&text)));
}

/// A letter typed in the middle of a draft that was checked before, and the diagnostics after it.
#[divan::bench(args = SIZES)]
fn keystroke(bencher: Bencher<'_, '_>, bytes: usize) {
    let mut document = Document::new(&draft(bytes));
    let mut checker = Checker::default();
    let settings = Settings::default();
    let mut recheck = move |document: &Document| {
        checker.check(&document.text(), Format::Plain, &settings, &|| false).map(|found| found.len())
    };
    let line = document.position(bytes / 2, Encoding::Utf16).line / 2 * 2;
    let at = Position { line, character: 8 };
    let _ = recheck(&document);
    bencher.bench_local(move || {
        document.change(Range { start: at, end: at }, "e", Encoding::Utf16);
        recheck(&document)
    });
}

/// A check of the whole draft with nothing known of it.
#[divan::bench(args = SIZES)]
fn full(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = draft(bytes);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| fresh(&text));
}

/// A reading of the whole draft with nothing known of it, as `inspect` does: no rules.
#[divan::bench(args = SIZES)]
fn understand(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = draft(bytes);
    let read = || {
        let settings = Settings::default();
        Checker::default().story(&text, Format::Plain, &settings, |story, _| story.attributions.len())
    };
    bencher.counter(BytesCount::of_str(&text)).bench_local(read);
}

/// A story of so many people, no two of one name; each is named again and says something.
fn crowd(people: usize) -> String {
    const GIVEN: [&str; 8] = ["Ana", "Bo", "Carl", "Dana", "Erik", "Greta", "Hugo", "Ines"];
    const OPEN: [&str; 10] = ["Ba", "De", "Fi", "Go", "Lu", "Ma", "Ne", "Pi", "Ro", "Su"];
    const MIDDLE: [&str; 10] = ["da", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu"];
    const END: [&str; 10] = ["ldar", "rrin", "nstel", "vick", "mmond", "lsen", "rbach", "thwell", "shaw", "ntley"];
    let person = |n: usize| {
        let given = GIVEN[n % GIVEN.len()];
        let again = MIDDLE[n / 1_000 % MIDDLE.len()];
        let surname = format!("{}{}{again}{}", OPEN[n % 10], MIDDLE[n / 10 % 10], END[n / 100 % 10]);
        format!(
            "{given} {surname}, a teacher, said on Friday that the road to the harbor had been closed for {n} hours. \
             {surname} left at noon.\n\n"
        )
    };
    (0..people).map(person).collect()
}

/// A check of a story of very many people: twice the people may take twice the time.
#[divan::bench(args = [1_250, 2_500, 5_000, 10_000])]
fn many_people(bencher: Bencher<'_, '_>, people: usize) {
    let text = crowd(people);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| fresh(&text));
}

/// A thousand stories of 6 KB, one after the other on one core.
#[divan::bench]
fn batch(bencher: Bencher<'_, '_>) {
    let stories: Vec<String> = (0..1_000).map(|story| (story * 30..story * 30 + 30).map(paragraph).collect()).collect();
    let bytes = stories.iter().map(String::len).sum::<usize>();
    let all = || stories.iter().map(|story| fresh(story).len()).sum::<usize>();
    bencher.counter(BytesCount::new(bytes)).bench_local(all);
}
