//! Broken files of every format: exit code 2, one message, no output.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
#[cfg(feature = "geopackage")]
use std::process::Command;

use crate::common::{FORMATS, repository, treatyline};
use crate::refusal::refused;

/// A file of each format that is built in.
fn files() -> Vec<PathBuf> {
    let built = FORMATS.iter().filter(|(_, built)| *built);
    built.map(|(ending, _)| fixture(&format!("lines.{ending}"))).collect()
}

fn fixture(name: &str) -> PathBuf {
    repository("tests/data/formats").join(name)
}

/// A copy of a file with its bytes changed, and of its companions.
fn altered(path: &std::path::Path, change: impl Fn(&mut Vec<u8>)) -> (tempfile::TempDir, String) {
    let directory = tempfile::tempdir().unwrap();
    let copy = directory.path().join(path.file_name().unwrap());
    for ending in ["prj", "dbf", "cpg"] {
        let companion = path.with_extension(ending);
        if path.extension().is_some_and(|own| own == "shp") && companion.exists() {
            fs::copy(&companion, copy.with_extension(ending)).unwrap();
        }
    }
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(&copy, bytes).unwrap();
    let copy = copy.to_str().unwrap().to_owned();
    (directory, copy)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_file_that_breaks_off_is_refused() {
    for path in files() {
        for share in [3, 5, 9] {
            let cut = |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() * share / 10);
            let (_directory, copy) = altered(&path, cut);
            refused(&copy, &["measure", &copy], b"", &[&copy]);
        }
    }
}

#[test]
fn a_file_with_another_beginning_is_refused() {
    for path in files() {
        let (_directory, copy) = altered(&path, |bytes| {
            let length = bytes.len().min(12);
            bytes[..length].fill(b'?');
        });
        refused(&copy, &["measure", &copy], b"", &[&copy]);
    }
}

#[test]
fn an_empty_file_is_refused() {
    for path in files() {
        let (_directory, copy) = altered(&path, Vec::clear);
        refused(&copy, &["measure", &copy], b"", &["the file is empty"]);
    }
}

#[test]
fn text_in_another_encoding_is_refused() {
    for path in files() {
        let ending = path.extension().unwrap().to_str().unwrap().to_owned();
        if !["topojson", "kml", "wkt"].contains(&ending.as_str()) {
            continue;
        }
        // UTF-16, and a letter of Windows-1251.
        let utf16 = |bytes: &mut Vec<u8>| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            *bytes = [0xff, 0xfe]
                .into_iter()
                .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
                .collect();
        };
        let (_directory, copy) = altered(&path, utf16);
        let measured = |file: &str| {
            let run = treatyline().args(["measure", "--format", "json", file]).output().unwrap();
            assert_eq!(run.status.code(), Some(0), "{file}");
            String::from_utf8(run.stdout).unwrap().replace(file, "")
        };
        assert_eq!(measured(&copy), measured(path.to_str().unwrap()), "{copy}");
        let (_directory, copy) = altered(&path, |bytes| {
            utf16(bytes);
            bytes.push(0);
        });
        refused(&copy, &["measure", &copy], b"", &["not UTF-16 text from byte"]);
        let (_directory, copy) = altered(&path, |bytes| bytes.push(0xd5));
        refused(&copy, &["measure", &copy], b"", &["not UTF-8 text from byte"]);
    }
}

#[test]
fn areas_are_no_line_to_compare() {
    for path in files() {
        let areas = path
            .with_file_name(path.file_name().unwrap().to_str().unwrap().replace("lines", "areas"));
        if !areas.exists() {
            continue;
        }
        let (line, areas) = (path.to_str().unwrap(), areas.to_str().unwrap());
        // Two polygons that share nothing, before anything else.
        refused(areas, &["compare", line, areas], b"", &[areas, "share no boundary"]);
    }
}

#[test]
fn any_two_formats_are_compared() {
    let geojson = fixture("lines.geojson");
    for path in files() {
        let run = treatyline()
            .args(["compare", geojson.to_str().unwrap(), path.to_str().unwrap()])
            .args(["--fail-above", "0.001"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!((run.status.code(), &*said), (Some(0), ""), "{}", path.display());
    }
}

#[test]
fn bombs_do_not_go_off() {
    let zeros = gzip(&vec![b' '; 40_000_000]);
    let most = ["measure", "-", "--max-bytes", "1MiB"];
    let says = ["more than 1,048,576 bytes", "--max-bytes"];
    refused("spaces", &most, &zeros, &says);
    // A large sound file is read if the limit allows it.
    let line = r#"{"type":"LineString","coordinates":[[80,45],[80,46]]}"#;
    let large = gzip(format!("{}{line}", " ".repeat(2_000_000)).as_bytes());
    refused("spaces and a line", &most, &large, &says);
    let run =
        treatyline().args(["measure", "-", "--max-bytes", "3MiB"]).write_stdin(large).output();
    assert_eq!(run.unwrap().status.code(), Some(0));
    for wrong in ["-1", "many", "1TiB", "99999999999GiB"] {
        let option = format!("--max-bytes={wrong}");
        let run = treatyline().args(["measure", "-", &option]).output().unwrap();
        assert_eq!(run.status.code(), Some(2), "{wrong}");
    }
}

#[cfg(feature = "kml")]
#[test]
fn a_zip_bomb_does_not_go_off() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("doc.kml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&vec![b' '; 40_000_000]).unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 100_000);
    let most = ["measure", "-", "--max-bytes", "1MiB"];
    refused("kmz", &most, &bytes, &["more than 1,048,576 bytes"]);
    let mut empty = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    empty.start_file("readme.txt", zip::write::SimpleFileOptions::default()).unwrap();
    let bytes = empty.finish().unwrap().into_inner();
    refused("no kml", &["measure", "-"], &bytes, &["a zip archive without geodata, of readme.txt"]);
}

#[cfg(feature = "topojson")]
#[test]
fn a_few_numbers_that_name_a_long_arc_again_and_again_are_no_bomb() {
    let arc = vec!["[0,0]"; 2_000].join(",");
    let line = format!("[{}]", vec!["0"; 2_000].join(","));
    let geometry = format!(r#"{{"type":"LineString","arcs":{line}}}"#);
    let text = format!(
        r#"{{"type":"Topology","arcs":[[{arc}]],"objects":{{"a":{{"type":"GeometryCollection","geometries":[{}]}}}}}}"#,
        vec![geometry.as_str(); 100].join(",")
    );
    // Half a megabyte that would become six gigabytes.
    assert!(text.len() < 600_000);
    let most = ["measure", "-", "--max-bytes", "16MiB"];
    refused("arcs", &most, text.as_bytes(), &["feature 1", "more than 16,777,216 bytes"]);
}

#[test]
fn absurd_counts_are_refused() {
    let four = |at: usize, value: [u8; 4]| {
        move |bytes: &mut Vec<u8>| bytes[at..at + 4].copy_from_slice(&value)
    };
    let huge = i32::MAX.to_be_bytes();
    let mut cases: Vec<(&str, usize, [u8; 4], &str)> = Vec::new();
    if cfg!(feature = "shapefile") {
        cases.push(("lines.shp", 104, huge, "record 1 goes on behind the end"));
        // Parts and points of the first record.
        cases.push(("lines.shp", 144, i32::MAX.to_le_bytes(), "feature 1: not a shapefile"));
        cases.push(("lines.shp", 148, i32::MAX.to_le_bytes(), "feature 1: not a shapefile"));
        cases.push(("lines.shp", 148, (-1_i32).to_le_bytes(), "feature 1: not a shapefile"));
    }
    if cfg!(feature = "flatgeobuf") {
        cases.push(("lines.fgb", 8, u32::MAX.to_le_bytes(), "breaks off in its header"));
        cases.push(("lines.fgb", 8, [0; 4], "breaks off in its header"));
    }
    for (name, at, value, says) in cases {
        let (_directory, copy) = altered(&fixture(name), four(at, value));
        refused(&format!("{name} {at}"), &["measure", &copy], b"", &[says]);
    }
}

#[cfg(feature = "geopackage")]
#[test]
fn a_database_that_is_no_geopackage_is_refused() {
    // The program that is needed to compile PROJ.
    if Command::new("sqlite3").arg("-version").output().is_err() {
        eprintln!("skipped: there is no program sqlite3");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let made = |name: &str, change: &str| {
        let path = directory.path().join(name);
        fs::copy(fixture("lines.gpkg"), &path).unwrap();
        let done = Command::new("sqlite3").arg(&path).arg(change).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        path.to_str().unwrap().to_owned()
    };
    for (name, change, says) in [
        ("no.gpkg", "DROP TABLE gpkg_contents", "an SQLite database without spatial tables"),
        ("none.gpkg", "DELETE FROM gpkg_geometry_columns", "without a layer of features"),
        ("unstated.gpkg", "UPDATE gpkg_geometry_columns SET srs_id = 0", "does not say which"),
        // As GDAL writes it from 3.9 on.
        (
            "undefined.gpkg",
            "UPDATE gpkg_geometry_columns SET srs_id = 99999; INSERT INTO gpkg_spatial_ref_sys \
             VALUES ('Undefined SRS', 99999, 'GDAL', 99999, 'LOCAL_CS[\"Undefined SRS\",\
             LOCAL_DATUM[\"unknown\",32767],UNIT[\"unknown\",0]]', null)",
            "--crs EPSG:4326",
        ),
        ("number.gpkg", "UPDATE lines SET geom = 7", "not a geometry of a GeoPackage"),
        (
            "view.gpkg",
            "ALTER TABLE lines RENAME TO x; CREATE VIEW lines AS WITH RECURSIVE n(i, geom) AS \
             (SELECT 1, null UNION ALL SELECT i + 1, null FROM n) SELECT * FROM n; \
             UPDATE gpkg_contents SET table_name = 'lines'; \
             UPDATE gpkg_geometry_columns SET table_name = 'lines'",
            "layer `lines`: this is a view",
        ),
    ] {
        let path = made(name, change);
        refused(name, &["measure", &path], b"", &[says]);
    }
    // F25: a curve was a point, or none.
    for (code, name) in [
        (8, "CIRCULARSTRING"),
        (9, "COMPOUNDCURVE"),
        (10, "CURVEPOLYGON"),
        (11, "MULTICURVE"),
        (12, "MULTISURFACE"),
        (1008, "CIRCULARSTRING"),
        (2009, "COMPOUNDCURVE"),
        (3010, "CURVEPOLYGON"),
        (15, "POLYHEDRALSURFACE"),
        (1016, "TIN"),
        (17, "TRIANGLE"),
    ] {
        let bytes: String = u32::to_le_bytes(code).iter().map(|b| format!("{b:02x}")).collect();
        // A header without an envelope, then WKB of no parts; the other features stay.
        let one = format!("x'4750000100000000' || x'01{bytes}00000000'");
        let change = format!(
            "UPDATE lines SET geom = CAST({one} AS BLOB) WHERE rowid = \
            (SELECT max(rowid) FROM lines)"
        );
        let path = made(&format!("{code}.gpkg"), &change);
        let says = [&*format!("feature 2 `2`: a {name} ("), "ogr2ogr -nlt "];
        refused(&path, &["measure", &path], b"", &says);
    }
    // Where it is not wanted, the others are read.
    let path = made(
        "8.gpkg",
        "UPDATE lines SET geom = x'4750000100000000010800000000000000' \
        WHERE name LIKE 'Ile%'",
    );
    let run = treatyline().args(["measure", &path, "--where", "posts=3"]).output().unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    // A table name that would be an SQL command.
    let hostile = "ALTER TABLE lines RENAME TO \"a\"\"; DROP TABLE x\"; \
        UPDATE gpkg_contents SET table_name = 'a\"; DROP TABLE x'; \
        UPDATE gpkg_geometry_columns SET table_name = 'a\"; DROP TABLE x'";
    let path = made("hostile.gpkg", hostile);
    let run = treatyline().args(["measure", &path]).output().unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    // As a file looks while a program still has it open.
    let path = made("wal.gpkg", "PRAGMA user_version = 10300");
    fs::write(format!("{path}-wal"), "changes").unwrap();
    refused("wal", &["measure", &path], b"", &["-wal file"]);
}
