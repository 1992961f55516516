//! What an instrument is, what has become of it, and what it makes of others.

use crate::common::Variant;
use treatyline::check::Study;
use treatyline::report::{Report, report_text};

const INSTRUMENTS: &str = "instruments.toml";

fn text_of(variant: &Variant) -> String {
    let dossier = variant.read().unwrap();
    let study = Study::new(&dossier);
    let text = report_text(&Report::new(&study, &study.check()));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Freedonia with its treaty changed.
fn with(lines: &str) -> Variant {
    let line = "short     = \"Treaty of 1903\"\n";
    Variant::freedonia().with(INSTRUMENTS, line, &format!("{line}{lines}\n"))
}

#[test]
fn the_words_follow_what_an_instrument_is() {
    for (kind, done) in [
        ("treaty", "Signed on 4 May 1903 in Port Royal"),
        ("judgment", "Decided on 4 May 1903 in Port Royal"),
        ("award", "Decided on 4 May 1903"),
        ("exchange-of-notes", "Exchanged on 4 May 1903"),
        ("decree", "Issued on 4 May 1903"),
        ("withdrawal", "Completed on 4 May 1903"),
    ] {
        let text = text_of(&with(&format!("kind = \"{kind}\"")));
        assert!(text.contains(done), "{kind}: {text}");
        let governed = format!(
            "Treaty of 1903 ({} 4 May 1903",
            done.split(' ').next().unwrap().to_lowercase()
        );
        assert!(text.contains(&governed), "{kind}: {text}");
    }
    let judgment = text_of(&with("kind = \"judgment\""));
    assert!(judgment.contains("date instrument kind stage governs"), "{judgment}");
    assert!(!text_of(&Variant::freedonia()).contains("instrument kind"));
}

#[test]
fn what_has_become_of_it_is_reported() {
    let superseded = text_of(&with("status = \"superseded\""));
    assert!(superseded.contains("in force from 1904, superseded"), "{superseded}");
    let never = with("status = \"never-in-force\"");
    let found = never.read().unwrap_err().to_string();
    assert!(found.contains("`in_force` is `1904`"), "{found}");
    let never = text_of(&never.with(INSTRUMENTS, "in_force  = \"1904\"\n", ""));
    assert!(never.contains("never in force. ") && never.contains(", never in force; "), "{never}");
}

#[test]
fn relations_are_named_both_ways() {
    let line = "supplements = [\"treaty-1903\"]";
    let related = Variant::freedonia().with(
        INSTRUMENTS,
        line,
        "applies = [\"treaty-1903\"]\nconfirms = [\"treaty-1903\"]\nreplaces = [\"treaty-1903\"]",
    );
    let text = text_of(&related);
    let all = "Applies: Treaty of 1903. Confirms: Treaty of 1903. Replaces: Treaty of 1903.";
    assert!(text.contains(all), "{text}");
    assert!(text.contains("Replaced by: Protocol of 1905."), "{text}");
    for field in ["supplements", "applies", "confirms", "replaces"] {
        let refused = |id: &str| {
            let variant =
                Variant::freedonia().with(INSTRUMENTS, line, &format!("{field} = [\"{id}\"]"));
            variant.read().unwrap_err().to_string()
        };
        assert!(refused("peace").contains("`peace`"));
        assert!(refused("protocol-1905").contains(&format!("`{field}` is the instrument itself")));
    }
}

#[test]
fn what_is_not_signed_has_a_date_and_a_place() {
    let variant = with("kind = \"award\"")
        .with(INSTRUMENTS, "signed    = \"1903-05-04\"", "date = \"1903-05-04\"")
        .with(INSTRUMENTS, "signed_in", "place");
    assert!(text_of(&variant).contains("Decided on 4 May 1903 in Port Royal"));
}

#[test]
fn licence_and_attribution_are_in_every_report_and_layer() {
    let datum = "datum  = \"WGS 84\"\n";
    let added = format!(
        "{datum}licence = \"CC BY 4.0\"\nattribution = \"Line: the Survey of Freedonia.\"\n"
    );
    let variant = Variant::freedonia().with("dossier.toml", datum, &added);
    let words = "Line: the Survey of Freedonia. Licence: CC BY 4.0.";
    assert!(text_of(&variant).contains(words));
    let dossier = variant.read().unwrap();
    let study = Study::new(&dossier);
    for layer in [
        treatyline::report::segments(&study),
        treatyline::report::line(&study),
        treatyline::report::points(&study),
        treatyline::report::sectors(&study),
    ] {
        let text = layer.geojson(treatyline::io::Decimals::default());
        let file: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(file["licence"], "CC BY 4.0");
        assert_eq!(file["attribution"], "Line: the Survey of Freedonia.");
    }
    let map = treatyline_pages::Map::new(&study);
    let svg = treatyline_pages::map_svg(&map, &treatyline_pages::MapOptions::default());
    assert!(svg.contains(words), "{svg}");
    let empty =
        Variant::freedonia().with("dossier.toml", datum, &format!("{datum}licence = \" \"\n"));
    assert!(empty.read().unwrap_err().to_string().contains("`licence` is ` `"));
}
