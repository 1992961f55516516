//! Names in other languages: taken where they say something, refused where they do not.

use crate::common::Variant;
use treatyline::internal::dossier::Language;

const PARTY: &str = "name = \"Freedonia\"";

fn problems(variant: &Variant) -> Vec<String> {
    variant.read().unwrap_err().all().iter().map(ToString::to_string).collect()
}

#[test]
fn a_name_is_found_in_its_language_and_in_no_other() {
    let names = format!("{PARTY}\nnames = {{ ru = \"Фридония\" }}");
    let dossier = Variant::freedonia().with("dossier.toml", PARTY, &names).read().unwrap();
    let party = dossier.parties().iter().find(|party| party.name == "Freedonia").unwrap();
    assert_eq!(party.names.or(&Language::RUSSIAN, &party.name), "Фридония");
    assert_eq!(party.names.or(&Language::KAZAKH, &party.name), "Freedonia");
    assert_eq!(party.names.or(&Language::ENGLISH, &party.name), "Freedonia");
    assert_eq!(party.names.or(&Language::new("ru-KZ").unwrap(), &party.name), "Фридония");
    assert_eq!(dossier.languages(), ["ru"]);
}

#[test]
fn empty_names_and_unknown_languages_are_refused() {
    for (names, says) in [
        ("{ ru = \" \" }", "`names` is ` `; it must be names of at least one letter"),
        ("{ zh = \"a\\u0007\" }", "`names` is `a\\u{7}`"),
        (
            "{ \"in Russian\" = \"a\" }",
            "`names` is of `in Russian`; it must be names by tags of languages",
        ),
    ] {
        let names = format!("{PARTY}\nnames = {names}");
        let found = problems(&Variant::freedonia().with("dossier.toml", PARTY, &names));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("variant/dossier.toml") && found[0].contains(says),
            "{found:?}"
        );
    }
}

#[test]
fn names_of_points_are_looked_at_too() {
    let from = "\"kind\":\"tripoint\",";
    let to = "\"kind\":\"tripoint\",\"names\":{\"zh\":\"\"},";
    let found = problems(&Variant::freedonia().with("points.geojson", from, to));
    assert!(found[0].contains("points.geojson") && found[0].contains("`names` is ``"), "{found:?}");
}

#[test]
fn a_stretch_that_no_segment_belongs_to_has_no_name() {
    let added = "\n[stretch.nowhere]\nnames = { ru = \"Нигде\" }\n";
    let found = problems(&Variant::freedonia().plus("dossier.toml", added));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("[stretch.nowhere]") && found[0].contains("`nowhere`"), "{found:?}");
}

/// A picture can be written with these letters only, so new words want new fonts.
#[test]
fn every_name_of_the_embedded_dossier_has_its_letters() {
    let letters = include_str!("../../crates/treatyline-pages/fonts/letters.txt");
    let files = [
        include_str!("../../data/china-kazakhstan/dossier.toml"),
        include_str!("../../data/china-kazakhstan/points.geojson"),
        include_str!("../../crates/treatyline-pages/src/map/words.rs"),
    ];
    let named = files.iter().flat_map(|text| text.lines()).filter(|line| {
        !line.contains("http") && (line.contains("names") || line.trim_start().starts_with('"'))
    });
    for line in named {
        let missing: String =
            line.chars().filter(|c| *c > '\u{2e7f}' && !letters.contains(*c)).collect();
        assert_eq!(missing, "", "run scripts/subset_fonts.py: {line}");
    }
}
