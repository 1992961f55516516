//! The map and the HTML report: well-formed, complete in themselves, the same every time,
//! and safe whatever a dossier says.

use std::collections::BTreeSet;

use crate::common::Variant;
use crate::real::{FINDINGS, PAGE, STUDY};
use quick_xml::events::Event;
use treatyline::Dossier;
use treatyline::check::Study;
use treatyline::compare::{Comparison, Settings};
use treatyline::drawn::DrawnLine;
use treatyline::internal::dossier::Language;
use treatyline::internal::report::Compared;
use treatyline::io::Input;
use treatyline::report::Report;
use treatyline_pages::internal::{ComparisonExhibits, comparison_html};
use treatyline_pages::{Colour, Exhibits, Map, MapOptions, Theme, map_svg, report_html};

fn html_of(dossier: &Dossier) -> String {
    let study = Study::new(dossier);
    report_html(&Report::new(&study, &study.check()), &Exhibits::new(&study))
}

fn svg_of(study: &Study<'_>, options: &MapOptions) -> String {
    map_svg(&Map::new(study), options)
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

/// The text between a beginning and an end, each time.
fn between<'a>(text: &'a str, begin: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(begin).skip(1).filter_map(move |rest| Some(rest.split_once(end)?.0))
}

#[test]
fn maps_are_well_formed_and_need_nothing_else() {
    let freedonia = Variant::freedonia().read().unwrap();
    for study in [&*STUDY, &Study::new(&freedonia)] {
        for (width, colour, theme) in [
            (0, Colour::Medium, Theme::Light),
            (900, Colour::Instrument, Theme::Dark),
            (100_000, Colour::Medium, Theme::Auto),
        ] {
            let svg = svg_of(study, &MapOptions { width, colour, theme });
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
    let html = &*PAGE;
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
    let html = &*PAGE;
    let all: Vec<&str> = between(html, " id=\"", "\"").collect();
    let ids: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(ids.len(), all.len(), "an id is there twice");
    for id in between(html, " href=\"#", "\"") {
        assert!(ids.contains(id), "nothing is called {id}");
    }
}

#[test]
fn the_page_is_small_and_the_same_every_time() {
    let html = &*PAGE;
    assert!(html.len() < 450_000, "{} bytes", html.len());
    assert!(*html == html_of(Dossier::embedded()), "twice asked, twice something else");
}

#[test]
fn the_page_says_what_the_text_says() {
    let html = &*PAGE;
    let headings = [
        "The line",
        "Land and water",
        "The division",
        "Instruments",
        "Tripoints",
        "Sides",
        "Length and resolution",
        "Findings",
        "Method",
        "Sources",
    ];
    let found = headings.map(|section| html.find(&format!(">{section}</h2>")));
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?}");
    assert_eq!(html.matches("<article id=").count(), FINDINGS.iter().count());
    assert!(html.contains("1,782.75\u{a0}km is consistent with the geometry"));
}

#[test]
fn drawings_in_the_page_are_well_formed() {
    let html = &*PAGE;
    let drawings: Vec<&str> = html.split("<svg xmlns").skip(1).collect();
    assert_eq!(drawings.len(), 10, "map and four charts, each wide and narrow");
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
    assert_well_formed(&svg_of(&Study::new(&hostile), &MapOptions::default()));
}

/// Two lines: the new one leaves the old one to the east and comes back.
fn compared(title: &str) -> [DrawnLine; 2] {
    let old = format!(
        r#"{{"type":"Feature","properties":{{"title":"{title}"}},"geometry":
        {{"type":"LineString","coordinates":[[82,46],[82,45.5],[82,45]]}}}}"#
    );
    let new = r#"{"type":"Feature","properties":{"title":"New"},"geometry":
        {"type":"LineString","coordinates":[[82,46],[82,45.8],[82.2,45.6],[82,45.4],[82,45]]}}"#;
    let drawn = |name, text: &str| DrawnLine::read(Input::bytes(name, text.as_bytes())).unwrap();
    [drawn("old.geojson", old.as_str()), drawn("new.geojson", new)]
}

fn comparison_of(title: &str, [left, right]: [&str; 2]) -> String {
    let [old, new] = compared(title);
    let comparison = Comparison::new(&old, &new, &Settings::default()).unwrap();
    let compared = Compared::new(&comparison, left, right);
    comparison_html(&compared, &ComparisonExhibits::new(&comparison))
}

#[test]
fn a_comparison_has_its_map_and_both_charts() {
    let html = comparison_of("Old", ["Freedonia", "Sylvania"]);
    assert!(html == comparison_of("Old", ["Freedonia", "Sylvania"]), "the same every time");
    let drawings: Vec<&str> = html.split("<svg xmlns").skip(1).collect();
    assert_eq!(drawings.len(), 6, "map, distances, land; each wide and narrow");
    for rest in drawings {
        let (drawing, _) = rest.split_once("</div>").unwrap();
        assert_well_formed(&format!("<svg xmlns{drawing}"));
        assert!(!drawing.contains("NaN") && !drawing.contains("inf"), "{drawing}");
    }
    // East is on the left of a line that runs south: the side on the right gains.
    assert!(html.contains("class=\"gain-right\"") && html.contains("Sylvania gains →"));
    assert_eq!(html.matches("gain-left\" d=").count(), 2, "in the legend alone");
}

#[test]
fn a_comparison_with_itself_has_nothing_to_draw_between() {
    let [old, _] = compared("Old");
    let comparison = Comparison::new(&old, &old, &Settings::default()).unwrap();
    let compared = Compared::new(&comparison, "a", "b");
    let html = comparison_html(&compared, &ComparisonExhibits::new(&comparison));
    assert!(!html.contains("id=\"transfers-wide"), "no bars where nothing changes sides");
    assert!(html.contains("id=\"profile-wide") && !html.contains("NaN"));
}

#[test]
fn titles_and_names_cannot_write_into_a_comparison() {
    let html = comparison_of("<script>alert(1)</script>", ["</svg><img src=x>", "&"]);
    assert!(!html.contains("<script>alert") && !html.contains("<img"));
}

#[test]
fn another_line_is_shown_against_the_dossiers_own() {
    let dossier = Dossier::embedded();
    assert!(!PAGE.contains("id=\"profile-wide"), "nothing to compare it with");
    let line: Vec<String> = STUDY
        .depiction()
        .line()
        .vertices()
        .iter()
        .step_by(40)
        .map(|place| format!("[{},{}]", place.x, place.y))
        .collect();
    let text = format!(r#"{{"type":"LineString","coordinates":[{}]}}"#, line.join(","));
    let source = Input::bytes("thinned.geojson", text.as_bytes());
    let located = treatyline::dossier::Depiction::locate(dossier, &source, Some(500.0)).unwrap();
    let study = Study::builder(dossier).line(located).build();
    let report = Report::new(&study, &study.check());
    let html = report_html(&report, &Exhibits::new(&study));
    assert!(html.contains(">Distance along the line</h2>") && html.contains("id=\"profile-wide"));
}

#[test]
fn maps_speak_the_language_asked_for_and_fall_back_to_english() {
    let svg =
        |language: &Language| map_svg(&Map::in_language(&STUDY, language), &MapOptions::default());
    let chinese = svg(&Language::CHINESE);
    for word in [">中哈国界<", ">哈萨克斯坦共和国<", ">阿拉克别克河<", ">口岸<"]
    {
        assert!(chinese.contains(word), "{word}");
    }
    assert!(chinese.contains(">Lake Zaysan<"), "no source states its Chinese name");
    // Sentences are joined without a space.
    let signs: Vec<char> = chinese.chars().collect();
    let wide = |c: char| ('\u{3000}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..).contains(&c);
    let torn = signs.windows(3).find(|of| wide(of[0]) && of[1] == ' ' && wide(of[2]));
    assert_eq!(torn, None);
    assert!(svg(&Language::RUSSIAN).contains(">КАЗАХСТАН<"));
    assert!(svg(&Language::KAZAKH).contains(">ҚАЗАҚСТАН<"));
    assert!(svg(&Language::ENGLISH) == svg_of(&STUDY, &MapOptions::default()));
}

#[test]
fn a_stretch_shows_its_name_length_medium_and_instrument() {
    let svg = svg_of(&STUDY, &MapOptions::default());
    let titles: Vec<&str> = between(&svg, "<title>", "</title>").collect();
    let alkabek = titles.iter().find(|title| title.starts_with("Alkabek (")).unwrap();
    let facts: Vec<&str> = alkabek.split(" · ").collect();
    assert!(facts[1].ends_with(" km") && facts[2] == "river", "{alkabek}");
    assert!(facts.contains(&"Agreement of 1994"), "{alkabek}");
    assert!(svg.contains("data-surface=\"river\" data-instrument=\"agreement-1994\""));
    let ketmen: Vec<&&str> = titles.iter().filter(|title| title.starts_with("ketmen ·")).collect();
    assert!(ketmen[0].contains(" of 94.7 km · land · "), "{ketmen:?}");
    assert!(ketmen[1].contains(" of 94.7 km · not shown to be land or water · "), "{ketmen:?}");
}
