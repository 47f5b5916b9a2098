use super::Line;
use crate::diagnostic::Severity;
use crate::lexicon::places::{self, City, Region};
use crate::rules::rule::{Detect, Finding, Quotes, Repair, Rule};
use crate::story::Story;
use crate::style::Style;
use crate::text::Span;

pub(in crate::rules) const RULE: Rule = Rule {
    name: "dateline/state-form",
    level: Severity::Warning,
    preview: false,
    quotes: Quotes::On,
    reads: crate::rules::rule::COPY,
    yields_to: &["facts/place-region"],
    page: include_str!("../../../rules/dateline/state-form.md"),
    detect: Detect::Story(check),
};

fn check(story: &Story<'_>, style: &Style) -> Vec<Finding> {
    let Some(line) = Line::of(story, style) else { return Vec::new() };
    let named = line.parts.places().filter_map(|(place, region)| Some((place, region?)));
    named.filter_map(|(place, region)| Some(describe(line, region, detect(line, place, region)?))).collect()
}

/// The state or province as the house writes it, where it is written otherwise.
fn detect(line: Line<'_>, place: Span, region: Span) -> Option<&'static str> {
    let written = line.words(region);
    let known = places::region(written)?;
    let right = match known {
        Region::State(name, state) if !line.form.ap_regions => {
            // Reuters has sent "Calif." and "California" alike; a postal code is for letters.
            let ap = state.ap.replace('.', "");
            (written == state.postal && !ap.eq_ignore_ascii_case(written)).then_some(name)?
        }
        Region::State(..) => known.ap(),
        Region::Province(name) if line.form.ap_regions => name,
        Region::Province(_) | Region::Country(_) => return None,
    };
    // "TBILISI, Georgia" is no state.
    let is_country = matches!(places::city(line.words(place)), Some(City::Needs(needed)) if needed == written);
    let needless = line.form.ap_regions && line.is_needless(place, region);
    (written != right && !is_country && !needless).then_some(right)
}

fn describe(line: Line<'_>, region: Span, right: &'static str) -> Finding {
    let written = line.words(region);
    let message = format!("“{written}” is not how the house writes the state or province in a dateline: “{right}”.");
    line.finding(region, message, vec![Repair::safe(format!("Write “{right}”"), line.at(region), right)])
}
