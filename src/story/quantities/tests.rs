use super::*;

/// Each quantity as `figure=value kind`, with what else is known of it.
fn read(text: &str) -> String {
    let prose = Prose::read(text);
    let dates = dates::mentions(text, &prose);
    let found = mentions(text, &prose, &dates);
    let shown = |quantity: &Quantity| {
        let kind = match quantity.kind {
            Kind::Money(currency) => currency.code.clone(),
            Kind::Measure(unit) => format!("{:?}", unit.measures),
            kind => format!("{kind:?}"),
        };
        let mut shown = format!("{}={} {kind}", quantity.span.of(text), quantity.figure.value);
        let noun = quantity.noun.map(|noun| noun.span);
        let hedge = quantity.hedge.map(|(hedge, span)| format!(" {hedge:?}({})", span.of(text)));
        shown += &quantity.to.map_or(String::new(), |to| format!(" to {}", to.value));
        shown += &noun.or(quantity.joined).map_or(String::new(), |span| format!(" [{}]", span.of(text)));
        shown + &hedge.unwrap_or_default()
    };
    found.iter().map(shown).collect::<Vec<_>>().join("; ")
}

fn all(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, read(text)))
        .filter(|(_, expected, read)| *expected != read)
        .map(|(text, expected, read)| format!("{text}\n  expected {expected}\n  read     {read}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn figures_and_words() {
    all(&[
        ("It hurt 1,234 people.", "1,234=1,234 Count [people]"),
        ("He saw nine ships.", "nine=9 Count [ships]"),
        ("Twenty-five young Ukrainian soldiers left.", "Twenty-five=25 Count [young Ukrainian soldiers]"),
        ("It had three hundred and five rooms.", "three hundred and five=305 Count [rooms]"),
        ("It had two thousand three hundred rooms.", "two thousand three hundred=2,300 Count [rooms]"),
        ("It has 2 million readers.", "2 million=2,000,000 Count [readers]"),
        ("It has two million readers.", "two million=2,000,000 Count [readers]"),
        ("It has five thousand readers.", "five thousand=5,000 Count [readers]"),
        ("It has 5m readers.", "5m=5,000,000 Count [readers]"),
        ("A 12-member panel, a three-day trip.", "12-member=12 Count [member]; three-day=3 Time"),
        ("It grew 1.5 times, or .5.", "1.5=1.5 Count [times]; .5=0.5 Count"),
        ("It ran 3½ hours.", "3½ hours=3.5 Time"),
        (
            "The 10th, third and twenty-first of 1,000th",
            "10th=10 Ordinal; third=3 Ordinal; twenty-first=21 Ordinal; 1,000th=1,000 Ordinal",
        ),
        ("In August 20 people died.", "20=20 Count [people]"),
        ("one man and two women", "one=1 Count [man]; two=2 Count [women]"),
    ]);
}

#[test]
fn money_percentages_measures_and_ages() {
    all(&[
        ("It cost $4.8 million.", "$4.8 million=4,800,000 USD"),
        (
            "It cost €3bn, US$5, A$5m and 20 euros.",
            "€3bn=3,000,000,000 EUR; US$5=5 USD; A$5m=5,000,000 AUD; 20 euros=20 EUR",
        ),
        ("It cost 5 million pounds and weighs 5 pounds.", "5 million pounds=5,000,000 GBP; 5 pounds=5 Weight"),
        ("It cost Rs 500, 300 USD and 50 cents.", "Rs 500=500 INR; 300 USD=300 USD; 50 cents=0.50 USD"),
        (
            "a $12 million-a-year deal, a $5-million house",
            "$12 million-a-year=12,000,000 USD [a-year]; $5-million=5,000,000 USD",
        ),
        (
            "12%, 12 percent, 12 per cent, 12 percentage points",
            "12%=12 Percent; 12 percent=12 Percent; 12 per cent=12 Percent; 12 percentage points=12 Points",
        ),
        ("a 12-percent rise of a 5-percentage-point lead", "12-percent=12 Percent; 5-percentage-point=5 Points"),
        (
            "5 miles, 8km, 60 mph, 30 degrees, 30C, 86 F, 20°C",
            "5 miles=5 Length; 8km=8 Length; 60 mph=60 Speed; 30 degrees=30 Degrees; 30C=30 Temperature; 86 F=86 Temperature; 20°C=20 Temperature",
        ),
        (
            "5 square miles, a 10-mile run, 100 km/h, minus 5 C, -5 C",
            "5 square miles=5 Area; 10-mile=10 Length; 100 km/h=100 Speed; minus 5 C=-5 Temperature; -5 C=-5 Temperature",
        ),
        ("a 34-year-old, aged 34, who is 34 years old", "34-year-old=34 Age; aged 34=34 Age; 34 years old=34 Age"),
        ("Ann Roe, 34, and Bo Dahl (40) left.", "34=34 Age; 40=40 Age"),
        ("a five-year-old girl", "five-year-old=5 Age"),
        ("a 200-foot-wide rock at 110 mph.", "200-foot-wide=200 Length [wide]; 110 mph=110 Speed"),
    ]);
}

#[test]
fn ranges_and_hedges() {
    all(&[
        ("It took 10 to 12 people.", "10 to 12=10 Count to 12 [people]"),
        ("It took 10-12 people, 10–12 miles.", "10-12=10 Count to 12 [people]; 10–12 miles=10 Length to 12"),
        ("It cost $12 to $14 million.", "$12 to $14 million=12,000,000 USD to 14,000,000"),
        ("It cost $12 million to $14 million.", "$12 million to $14 million=12,000,000 USD to 14,000,000"),
        ("between 10 and 12 percent", "10 and 12 percent=10 Percent to 12"),
        ("It rose from 40 to 55.", "40=40 Count; 55=55 Count"),
        ("for 10-to-12-year-olds, ages 5 to 12", "ages 5 to 12=5 Age to 12"),
        (
            "about 40, more than $5, up to 3 miles",
            "40=40 Count About(about); $5=5 USD Above(more than); 3 miles=3 Length Below(up to)",
        ),
        ("5,000 people or so", "5,000=5,000 Count [people] About(or so)"),
    ]);
}

#[test]
fn what_counts_nothing() {
    for text in [
        "It met on 5 and 6 December, 7 January and Dec. 8 and 9.",
        "It met in 2019 at 12 Main St. and 1600 Pennsylvania Avenue NW.",
        "It met at 3 p.m. and 3:30 p.m. on Dec. 6, 2022, and 6 December.",
        "They won 3-0, 24-17, 24 to 17 and 21–7.",
        "A Boeing 737-800, a Boeing 737, a B-52 and Flight 370.",
        "Call 555-1234, 202-555-0100 or +44 20 7946 0000.",
        "iOS 15.2.1, version 2, page 12, No. 10, Room 12",
        "the 1990s, the '90s, 9/11, 24/7, 1/2, 007, 5G, 4x4",
        "two-thirds of them, a third of them, two-to-one, one-on-one, 5-on-3",
        "no one, the one, one of them, this one day",
        "the Big Three met, hundreds of people, a dozen eggs",
        "the 2019 elections, 911 calls",
    ] {
        assert_eq!(read(text), "", "{text}");
    }
}

#[test]
fn nothing_overflows() {
    for text in [
        "999999999999999999 trillion trillion dollars",
        "99999999999999999999999999999999999999999999",
        "nine hundred ninety-nine thousand nine hundred ninety-nine trillion hundred thousand million",
        "0-0-0–0 to 0 . .5 .. -.5 $ $5$ 5$ ½ 3½½ -- -5 --5 (-5) $- US$ 1,2,3,4 1.2.3.4 12-",
        "one one one hundred hundred thousand thousand and and ninety-ninety nine-nine- -nine",
        "between 5 and",
        "from 5 to",
        "5 to",
        "aged",
        "minus",
        "$",
        "5 million-",
        "5-",
        "5–",
        "per cent 5 per",
    ] {
        read(text);
    }
}
