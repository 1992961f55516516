//! The map and the HTML report: well-formed, complete in themselves, the same every time,
//! and safe whatever a dossier says.

mod common;

use std::collections::BTreeSet;

use common::Variant;
use quick_xml::events::Event;
use treatyline::Dossier;
use treatyline::check::Subject;
use treatyline::report::{Colour, Map, MapOptions, Report, Theme, map_svg, report_html};

fn html_of(dossier: &Dossier) -> String {
    let subject = Subject::own(dossier);
    report_html(&Report::new(&subject, &subject.check()), &Map::new(&subject)).unwrap()
}

fn svg_of(dossier: &Dossier, options: &MapOptions) -> String {
    map_svg(&Map::new(&Subject::own(dossier)), options).unwrap()
}

/// Fails where an XML text is not well-formed: unknown entities and attributes given
/// twice included.
fn assert_well_formed(xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                for attribute in element.attributes() {
                    attribute.unwrap().unescape_value().unwrap();
                }
            }
            Event::Eof => return,
            _ => {}
        }
    }
}

/// What stands between a beginning and an end, each time.
fn between<'a>(text: &'a str, begin: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(begin).skip(1).filter_map(move |rest| Some(rest.split_once(end)?.0))
}

#[test]
fn maps_are_well_formed_and_need_nothing_else() {
    for dossier in [Dossier::embedded().clone(), Variant::freedonia().read().unwrap()] {
        for (width, colour, theme) in [
            (0, Colour::Medium, Theme::Light),
            (900, Colour::Instrument, Theme::Dark),
            (100_000, Colour::Medium, Theme::Auto),
        ] {
            let svg = svg_of(&dossier, &MapOptions { width, colour, theme });
            assert_well_formed(&svg);
            for word in ["href", "url(", "@import", "<script"] {
                assert!(!svg.contains(word), "{word} in a map {width} pixels wide");
            }
            for path in between(&svg, " d=\"", "\"") {
                let known = |c: char| c.is_ascii_digit() || "MLlahvz.- ".contains(c);
                assert!(path.starts_with('M') && path.chars().all(known), "{path}");
            }
        }
    }
}

#[test]
fn the_page_asks_the_network_for_nothing() {
    let html = html_of(Dossier::embedded());
    for word in [" src=", "<link", "<iframe", "<object", "url(", "@import", "fetch("] {
        assert!(!html.contains(word), "{word}");
    }
    let (page, sources) = html.split_once("<ul class=\"sources\">").unwrap();
    for address in between(page, " href=\"", "\"") {
        assert!(address.starts_with('#'), "{address} outside the bibliography");
    }
    assert!(sources.contains(" href=\"https://"));
}

#[test]
fn every_link_within_the_page_leads_somewhere() {
    let html = html_of(Dossier::embedded());
    let all: Vec<&str> = between(&html, " id=\"", "\"").collect();
    let ids: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(ids.len(), all.len(), "an id is there twice");
    for id in between(&html, " href=\"#", "\"") {
        assert!(ids.contains(id), "nothing is called {id}");
    }
}

#[test]
fn the_page_is_small_and_the_same_every_time() {
    let dossier = Dossier::embedded();
    let html = html_of(dossier);
    assert!(html.len() < 400_000, "{} bytes", html.len());
    assert!(html == html_of(dossier), "twice asked, twice something else");
}

#[test]
fn the_page_tells_what_text_tells() {
    let dossier = Dossier::embedded();
    let html = html_of(dossier);
    for section in ["The line", "Land and water", "The division", "Tripoints", "Instruments"] {
        assert!(html.contains(&format!(">{section}</h2>")), "{section}");
    }
    let findings = dossier.check();
    assert_eq!(html.matches("<article class=\"finding").count(), findings.iter().count());
    assert!(html.contains("1,782.75\u{a0}km is consistent with the geometry"));
}

#[test]
fn drawings_in_the_page_are_well_formed() {
    let html = html_of(Dossier::embedded());
    let drawings: Vec<&str> = html.split("<svg xmlns").skip(1).collect();
    assert_eq!(drawings.len(), 4, "map and chart, each wide and narrow");
    for rest in drawings {
        let (drawing, _) = rest.split_once("</div>").unwrap();
        assert_well_formed(&format!("<svg xmlns{drawing}"));
    }
}

#[test]
fn a_dossier_cannot_write_into_the_page() {
    let hostile = Variant::freedonia()
        .with("dossier.toml", "\"Freedonia\"", "\"<script>alert(1)</script> \\u0007&\"")
        .with("dossier.toml", "https://example.org/1903", "javascript:alert(1)")
        .with("points.geojson", "Duck Soup", "</svg><img src=x>")
        .read()
        .unwrap();
    let html = html_of(&hostile);
    assert!(!html.contains("<script>alert") && !html.contains("<img"));
    assert!(!html.contains("href=\"javascript"));
    assert_well_formed(&svg_of(&hostile, &MapOptions::default()));
}
