use super::{Line, in_capitals};
use crate::diagnostic::Severity;
use crate::fix::Applicability;
use crate::lexicon::places::{self, Region};
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::Story;
use crate::story::dateline::Slip;
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dateline/format",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: crate::rules::rule::COPY,
    yields_to: &[],
    page: include_str!("../../../rules/dateline/format.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let Some(line) = Line::of(story, style) else { return Vec::new() };
    // A region that is to go needs no comma.
    let needless = |gap: Span| {
        let ends = |(place, region): (Span, Option<Span>)| {
            region.is_some_and(|region| region.start == gap.end && line.is_needless(place, region))
        };
        line.form.ap_regions && line.parts.places().any(ends)
    };
    let slips = line.parts.slips.iter().filter(|slip| !matches!(slip, Slip::Comma(gap) if needless(*gap)));
    slips
        .map(|slip| slipped(line, *slip))
        .chain(unspaced(line))
        .chain(too_spaced(line))
        .chain(misspelt(line))
        .chain(agency(line))
        .chain(needless_date(line, style))
        .chain(needless_year(line))
        .chain(other_names(line))
        .chain(undated(line))
        .chain(regions(line))
        .collect()
}

fn slipped(line: Line<'_>, slip: Slip) -> Finding {
    let parts = line.parts;
    match slip {
        Slip::Comma(gap) => {
            let region = parts.places().find_map(|(_, region)| region.filter(|region| region.start == gap.end));
            let what = if region.is_some() { "state or country" } else { "date" };
            let next = region.or(parts.date).unwrap_or(gap);
            let message = format!("A comma is missing before the {what} in the dateline.");
            line.finding(next, message, vec![Repair::safe("Put the comma in", line.at(gap), ", ")])
        }
        Slip::Stray(mark) => {
            let before_date = parts.date.is_some_and(|date| {
                line.text[mark.end..date.start.max(mark.end)].trim().is_empty() && date.start >= mark.end
            });
            let right = if before_date && !line.text[..mark.start].ends_with(',') { "," } else { "" };
            let written = line.words(mark).trim();
            let message = match written {
                "" => "The space before the comma in the dateline is one too many.".to_owned(),
                "," | "." => format!("The “{written}” here in the dateline is one too many."),
                _ => format!("“{written}” does not belong inside the dateline: its one dash stands at its end."),
            };
            line.finding(mark, message, vec![Repair::safe("Take it out", line.at(mark), right)])
        }
        Slip::Bracket(written) => {
            let span = parts.agency.unwrap_or(written);
            let right = format!("({})", line.words(span));
            let message = format!("The agency stands in round brackets: “{right}”.");
            let space = if line.words(written).starts_with(',') { " " } else { "" };
            let repair = Repair::safe(format!("Write “{right}”"), line.at(written), format!("{space}{right}"));
            line.finding(span, message, vec![repair])
        }
        Slip::DayFirst => {
            let (span, month, day) = (parts.date.unwrap_or_default(), parts.month, parts.day);
            let words = |span: Option<Span>| span.map_or("", |span| line.words(span));
            let right = format!("{} {}", words(month), words(day));
            let both = month.zip(day).map_or(span, |(month, day)| month.cover(day));
            let message = format!("The month stands before the day in a dateline: “{right}”.");
            line.finding(span, message, vec![Repair::safe(format!("Write “{right}”"), line.at(both), right)])
        }
        Slip::Ordinal(ending) => {
            let day = parts.day.map_or(ending, |day| day.cover(ending));
            let message = format!("A day of the month is a plain figure: no “{}”.", line.words(ending));
            line.finding(day, message, vec![Repair::safe("Take the letters out", line.at(ending), "")])
        }
        Slip::Weekday(written) => {
            let name = line.words(written).trim_end().trim_end_matches(',');
            let message = format!("A dateline gives the date without the day of the week: drop “{name}”.");
            let span = Span::new(written.start, written.start + name.len());
            line.finding(span, message, vec![Repair::safe(format!("Drop “{name}”"), line.at(written), "")])
        }
        Slip::AgencyFirst(written) => {
            let agency = line.words(written).trim_end();
            let span = Span::new(written.start, written.start + agency.len());
            let end = line.text[..parts.end_of_parts()].trim_end().len();
            let message = format!("The agency stands after the place, before the dash: move “{agency}” there.");
            let edits = vec![(line.at(written), String::new()), (line.at(Span::new(end, end)), format!(" {agency}"))];
            let title = format!("Move “{agency}” behind the place");
            line.finding(span, message, vec![Repair { title, applicability: Applicability::Safe, edits }])
        }
    }
}

/// Two spaces and more where one would do: "OSLO,  Norway".
fn too_spaced(line: Line<'_>) -> Vec<Finding> {
    let text = line.text[..line.parts.end_of_parts()].trim_end();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(gap) = text.get(at..).and_then(|rest| rest.find("  ")) {
        let start = at + gap;
        at = start + text[start..].bytes().take_while(|byte| *byte == b' ').count();
        let gap = Span::new(start, at);
        let message = "One space is enough here in the dateline.".to_owned();
        // A space before a comma is told of as that, and one at a region that goes goes with it.
        if line.parts.slips.iter().all(|slip| !slip.place().is_some_and(|place| place.overlaps(gap))) {
            found.push(line.finding(gap, message, vec![Repair::safe("Take the second space out", line.at(gap), " ")]));
        }
    }
    found
}

/// Commas and brackets that touch the word after or before them: "OSLO,Norway(AP)".
fn unspaced(line: Line<'_>) -> Vec<Finding> {
    let text = &line.text[..line.parts.end_of_parts()];
    let touching = text.char_indices().zip(text.char_indices().skip(1)).filter_map(|((_, left), (at, right))| {
        let touches =
            (left == ',' && right.is_alphanumeric()) || (right == '(' && (left.is_alphanumeric() || left == '.'));
        touches.then_some(at)
    });
    let describe = |at: usize| {
        let message = "A space is missing here in the dateline.".to_owned();
        let ends = |(_, char): &(usize, char)| matches!(char, ' ' | ',' | '(' | ')');
        let word = text[at..].char_indices().skip(1).find(ends).map_or(text.len(), |(len, _)| at + len);
        let gap = line.at(Span::new(at, at));
        line.finding(Span::new(at, word), message, vec![Repair::safe("Put the space in", gap, " ")])
    };
    touching.map(describe).collect()
}

/// A city that is a letter away from one that everybody knows, or from one in its region; a region that is a letter
/// away from one there is.
fn misspelt(line: Line<'_>) -> Vec<Finding> {
    let cities = line.parts.places().filter_map(|(place, region)| Some((place, line.slip_for(place, region)?)));
    let regions =
        line.parts.places().filter_map(|(_, region)| Some((region?, places::region_like(line.words(region?))?)));
    let near = cities.chain(regions);
    let agency = line.parts.agency.filter(|span| line.text[..span.start].ends_with('('));
    let agency = agency.and_then(|span| Some((span, places::agency_like(line.words(span))?)));
    let sent = agency.map(|(span, name)| {
        let message = format!("“{}” looks like a slip for “{name}”.", line.words(span));
        line.finding(span, message, vec![Repair::offer(format!("Write “{name}”"), line.at(span), name)])
    });
    let describe = |(place, name): (Span, &str)| {
        let written = line.words(place);
        let right = if in_capitals(written) == written { name.to_uppercase() } else { name.to_owned() };
        let message = format!("“{written}” looks like a slip for “{right}”. Check where the story was filed.");
        line.finding(place, message, vec![Repair::offer(format!("Write “{right}”"), line.at(place), right)])
    };
    near.map(describe).chain(sent).collect()
}

/// A city under another name than datelines have for it, or without the stop in "St."
fn other_names(line: Line<'_>) -> Vec<Finding> {
    let places = line.parts.places().filter(|_| line.form.ap_regions);
    let other = places.filter_map(|(place, _)| {
        let written = line.words(place);
        let name = places::name_in_datelines(written).filter(|name| !name.eq_ignore_ascii_case(written))?;
        let right = if in_capitals(written) == written { name.to_uppercase() } else { name.to_owned() };
        let message = format!("In a dateline the city is “{right}”.");
        let repair = Repair::safe(format!("Write “{right}”"), line.at(place), right);
        Some(line.finding(place, message, vec![repair]))
    });
    other.collect()
}

/// The house's own name in the wrong letters: "(REUTERS)".
fn agency(line: Line<'_>) -> Option<Finding> {
    let span = line.parts.agency.filter(|span| line.text[..span.start].ends_with('('))?;
    let right = places::agency(line.words(span))?.name;
    let message = format!("The agency writes itself “{right}”.");
    (line.words(span) != right)
        .then(|| line.finding(span, message, vec![Repair::safe(format!("Write “{right}”"), line.at(span), right)]))
}

/// A date where the house has none.
fn needless_date(line: Line<'_>, style: &Style) -> Option<Finding> {
    let date = line.parts.date.filter(|_| line.forms().all(|form| !form.date))?;
    let of = if line.house.is_some() { line.whose.to_owned() } else { format!("this house ({})", style.name) };
    let message = format!("Datelines of {of} carry no date. Drop “{}”.", line.words(date));
    let before = line.text[..date.start].trim_end().trim_end_matches(',').len();
    let repair = Repair::offer("Drop the date", line.at(Span::new(before, date.end)), "");
    Some(line.finding(date, message, vec![repair]))
}

/// A year where the house gives the month and the day alone.
fn needless_year(line: Line<'_>) -> Option<Finding> {
    let year = line.parts.year.filter(|_| line.form.date && line.forms().all(|form| !form.year))?;
    let message = format!("{} gives no year in a dateline. Drop “{}”.", line.whose_at_start(), line.words(year));
    let before = line.text[..year.start].trim_end().trim_end_matches(',').len();
    let repair = Repair::safe("Drop the year", line.at(Span::new(before, year.end)), "");
    Some(line.finding(year, message, vec![repair]))
}

/// A mere place, where the house gives the date or its name as well.
fn undated(line: Line<'_>) -> Option<Finding> {
    let house = line.form;
    if line.parts.is_certain() || !house.date || house.agency.is_empty() {
        return None;
    }
    let (place, region) = line.parts.places().last()?;
    let named = Span::new(0, region.map_or(place.end, |region| region.end));
    let credit = format!(" ({})", house.agency);
    let message =
        format!("The dateline gives neither the day nor the agency. Add the date or “{}”.", credit.trim_start());
    let end = line.at(Span::new(named.end, named.end));
    Some(line.finding(named, message, vec![Repair::offer(format!("Add “{}”", credit.trim_start()), end, credit)]))
}

/// Countries in capitals, which only the city is set in, or with a stop. States are a matter of their form.
fn regions(line: Line<'_>) -> Vec<Finding> {
    let named = line.parts.places().filter_map(|(place, region)| Some((place, region?)));
    let wrong = named.filter_map(|(place, region)| {
        let words = line.words(region);
        let Region::Country(right) = places::region(words).filter(|_| line.form.ap_regions)? else { return None };
        let shouted = words.len() > 4 && words.to_uppercase() == words;
        let stopped = words.strip_suffix('.') == Some(right);
        ((shouted || stopped) && !line.is_needless(place, region)).then_some((region, right))
    });
    let describe = |(region, right): (Span, &str)| {
        let message = if line.words(region).ends_with('.') {
            format!("“{right}” is spelled out, so it takes no full stop.")
        } else {
            format!("Only the city stands in capitals in a dateline: “{right}”.")
        };
        line.finding(region, message, vec![Repair::safe(format!("Write “{right}”"), line.at(region), right)])
    };
    wrong.map(describe).collect()
}
