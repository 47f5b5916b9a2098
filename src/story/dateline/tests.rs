use super::{Dateline, Slip, of_story, parse};
use crate::format::Role;
use crate::story::{Facts, Paragraph};

/// The parts as `place|region|date|agency|dash`, or "" for no dateline.
fn parts(text: &str) -> String {
    let Some(line) = parse(text) else { return String::new() };
    let places: Vec<String> = line
        .places()
        .map(|(place, region)| match region {
            Some(region) => format!("{}, {}", place.of(text), region.of(text)),
            None => place.of(text).to_owned(),
        })
        .collect();
    let part = |span: Option<crate::text::Span>| span.map_or("", |span| span.of(text));
    format!("{}|{}|{}|{}", places.join(" + "), part(line.date), part(line.agency), part(line.dash))
}

#[test]
fn datelines_as_agencies_write_them() {
    for (text, expected) in [
        ("KABUL, Afghanistan (AP) — Two men", "KABUL, Afghanistan||AP|—"),
        ("WASHINGTON (Reuters) - The head", "WASHINGTON||Reuters|-"),
        ("NEW YORK, Aug 10 (Reuters) - The bank", "NEW YORK|Aug 10|Reuters|-"),
        ("LONDON, Nov 20 - the price", "LONDON|Nov 20||-"),
        ("Tallinn, March 22, 2018 (AFP) - Estonia", "Tallinn|March 22, 2018|AFP|-"),
        ("MADRID (AFP) - The coach", "MADRID||AFP|-"),
        ("Aug. 10 (UPI) -- The council", "|Aug. 10|UPI|--"),
        ("(Reuters) - A court", "||Reuters|-"),
        ("(Bloomberg) -- Shares", "||Bloomberg|--"),
        ("BEIJING, May 9 (Xinhua) -- China", "BEIJING|May 9|Xinhua|--"),
        ("TOKYO — Japan said", "TOKYO|||—"),
        ("TOKYO—Japan said", "TOKYO|||—"),
        ("TOKYO ― Japan said", "TOKYO|||―"),
        ("TOKYO − Japan said", "TOKYO|||−"),
        ("TOKYO _ Japan said", "TOKYO|||_"),
        ("DES MOINES - She won", "DES MOINES|||-"),
        ("RENO, Nev. – “Nobody", "RENO, Nev.|||–"),
        ("BENGALURU/MUMBAI, Aug 10 (Reuters) - Shares", "BENGALURU + MUMBAI|Aug 10|Reuters|-"),
        ("GDYNIA, Poland/OSLO (Reuters) - Two", "GDYNIA, Poland + OSLO||Reuters|-"),
        ("WASHINGTON and LONDON (AP) — They", "WASHINGTON + LONDON||AP|—"),
        ("ABOARD AIR FORCE ONE (AP) — The", "ABOARD AIR FORCE ONE||AP|—"),
        ("GILMANTON, N.H. (AP) — A", "GILMANTON, N.H.||AP|—"),
        (
            "KIRUNA, Swedish-governed Lapland, Feb. 9 (Xinhua) -- Snow",
            "KIRUNA, Swedish-governed Lapland|Feb. 9|Xinhua|--",
        ),
        ("TULSA, the United States, Nov. 3 (Xinhua) -- The", "TULSA, the United States|Nov. 3|Xinhua|--"),
        ("GEORGE TOWN, Grand Cayman, Cayman Islands, May 2 - A", "GEORGE TOWN, Grand Cayman, Cayman Islands|May 2||-"),
        ("BONN, April 5, Reuter - The", "BONN|April 5|Reuter|-"),
        ("OSLO (Thomson Reuters Foundation) - Herders", "OSLO||Thomson Reuters Foundation|-"),
        ("PORTLAND, Ore. (KZZZ) — Two", "PORTLAND, Ore.||KZZZ|—"),
        ("MOSCOW, December 10. /TASS/. Talks", "MOSCOW|December 10|TASS|."),
        ("New Delhi [India], December 10 (ANI): The", "New Delhi, India|December 10|ANI|:"),
        ("Madrid, Dec 10 (EFE).- El", "Madrid|Dec 10|EFE|-"),
        ("NEAR THE U.S.-CANADA BORDER (AP) — The", "NEAR THE U.S.-CANADA BORDER||AP|—"),
        ("MEXICO CITY (AP) — The", "MEXICO CITY||AP|—"),
        ("PITTSBURGH, PA — The", "PITTSBURGH, PA|||—"),
        ("McLEAN, Va. (AP) — The", "McLEAN, Va.||AP|—"),
        ("SÃO PAULO (AP) — The", "SÃO PAULO||AP|—"),
        ("CHARLESTON, S.C.\u{a0}— In the fall", "CHARLESTON, S.C.|||—"),
        ("TOKYO, Nov. 20 (Kyodo) -- The", "TOKYO|Nov. 20|Kyodo|--"),
        ("TOKYO (Kyodo News) — The", "TOKYO||Kyodo News|—"),
        ("Berlin (dpa) - The", "Berlin||dpa|-"),
        ("LEEDS, England (PA) - The", "LEEDS, England||PA|-"),
        ("May 4 (Bloomberg) -- Shares", "|May 4|Bloomberg|--"),
        ("SEOUL, Dec. 10 (Yonhap) -- South", "SEOUL|Dec. 10|Yonhap|--"),
        ("New Delhi, Dec 10 (PTI) The", "New Delhi|Dec 10|PTI|"),
        ("HALIFAX, N.S. — The", "HALIFAX, N.S.|||—"),
        ("SANTA ROSA, Calif. — The", "SANTA ROSA, Calif.|||—"),
        ("NORFOLK, Va., Dec. 11 (UPI) -- The", "NORFOLK, Va.|Dec. 11|UPI|--"),
        ("NAIROBI, Jan. 9 (Thomson Reuters Foundation) - Herders", "NAIROBI|Jan. 9|Thomson Reuters Foundation|-"),
        ("ST. PETERSBURG, Russia (AP) — The", "ST. PETERSBURG, Russia||AP|—"),
        ("PORT-AU-PRINCE, Haiti (AP) — The", "PORT-AU-PRINCE, Haiti||AP|—"),
        ("COX’S BAZAR, Bangladesh (AP) — The", "COX’S BAZAR, Bangladesh||AP|—"),
        ("ABOARD THE USS LINDEN FALLS (AP) — The", "ABOARD THE USS LINDEN FALLS||AP|—"),
        ("GENEVA/PARIS/OSLO, March 3 (Reuters) - The", "GENEVA + PARIS + OSLO|March 3|Reuters|-"),
    ] {
        assert_eq!(parts(text), expected, "{text}");
        assert_eq!(parse(text).map(|line| line.slips), Some(Vec::new()), "{text}");
    }
}

#[test]
fn datelines_with_something_wrong() {
    for (text, expected, slips) in [
        ("Kabul, Afghanistan (AP) — Two", "Kabul, Afghanistan||AP|—", 0),
        ("London, Nov 20 - The", "London|Nov 20||-", 0),
        ("New york, May 9 - The", "New york|May 9||-", 0),
        ("Rio De Janeiro, May 9 - The", "Rio De Janeiro|May 9||-", 0),
        ("Rio de Janeiro, may 9 - the", "Rio de Janeiro|may 9||-", 0),
        ("LONDON, Nov 20 The", "LONDON|Nov 20||", 0),
        ("London, Nov 20 The", "London|Nov 20||", 0),
        ("LONDON (AP) The", "LONDON||AP|", 0),
        ("OSLO, March 20 (Acme Inc) said", "OSLO|March 20||", 0),
        ("LONDON, Mach 20 - The", "LONDON|Mach 20||-", 0),
        ("TOKYO, Dex 10 (Reuters) - The", "TOKYO|Dex 10|Reuters|-", 0),
        ("TOKYO, March 41 - The", "TOKYO|March 41||-", 0),
        ("TOKYO, March 187 - The", "TOKYO|March 187||-", 0),
        ("TOKYO, March 2O - The", "TOKYO|March 2O||-", 0),
        ("OSLO, April - The", "OSLO|April||-", 0),
        ("LODI, Calif., Apri l9 - The", "LODI, Calif.|Apri l9||-", 0),
        ("ROTTERDAM, 9 April - The", "ROTTERDAM|9 April||-", 1),
        ("RENO, Nev. Feb 26 - The", "RENO, Nev.|Feb 26||-", 1),
        ("RENO Nev., Feb 26 - The", "RENO, Nev.|Feb 26||-", 1),
        ("OSLO March 13 - The", "OSLO|March 13||-", 1),
        ("RENO, Nev., - March 4 - The", "RENO, Nev.|March 4||-", 1),
        ("RENO, Nev. - March 13 - The", "RENO, Nev.|March 13||-", 1),
        ("ITHACA, N.Y,. April 11 - The", "ITHACA, N.Y|April 11||-", 1),
        ("NARA, Japan - (Reuters) - When", "NARA, Japan||Reuters|-", 1),
        ("OSLO (Reuters - The", "OSLO||Reuters|-", 1),
        ("Oslo — The", "Oslo|||—", 0),
        ("OSLO, Norway [AP] — The", "OSLO, Norway||AP|—", 1),
        ("OSLO, Norway AP — The", "OSLO, Norway||AP|—", 1),
        ("OSLO AP — The", "OSLO||AP|—", 1),
        ("WASHINGTON D.C. (AP) — The", "WASHINGTON, D.C.||AP|—", 1),
        ("Washington D.C. (AP) — The", "Washington, D.C.||AP|—", 1),
        ("omaha, march 2 - the", "omaha|march 2||-", 0),
        ("SANTA Cruz, Calif., May 9 - The", "SANTA Cruz, Calif.|May 9||-", 0),
        ("OSLO , March 2 - The", "OSLO|March 2||-", 1),
        ("PARIS, Sept. 24, (Xinhua) -- The", "PARIS|Sept. 24|Xinhua|--", 1),
        ("OSLO, Norway, (AP) — The", "OSLO, Norway||AP|—", 1),
    ] {
        assert_eq!(parts(text), expected, "{text}");
        let found = parse(text).map(|line| line.slips).unwrap_or_default();
        assert_eq!(found.len(), slips, "{text}: {found:?}");
    }
}

#[test]
fn openings_that_are_no_datelines() {
    for text in [
        "",
        "(",
        "—",
        "The company said on Monday — and not before — that it would go.",
        "London, where he lived - and died - was home.",
        "London-based analysts said so.",
        "London analysts (Reuters) - they said.",
        "NATO said on March 20 - a Friday - that it would go.",
        "NASA and ESA will fly a mission — the first.",
        "IBM, March 20 earnings in hand, rose.",
        "EXCLUSIVE – The minister has gone.",
        "FILE PHOTO: The old pier at dusk.",
        "FILE PHOTO - The old pier at dusk.",
        "UPDATE: 5/12 — The site that",
        "CNN — The minister has gone.",
        "U.S. President Jane Roe — then a senator — said no.",
        "Roe (R) - Voted yes.",
        "In Tulsa, March 9 - The day it rained.",
        "On Monday, March 20 - The day it rained.",
        "Saturday, March 20 - Sunday, March 21",
        "MONDAY, March 20 - Town hall",
        "May 5 - Town hall",
        "However, March 20 came and went.",
        "Paris — where she lived — is lovely.",
        "Roe, Jane — The winner",
        "I — The winner",
        "WE CAN NOT GO ON LIKE THIS, SHE SAID TODAY - The winner",
        "A-10 - The jet",
        "NEWSLETTER READERS! - The jet",
        "MONDAY’S PICK - The jet",
        "corn, march 2 - the price",
        "one of them, march 2 - the price",
        "BARLEY CLASS B - 1470 sacks",
        "Jun      ---    ---     ---",
        "SMITH, JONES AND BROWN WIN AGAIN - The",
    ] {
        assert_eq!(parts(text), "", "{text}");
    }
}

#[test]
fn every_cut_of_a_dateline_is_read() {
    let text = "GDYNIA, Poland/São Paulo, Märch l7, 2018 (Reuters) –- “The";
    for (at, _) in text.char_indices() {
        if let Some(line) = parse(&text[..at]) {
            assert!(line.span.end <= at && text.is_char_boundary(line.span.end));
        }
        parse(&text[at..]);
    }
}

fn dateline_of(texts: &[(&str, Role)]) -> Option<usize> {
    let facts: Vec<Facts> = texts.iter().map(|(text, _)| Facts { dateline: parse(text), ..Facts::default() }).collect();
    let mut paragraphs: Vec<Paragraph<'_>> =
        texts.iter().zip(&facts).map(|((text, role), facts)| Paragraph { text, role: *role, facts }).collect();
    let found: Option<(usize, &Dateline)> = of_story(&mut paragraphs);
    found.map(|(index, _)| {
        assert_eq!(paragraphs[index].role, Role::Dateline);
        index
    })
}

#[test]
fn the_storys_dateline_is_at_its_top() {
    let body = ("It rained all day.", Role::Body);
    let line = ("OSLO (AP) — It rained.", Role::Body);
    assert_eq!(dateline_of(&[("Rain in Oslo", Role::Headline), ("By Ola Berg", Role::Byline), line, body]), Some(2));
    assert_eq!(dateline_of(&[body, line]), Some(1));
    assert_eq!(dateline_of(&[body, body, body, body, line]), None);
    assert_eq!(dateline_of(&[("OSLO (AP) — It rained.", Role::Tail)]), None);
    assert_eq!(dateline_of(&[]), None);
}

#[test]
fn slips_say_where() {
    let text = "RENO Nev. Feb 26 - The";
    let line = parse(text).unwrap_or_default();
    let gaps: Vec<(usize, usize)> = line
        .slips
        .iter()
        .filter_map(|slip| if let Slip::Comma(gap) = slip { Some((gap.start, gap.end)) } else { None })
        .collect();
    assert_eq!(gaps, [(4, 5), (9, 10)]);
}
