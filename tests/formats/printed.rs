//! Tables of coordinates as they are printed.

#![cfg(feature = "wkt")]

use geo::Coord;
use treatyline::io::problem::Problems;
use treatyline::io::{DataSet, Input, Shape, read};

fn table(text: &str) -> Result<DataSet, Problems> {
    read(&Input::bytes("points.csv", text.as_bytes()))
}

fn place(text: &str) -> Coord {
    let found = table(text).unwrap_or_else(|problems| panic!("{text}: {problems}"));
    let Shape::Point(at) = found.features[0].shape else { panic!("{text}") };
    at
}

/// The tripoint of China, Russia and North Korea as the protocol of 2002 prints it (FACTS, G01).
const LAT: f64 = 42.0 + 25.0 / 60.0 + 4.6 / 3600.0;
const LON: f64 = 130.0 + 38.0 / 60.0 + 11.9 / 3600.0;

#[test]
fn one_place_in_the_columns_that_people_have() {
    for text in [
        "name,lat,lon\nA,42°25'04.6\"N,130°38'11.9\"E\n",
        "point;B;L\n423;42°25'04,6\";130°38'11,9\"\n",
        "名称,纬度,经度\nA,北纬42度25分04.6秒,东经130度38分11.9秒\n",
        "Точка;Широта;Долгота\nA;42 град. 25 мин. 04,6 сек. с.ш.;130°38′11,9″ в.д.\n",
        "name\tcoordinates\nA\t42°25'04.6\"N 130°38'11.9\"E\n",
        "name;坐标\nA;北纬42度25分04.6秒，东经130度38分11.9秒\n",
        "name;lon_lat\nA;130°38'11.9\" / 42°25'04.6\"\n",
    ] {
        let at = place(text);
        assert!((at.x - LON).abs() < 1e-9 && (at.y - LAT).abs() < 1e-9, "{text}: {at:?}");
    }
}

#[test]
fn each_coordinate_that_cannot_be_is_named_in_its_row() {
    let text = "lat;lon\n42°61′N;80°E\n42°25′75″;80°E\n91°N;80°E\n42°N;80° O\n80°E;42°N\n";
    let problems = table(text).unwrap_err();
    let said = problems.all().iter().map(|it| format!("{it}\n")).collect::<String>();
    for says in [
        "feature 1: `42°61′N` has 61 minutes",
        "feature 2: `42°25′75″` has 75 seconds",
        "feature 3: `91°N` is beyond 90°",
        "feature 4: `80° O` can be read in two ways: O is east in German",
        "feature 5: `42°N` is no longitude: it is latitude",
    ] {
        assert!(said.contains(says), "{said}");
    }
}

#[cfg(feature = "proj")]
#[test]
fn references_of_utm_and_mgrs_are_places_on_wgs84() {
    // pyproj 3.7, EPSG:32644 to EPSG:4326, of 543210.5, 4812345.5.
    let expected = Coord { x: 81.534_161_678_77, y: 43.462_772_148_9 };
    for text in [
        "name,mgrs\nA,44TNP4321012345\n",
        "name,UTM\nA,44T 543210.5 4812345.5\n",
        "name;grid reference\nA;44 north 543 210,5 4 812 345,5\n",
    ] {
        let at = place(text);
        assert!((at.x - expected.x).abs() < 1e-8, "{text}: {at:?}");
        assert!((at.y - expected.y).abs() < 1e-8, "{text}: {at:?}");
    }
    let found = table("mgrs\n44TNP4321012345\n45TVJ1234512345\n").unwrap();
    let systems: Vec<_> = found.fixes.conversions().iter().map(|it| &it.system).collect();
    assert_eq!(
        systems,
        ["WGS 84 / UTM zone 44N (EPSG:32644)", "WGS 84 / UTM zone 45N (EPSG:32645)"]
    );
    let told = Input::bytes("points.csv", &b"mgrs\n44TNP4321012345\n"[..]);
    let said = read(&told.with_crs(Some("EPSG:4230".to_owned()))).unwrap_err().to_string();
    assert!(said.contains("are read on WGS 84 only"), "{said}");
}

#[cfg(feature = "proj")]
#[test]
fn an_x_that_is_a_northing_is_read_as_one() {
    let read_in = |text: &str| {
        let input = Input::bytes("points.csv", text.as_bytes());
        read(&input.with_crs(Some("EPSG:28422".to_owned()))).unwrap()
    };
    let treaty = read_in("name;X;Y\nA;4 699 440,4;22 634 709,6\n");
    let plain = read_in("name,easting,northing\nA,22634709.6,4699440.4\n");
    assert_eq!(treaty.features[0].shape, plain.features[0].shape);
    let fixes: Vec<String> = treaty.fixes.all().map(|fix| fix.to_string()).collect();
    assert!(fixes[0].contains("x that is the northing"), "{fixes:?}");
    assert!(fixes[0].ends_with("feature 1, zone 22"), "{fixes:?}");
    assert_eq!(plain.fixes.all().count(), 0);
}
