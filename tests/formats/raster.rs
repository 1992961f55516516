//! Heights from GeoTIFF files: the same for every way of storing them and the same as an
//! independent program gives, and a reason where there are none.

use std::fs;
use std::path::PathBuf;

use geo::Coord;
use treatyline::io::problem::{Fault, RasterFault};
use treatyline::io::{Input, Raster};

use crate::common::{repository, shared};

/// The files whose names begin in a way.
fn files(beginning: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(repository("tests/data/relief")).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.file_name().unwrap().to_str().unwrap().starts_with(beginning));
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

fn open(name: &str) -> Raster {
    let path = repository("tests/data/relief").join(name);
    Raster::open(&Input::path(&path)).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The place of a column and a row of the small files, counted from the middle of the first
/// pixel.
fn place(column: f64, row: f64) -> Coord {
    Coord { x: 80.005 + 0.01 * column, y: 44.995 - 0.01 * row }
}

/// The surface that the small files have; see `scripts/make_relief.py`.
fn surface(column: f64, row: f64) -> f64 {
    1000.0 + 20.0 * column + 7.0 * row + column * row
}

/// Places over the whole of a small file, its corners among them.
fn places() -> impl Iterator<Item = (f64, f64)> {
    (0..=130).flat_map(|i| (0..=125).map(move |j| (0.3 * f64::from(i), 0.2 * f64::from(j))))
}

#[test]
fn heights_are_the_same_however_they_are_stored() {
    let paths = files("heights_");
    assert!(paths.len() > 15);
    for path in paths {
        let mut raster = Raster::open(&Input::path(&path)).unwrap_or_else(|p| panic!("{p}"));
        assert_eq!(raster.size(), (40, 26));
        assert!((raster.spacing().0 - 0.01).abs() < 1e-12);
        assert!((raster.spacing().1 - 0.01).abs() < 1e-12);
        for (column, row) in places() {
            let found = raster.at(place(column, row)).unwrap();
            let found = found.unwrap_or_else(|| panic!("{}: {column} {row}", path.display()));
            let expected = surface(column, row);
            assert!((found - expected).abs() < 1e-6, "{}: {column} {row}", path.display());
        }
        assert_eq!(raster.asked().heights, 131 * 126);
        for (column, row) in [(-0.01, 3.0), (39.01, 3.0), (3.0, -0.01), (3.0, 25.01)] {
            assert_eq!(raster.at(place(column, row)), Ok(None));
        }
        assert_eq!(raster.asked().outside, 4);
    }
}

#[test]
fn a_stream_and_a_compressed_file_give_the_same() {
    let path = repository("tests/data/relief/heights_tiles_f32_deflate_3.tif");
    let bytes = fs::read(&path).unwrap();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, &bytes).unwrap();
    let zipped = encoder.finish().unwrap();
    let digest = treatyline::internal::digest([&bytes]);
    let zipped_digest = treatyline::internal::digest([&zipped]);
    let inputs = [
        (Input::path(&path), &digest),
        (Input::stream("standard input", std::io::Cursor::new(bytes.clone())), &digest),
        (Input::bytes("zipped", zipped), &zipped_digest),
    ];
    for (input, digest) in inputs {
        let mut raster = Raster::open(&input).unwrap();
        assert_eq!(&raster.digest().unwrap(), digest);
        assert!((raster.at(place(7.5, 3.0)).unwrap().unwrap() - surface(7.5, 3.0)).abs() < 1e-6);
        assert_eq!(&raster.digest().unwrap(), digest);
        assert_eq!(raster.name(), input.name());
    }
}

#[test]
fn pixels_without_data_are_not_made_up() {
    for name in ["i16", "f32", "nan", "nan_said", "absurd"] {
        let mut raster = open(&format!("gap_{name}.tif"));
        // The pixel in column 7 and row 5 is not known; exactly on its neighbours it is not needed.
        for (column, row) in [(7.0, 5.0), (6.5, 5.0), (7.2, 5.9), (6.01, 4.01)] {
            assert_eq!(raster.at(place(column, row)), Ok(None), "{name}: {column} {row}");
        }
        for (column, row) in [(6.0, 5.0), (8.0, 5.5), (6.5, 4.0), (7.5, 6.0), (5.5, 5.0)] {
            let found = raster.at(place(column, row)).unwrap().unwrap();
            assert!((found - surface(column, row)).abs() < 1e-6, "{name}: {column} {row}");
        }
        let asked = raster.asked();
        let counts = (asked.heights, asked.no_data, asked.absurd);
        assert_eq!(counts, if name == "absurd" { (5, 0, 4) } else { (5, 4, 0) }, "{name}");
    }
}

#[test]
fn a_tile_that_is_left_out_has_no_data() {
    let mut raster = open("gap_gdal_sparse.tif");
    for (column, row) in [(16.0, 0.0), (20.3, 7.0), (15.5, 7.0), (31.0, 15.0)] {
        assert_eq!(raster.at(place(column, row)), Ok(None), "{column} {row}");
    }
    let found = raster.at(place(15.0, 7.5)).unwrap().unwrap();
    assert!((found - surface(15.0, 7.5)).abs() < 1e-6);
}

/// Places by pyproj, through the operation that is named: a tenth of a millimetre is 0.2 mm of height.
#[test]
fn places_are_brought_into_the_system_of_the_raster() {
    let table = fs::read_to_string(repository("tests/data/relief/in_other_systems.csv")).unwrap();
    let mut count = 0;
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let (name, operation) = (cells[0], Some(cells[1]).filter(|code| !code.is_empty()));
        if cfg!(not(feature = "proj")) && (operation.is_some() || name.contains("4490")) {
            continue;
        }
        let [lon, lat, height_m] = [2, 3, 4].map(|at| cells[at].parse::<f64>().unwrap());
        let mut raster = open(name);
        let found = raster.at(Coord { x: lon, y: lat }).unwrap();
        assert!((found.unwrap() - height_m).abs() < 1e-3, "{row}: {found:?}");
        let fixes = raster.fixes();
        let [chosen] = fixes.conversions() else { panic!("{row}") };
        let code = chosen.operation.as_ref().and_then(|it| it.code.as_deref());
        assert_eq!(code, operation, "{row}: {chosen:?}");
        let extent = raster.extent();
        let is_in = |at: f64, low: f64, high: f64| (low..=high).contains(&at);
        assert!(is_in(lon, extent.min().x, extent.max().x), "{row}: {extent:?}");
        assert!(is_in(lat, extent.min().y, extent.max().y), "{row}: {extent:?}");
        // A metre beyond the outermost pixels is outside, and so is what has no place there.
        for beyond in [Coord { x: extent.max().x + 0.02, y: lat }, Coord { x: -100.0, y: -89.0 }] {
            assert_eq!(raster.at(beyond), Ok(None), "{row}");
        }
        assert_eq!(raster.asked().outside, 2);
        count += 1;
    }
    assert_eq!(count, if cfg!(feature = "proj") { 30 } else { 15 });
}

#[test]
fn what_is_refused_says_why_and_what_to_do() {
    let mut said = String::new();
    for path in files("refused_") {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let input = Input::path(&path).with_name(&name);
        let problems = Raster::open(&input).expect_err(&name);
        assert_eq!(problems.all().len(), 1, "{name}");
        let message = problems.to_string();
        assert!(message.starts_with(&name) && !message.contains('\n'), "{message}");
        let way_out = ["gdal", "raster of heights"].iter().any(|word| message.contains(word));
        assert!(way_out, "{message}");
        said += &format!("{message}\n");
    }
    // Without PROJ it is what other systems need.
    if cfg!(feature = "proj") {
        insta::assert_snapshot!(said);
    }
}

#[test]
fn what_is_no_raster_is_refused() {
    let fault = |name: &str, bytes: &[u8]| {
        let problems = Raster::open(&Input::bytes(name, bytes)).unwrap_err();
        problems.all()[0].fault.clone()
    };
    assert_eq!(fault("x", b"{\"type\": \"Point\"}"), Fault::Raster(RasterFault::NotTiff));
    assert_eq!(fault("x", b"II*"), Fault::Raster(RasterFault::NotTiff));
    assert_eq!(fault("x", b""), Fault::Empty);
    let empty = tempfile::NamedTempFile::new().unwrap();
    let problems = Raster::open(&Input::path(empty.path())).unwrap_err();
    assert_eq!(problems.all()[0].fault, Fault::Empty);
    for (path, expected) in [("no/such.tif", Fault::Missing), ("src", Fault::Directory)] {
        let problems = Raster::open(&Input::path(path.as_ref())).unwrap_err();
        assert_eq!(problems.all()[0].fault, expected);
    }
}

#[test]
fn a_file_that_breaks_off_is_refused_where_it_does() {
    for path in files("heights_") {
        let whole = fs::read(&path).unwrap();
        for length in (1..whole.len()).step_by(7) {
            let input = Input::bytes("cut.tif", &whole[..length]);
            let outcome = Raster::open(&input).map_err(|problems| problems.all()[0].clone());
            let Err(problem) = outcome.and_then(|mut raster| {
                places().try_for_each(|(column, row)| raster.at(place(column, row)).map(drop))
            }) else {
                // The part that is cut off may not matter: metadata, or the end of a checksum.
                assert!(length + 200 > whole.len(), "{}: {length}", path.display());
                continue;
            };
            let is_damage = matches!(
                problem.fault,
                Fault::Raster(RasterFault::Broken { .. } | RasterFault::NotTiff)
            );
            assert!(is_damage && problem.file == "cut.tif", "{problem}");
        }
    }
}

/// The bytes of an entry of the first directory of a small file: tag, kind, count, value.
fn entry(bytes: &mut [u8], tag: u16) -> &mut [u8] {
    let at = u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize + 2;
    let entries = bytes[at..].chunks_exact_mut(12);
    entries.into_iter().find(|entry| entry[..2] == tag.to_le_bytes()).unwrap()
}

fn said(bytes: Vec<u8>) -> String {
    Raster::open(&Input::bytes("x.tif", bytes)).unwrap_err().to_string()
}

#[test]
fn no_count_in_a_file_makes_room_or_overflows() {
    let whole = fs::read(repository("tests/data/relief/heights_tiles_f32.tif")).unwrap();
    let (most, tiles) = (i32::MAX as u32, [324, 325]);
    for (width, height, tile, expected) in [
        (most, most, 16, "need 18014398509481984 tiles, 4294967295 are listed"),
        // As many as are listed; the list goes on after the end of the file.
        (1 << 20, (1 << 20) - 16, 16, "the file ends within an entry of a directory"),
        (most, most, most, "no more than 67,108,864 are read at once"),
        (most + 1, 26, 16, "a width or height of 2147483648 pixels"),
        (40, 26, 0, "a width or height of 0 pixels"),
    ] {
        let mut bytes = whole.clone();
        for (tag, value) in [(256, width), (257, height), (322, tile), (323, tile)] {
            let entry = entry(&mut bytes, tag);
            entry[2..4].copy_from_slice(&4_u16.to_le_bytes());
            entry[8..].copy_from_slice(&value.to_le_bytes());
        }
        for tag in tiles {
            entry(&mut bytes, tag)[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        }
        let message = said(bytes);
        assert!(message.contains(expected), "{message}");
    }
    // The text of the system.
    let mut bytes = whole;
    entry(&mut bytes, 34735)[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    let message = said(bytes);
    assert!(message.contains("tag 34735 take more than 1048576 bytes"), "{message}");
}

#[test]
fn an_entry_that_is_twice_or_of_an_unknown_kind_is_not_passed_over() {
    let whole = fs::read(repository("tests/data/relief/heights_tiles_f32.tif")).unwrap();
    let mut unknown = whole.clone();
    entry(&mut unknown, 259)[2..4].copy_from_slice(&99_u16.to_le_bytes());
    let mut twice = whole;
    entry(&mut twice, 257)[..2].copy_from_slice(&256_u16.to_le_bytes());
    for bytes in [unknown, twice] {
        let message = said(bytes);
        assert!(message.contains("an entry of an unknown kind, or twice"), "{message}");
    }
}

#[test]
fn heights_are_those_of_rasterio_and_scipy() {
    let Some(path) = shared("data/relief/globe_30s.tif") else { return };
    let table = fs::read_to_string(repository("tests/data/relief/globe_30s.csv")).unwrap();
    let mut raster = Raster::open(&Input::path(&path)).unwrap();
    let (mut count, mut worst) = (0, 0.0_f64);
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let at = Coord { x: cells[0].parse().unwrap(), y: cells[1].parse().unwrap() };
        let expected: Option<f64> = cells[2].parse().ok();
        let found = raster.at(at).unwrap();
        assert_eq!(found.is_some(), expected.is_some(), "{row}");
        worst = worst.max(found.zip(expected).map_or(0.0, |(a, b)| (a - b).abs()));
        count += 1;
    }
    assert!(worst < 1e-6, "{worst}");
    assert_eq!(count, 1000);
    assert_eq!(raster.asked().heights, 986);
    eprintln!("{count} places, at most {worst:e} m apart");
}
