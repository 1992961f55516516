//! Lines drawn from the words of the law, and a line without a measurement band: the Chad–Libya
//! dossier. `tests/data/readings/expected.csv` is by `scripts/reference_readings.py`: pyproj, NumPy, GEOS.

use std::fs;
use std::path::Path;

use serde_json::Value;
use treatyline::Dossier;
use treatyline::check::{Basis, Study, Verdict};
use treatyline::report::{Report, report_json, report_markdown, report_text};

use crate::common::{Variant, repository};

const MANIFEST: &str = "dossier.toml";
const FIGURES: &str = "figures.toml";
const LIST: &str = "readings/tropic-1955.toml";

/// The dossier with texts replaced in its files, all of which must be there.
fn copied(changes: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let (from, to) = (repository("data/chad-libya"), tempfile::tempdir().unwrap());
    for folder in ["", "readings"] {
        fs::create_dir_all(to.path().join(folder)).unwrap();
        for entry in fs::read_dir(from.join(folder)).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                fs::copy(entry.path(), to.path().join(folder).join(entry.file_name())).unwrap();
            }
        }
    }
    for (file, old, new) in changes {
        let path = to.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{file} does not contain {old}");
        fs::write(path, text.replace(old, new)).unwrap();
    }
    to
}

fn read(directory: &Path) -> Dossier {
    Dossier::read(directory).unwrap()
}

fn chad_libya() -> Dossier {
    read(&repository("data/chad-libya"))
}

fn report(dossier: &Dossier) -> Report {
    let study = Study::new(dossier);
    Report::new(&study, &study.check())
}

fn document(dossier: &Dossier) -> Value {
    serde_json::from_str(&report_json(&report(dossier))).unwrap()
}

fn refused(changes: &[(&str, &str, &str)], says: &[&str]) {
    let directory = copied(changes);
    let message = Dossier::read(directory.path()).unwrap_err().to_string();
    for what in says {
        assert!(message.contains(what), "`{what}` is not said: {message}");
    }
}

#[test]
fn readings_are_as_long_and_as_far_away_as_other_programs_measure() {
    let found = document(&chad_libya());
    let found = found["readings"].as_array().unwrap();
    let expected = fs::read_to_string(repository("tests/data/readings/expected.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(expected.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!((rows.len(), found.len()), (9, 9));
    for (row, reading) in rows.iter().zip(found) {
        assert_eq!(reading["name"], row[0]);
        let number = |column: usize| row[column].parse::<f64>().unwrap();
        let length_of = |figure: &str| {
            let figures = reading["figures"].as_array().unwrap();
            let figure = figures.iter().find(|it| it["figure"] == figure).unwrap();
            figure["length_m"].as_f64().unwrap()
        };
        let west_m = length_of("length-west") - number(1);
        let east_m = length_of("length-east") - number(2);
        assert!(west_m.abs() < 0.01 && east_m.abs() < 0.01, "{}: {west_m} {east_m}", &row[0]);
        // Places 40 m apart see the farthest one to 0.2 m.
        let far_m = reading["farthest_m"].as_f64().unwrap() - number(3);
        assert!(far_m.abs() < 0.2, "{}: {far_m}", &row[0]);
        let share = reading["between_m2"].as_f64().unwrap() / number(4) - 1.0;
        assert!(share.abs() < 2e-5, "{}: {share}", &row[0]);
    }
}

/// By how the words are read a figure can be true or not.
#[test]
fn figures_are_compared_with_each_reading() {
    let dossier = chad_libya();
    let findings = dossier.check();
    let finding = |id: &str| findings.get(id).unwrap();
    findings.assert_inconsistent("reading/factbook-1995");
    findings.assert_inconsistent("reading/east");
    findings.assert_undecided("reading/west");
    let whole = finding("reading/factbook");
    assert_eq!((whole.verdict, whole.basis), (Verdict::Undecided, Basis::Readings));
    let says = "The published 1,050 km is consistent with the tropic of 1955 (geodesics) and the tropic \
                of 1994, 1,049.97–1,050.46 km; excluded for the tropic of 1899 and the tropic of 1955 \
                (rhumb lines and straight in degrees), 1,050.55–1,051.32 km.";
    assert_eq!(whole.explanation, says);
    assert_eq!(whole.derived.len(), 9);
    // The drawing is another matter: it has one length.
    findings.assert_inconsistent("length/factbook");

    let directory = copied(&[(FIGURES, "rounding  = 1.0", "rounding  = 10.0")]);
    let rounded = read(directory.path()).check();
    let says = "consistent with each of the 9 lines that the words allow, 1,049.97–1,051.32 km.";
    assert!(rounded.get("reading/factbook").unwrap().explanation.ends_with(says));
    rounded.assert_consistent("reading/factbook");
}

#[test]
fn one_reading_of_a_list_is_called_by_its_name_alone() {
    let directory = copied(&[(MANIFEST, "which   = \"all\"", "which   = \"geodesics\"")]);
    let dossier = read(directory.path());
    let findings = dossier.check();
    let whole = &findings.get("reading/factbook").unwrap().explanation;
    let says = "is consistent with the tropic of 1955 and the tropic of 1994, 1,049.97–1,050.46 km; \
                excluded for the tropic of 1899, ";
    assert!(whole.contains(says), "{whole}");
    let in_short = report_text(&report(&dossier));
    let says = ["allow 3 lines, 1,049.97–1,051.17 km long", "READINGS\n", "2,025 m     1,168 km²"];
    for what in says {
        assert!(in_short.contains(what), "{what}: {in_short}");
    }
}

/// A list with a point more than the dossier has segments is cut at the nearest places: the corner of
/// the drawing is 146 m from that of 1899, so the cut is uncertain by that much.
#[test]
fn a_reading_of_other_edges_is_cut_where_it_is_nearest() {
    let point = "[[point]]\npoint     = \"24° E\"";
    let more = "[[point]]\npoint = \"20° E\"\nlatitude = \"21°34′N\"\nlongitude = \"20°E\"\n\n[[point]]\n\
                point     = \"24° E\"";
    let directory = copied(&[("readings/tropic-1899.toml", point, more)]);
    let found = document(&read(directory.path()));
    let figures = found["readings"][0]["figures"].as_array().unwrap();
    let west = figures.iter().find(|it| it["figure"] == "length-west").unwrap();
    let off_m = west["length_m"].as_f64().unwrap() - 113_954.78;
    assert!(0.0 < off_m.abs() && off_m.abs() < 400.0, "{off_m}");
}

#[test]
fn a_line_of_straight_edges_has_no_band() {
    let dossier = chad_libya();
    let found = document(&dossier);
    assert!(found["method"].get("band").is_none() && found["lengths"].get("band_m").is_none());
    assert!(found["pieces"][0].get("band_m").is_none());
    assert!(found["method"]["no_band"].as_str().unwrap().starts_with("The law has two"));
    let report = report(&dossier);
    for text in [report_text(&report).to_string(), report_markdown(&report)] {
        assert_eq!(text.matches("band").count(), 1, "{text}");
        assert!(text.contains("No measurement band: every length is at full detail."), "{text}");
    }
    let whole = &dossier.check().get("length/factbook").unwrap().explanation.clone();
    let says = "The line measures 1,051.21 km, ± 200 m for the accuracy of its ends: at least 0.5 km too \
                long against the published 1,050 km.";
    assert_eq!(whole, says);
}

/// Words for what the first dossier has and this one does not.
#[test]
fn nothing_is_said_of_what_a_boundary_does_not_have() {
    let dossier = chad_libya();
    let text = report_text(&report(&dossier)).to_lowercase();
    for word in ["river", "water", "lake", "krasovsky", "datum shifts", "0.0 km "] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    let on = |dossier: &Dossier| {
        let found = document(dossier)["lengths"]["on_other_ellipsoids"].clone();
        let names = found.as_array().unwrap().iter().map(|it| it["ellipsoid"].clone());
        names.collect::<Vec<_>>()
    };
    assert_eq!(on(&chad_libya()), ["a sphere of mean radius"]);
    let freedonia = Variant::freedonia().read().unwrap();
    assert_eq!(on(&freedonia), ["Krasovsky 1940", "a sphere of mean radius"]);
    let of_rivers = report_text(&report(&freedonia));
    assert!(of_rivers.contains("LAND AND WATER") && of_rivers.contains("Datum shifts"));
    let datum = "datum  = \"WGS 84\"\n";
    let wrong = format!("{datum}ellipsoids = [\"Krassowski\"]\n");
    refused(&[(MANIFEST, datum, &wrong)], &["unknown ellipsoid `Krassowski`", "Krasovsky 1940"]);
}

#[test]
fn without_a_length_by_the_parties_the_answer_is_what_others_print() {
    let text = report_text(&report(&chad_libya())).replace("\n  ", " ");
    let says = "The line measures 1,051.21 km. The dossier has no length of the whole by the parties \
                themselves. Published and excluded: 1,055 km, 1,050 km, around 113 km (West part, \
                Wikipedia) and 942 km (East part, Wikipedia).";
    assert!(text.contains(says), "{text}");
}

#[test]
fn a_reading_that_cannot_be_drawn_is_refused() {
    let all = "which   = \"all\"\n";
    let unknown: &[&str] =
        &["reading `the tropic of 1899`", "unknown reading `arcs`", "rhumb lines"];
    refused(&[(MANIFEST, all, "which = \"arcs\"\n")], unknown);
    let says =
        ["`which` is missing, where the list allows geodesics; rhumb lines; straight in degrees"];
    refused(&[(MANIFEST, all, "")], &says);
    let list = "readings/tropic-1955.toml";
    refused(
        &[(MANIFEST, list, "../elsewhere.toml")],
        &["`list` is `../elsewhere.toml`", "in the dossier's"],
    );
    refused(&[(MANIFEST, list, "readings/1955.toml")], &["readings/1955.toml: ", "check the path"]);
    refused(
        &[(MANIFEST, "the tropic of 1955", "the tropic of 1899")],
        &["which another reading has"],
    );
    let wrong = ["tropic-1955.toml: line 15, column 1: ", "tropic of Capricornus"];
    refused(&[(LIST, "tropic of Cancer", "tropic of Capricornus")], &wrong);
    let follows = (LIST, "edge   = \"unstated\"", "edge   = \"follow:river.geojson\"");
    refused(&[follows], &["takes a line from `river.geojson`", "names no other file"]);
    let sources = (MANIFEST, "[\"judgment-1994\", \"declaration-1899\"]", "[\"the-judgment\"]");
    refused(&[sources], &["reading `the tropic of 1899`", "unknown source `the-judgment`"]);
}

#[test]
fn no_band_and_a_band_exclude_each_other() {
    let both = (MANIFEST, "[band]\n", "[band]\nfine_m = 10.0\n");
    refused(&[both], &["dossier.toml", "`none` is the reason why there is no band"]);
}

/// Segments without a geometry are the edges of the first reading: the law alone is a line.
#[test]
fn a_dossier_without_a_drawing_measures_the_words() {
    let segments = fs::read_to_string(repository("data/chad-libya/segments.geojson")).unwrap();
    let mut segments: Value = serde_json::from_str(&segments).unwrap();
    for segment in segments["features"].as_array_mut().unwrap() {
        segment["geometry"] = Value::Null;
    }
    let directory = copied(&[]);
    fs::write(directory.path().join("segments.geojson"), segments.to_string()).unwrap();
    let dossier = read(directory.path());
    let found = document(&dossier);
    assert_eq!(found["line"]["reading"], "the tropic of 1899, geodesics");
    // 113,954.78 m and 937,211.97 m by GeographicLib.
    let off_m = found["lengths"]["total_m"].as_f64().unwrap() - 1_051_166.75;
    assert!(off_m.abs() < 0.01, "{off_m}");
    assert_eq!(found["readings"][0]["farthest_m"], 0.0);
    let says = "Nobody's drawing: the line is drawn from the law's own words, the tropic of 1899, geodesics.";
    assert!(report_text(&report(&dossier)).contains(says));
    // A straight line is one.
    dossier.check().assert_consistent("course/east");
    assert!(document(&chad_libya())["line"].get("reading").is_none());

    // Of two segments, one alone is no edge of two.
    segments["features"].as_array_mut().unwrap().truncate(1);
    fs::write(directory.path().join("segments.geojson"), segments.to_string()).unwrap();
    let message = Dossier::read(directory.path()).unwrap_err().to_string();
    assert!(message.contains("as many edges as there are segments"), "{message}");
}

/// What a list says is in the digest of its dossier.
#[test]
fn the_digest_covers_the_lists() {
    let directory = copied(&[(LIST, "1955-08-10", "1955-08-11")]);
    assert_ne!(read(directory.path()).digest(), chad_libya().digest());
}
