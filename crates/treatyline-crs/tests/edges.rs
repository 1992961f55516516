//! Places at the edges: of the world, of a map, of what is registered and installed.
#![cfg(feature = "proj")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use geo_types::Coord;
use treatyline_crs::DatumError;
use treatyline_crs::internal::{ChosenBy, Transformation, ellipsoid, system};

fn choose(definition: &str, places: &[Coord]) -> Transformation {
    Transformation::choose(definition, places, None).unwrap_or_else(|error| panic!("{error}"))
}

fn at(x: f64, y: f64) -> Coord {
    Coord { x, y }
}

#[test]
fn longitudes_of_the_next_turn_are_brought_back_in_every_datum() {
    // NZGD2000 as it is used west and east of the antimeridian.
    let places = [at(178.0, -41.0), at(184.0, -44.0)];
    let transformation = choose("EPSG:4167", &places);
    assert!(transformation.chosen().covers_all, "{:?}", transformation.chosen());
    let converter = transformation.open().unwrap();
    assert_eq!(converter.brought_back(places[1]), at(-176.0, -44.0));
    assert_eq!(converter.convert(places[1]).unwrap(), at(-176.0, -44.0));
    // All of them beyond 180°; by pyproj through EPSG:1249.
    let reached = choose("EPSG:4267", &[at(183.0, 52.0)]).open().unwrap().convert(at(183.0, 52.0));
    let reached = reached.unwrap();
    assert!((reached.x + 177.002_211_645_434).abs() < 1e-9, "{reached:?}");
    // In grads from Paris a turn has 400.
    let converter = choose("EPSG:4807", &[at(2.0, 50.0)]).open().unwrap();
    let [once, again] = [2.0, 402.0 - 800.0].map(|x| converter.convert(at(x, 50.0)).unwrap());
    assert!((once.x - again.x).abs() < 1e-9, "{once:?} {again:?}");
    let far = Transformation::choose("EPSG:4267", &[at(541.0, 52.0)], None);
    assert!(matches!(far, Err(DatumError::NoDegrees { .. })), "{far:?}");
}

/// Where pyproj maps a place, that is where the place of the map is. PROJ's own way back from
/// Robinson's projection is off by up to 2.2 m, from Laborde's by 0.1 m; rounding puts places at
/// ±180° beyond the map.
#[test]
fn places_of_a_map_come_from_where_they_were_drawn() {
    for (code, place, map) in [
        ("ESRI:54030", at(-19.9958, 10.0083), at(-1_880_437.174_394, 1_070_406.861_940)),
        ("ESRI:54030", at(123.4, 33.3), at(11_063_985.439_274, 3_561_577.657_484)),
        ("ESRI:54030", at(180.0, 12.5), at(16_887_245.552_566, 1_336_899.020_249)),
        ("ESRI:54030", at(-180.0, -47.3), at(-15_026_855.093_528, -5_046_164.718_782)),
        ("ESRI:54030", at(180.0, 12.5), at(16_887_245.56, 1_336_899.02)),
        ("ESRI:54009", at(180.0, 12.5), at(17_774_928.854_201, 1_540_856.657_369)),
        ("ESRI:54009", at(-180.0, -60.0), at(-11_674_150.749_277, -6_876_758.993_329)),
        ("ESRI:54009", at(-180.0, -60.0), at(-11_674_150.76, -6_876_759.0)),
        ("EPSG:3035", at(22.3, 60.2), at(5_001_017.211_223, 4_181_378.557_408)),
    ] {
        let transformation = choose(code, &[map]);
        let found = transformation.open().unwrap().convert(map);
        let found = found.unwrap_or_else(|error| panic!("{code} {map:?}: {error}"));
        // Where the number is a centimetre beyond the map, its place is as near to the edge.
        let is_beyond = map.x.fract().abs() > 0.001 && (map.x * 100.0).fract() == 0.0;
        let near_deg = if is_beyond || (map.y * 100.0).fract() == 0.0 { 4e-7 } else { 1e-9 };
        let off = (found.x - place.x).abs().max((found.y - place.y).abs());
        assert!(off < near_deg, "{code} {map:?}: {found:?}");
    }
    // PROJ's Robinson jumps at each fifth parallel, where two places have one map.
    let robinson = choose("ESRI:54030", &[at(1e6, 1.07e6)]).open().unwrap();
    let centimetres =
        |at: Coord| Coord { x: (at.x * 100.0).round() / 100.0, y: (at.y * 100.0).round() / 100.0 };
    for i in -17..=17 {
        for near in [-1e-4, 0.0, 1e-4, 2.3] {
            let place = at(7.3, f64::from(5 * i) + near);
            let map = robinson.back(place).unwrap();
            for (map, near_deg) in [(map, 1e-9), (centimetres(map), 3e-7)] {
                let back = robinson.convert(map).unwrap();
                assert!((back.y - place.y).abs() < near_deg, "{place:?} comes back as {back:?}");
            }
        }
    }
    // Laborde's is a projection of an old datum: the map and back.
    let map = at(47_936.357_892, 407_763.569_899);
    let converter = choose("EPSG:29701", &[map]).open().unwrap();
    let back = converter.back(converter.convert(map).unwrap()).unwrap();
    assert!((back.x - map.x).abs() < 1e-3 && (back.y - map.y).abs() < 1e-3, "{back:?}");
}

#[test]
fn a_place_beyond_the_map_is_said_to_be_so_and_in_which_system() {
    let good = at(500_000.0, 5_200_000.0);
    let converter = choose("ESRI:54009", &[good]).open().unwrap();
    let beyond = converter.convert(at(17_000_000.0, 8_000_000.0)).unwrap_err();
    assert!(matches!(beyond, DatumError::Outside { .. }), "{beyond}");
    let said = beyond.to_string();
    assert!(said.contains("(17000000, 8000000) is nowhere on the Earth in"), "{said}");
    assert!(said.contains("Mollweide"), "{said}");
    // PROJ is not asked, which would write to standard error.
    let converter = choose("EPSG:4267", &[at(-100.0, 40.0)]).open().unwrap();
    assert!(matches!(converter.convert(at(-100.0, 95.0)), Err(DatumError::Outside { .. })));
}

#[test]
fn operations_that_need_a_grid_are_named_with_it() {
    // New Brunswick. No grids are installed where tests run (or the operation is used).
    let refused = Transformation::choose("EPSG:4122", &[at(-66.5, 46.5)], None);
    if let Err(error) = refused {
        let said = error.to_string();
        assert!(said.contains("EPSG:1688 (ca_nrc_NB7783v2.tif, ± 1.5 m)"), "{said}");
        let DatumError::NeedsGrid { .. } = error else { panic!("{error}") };
    }
    let chosen = choose("EPSG:4267", &[at(-100.0, 40.0)]).chosen().clone();
    let Some(first) = chosen.missing.first() else { return };
    assert_eq!(first.code, "EPSG:8601", "{:?}", chosen.missing);
    assert_eq!(first.grids, ["us_noaa_conus.tif", "us_noaa_kshpgn.tif"]);
    assert_eq!(first.accuracy_m, Some(1.5));
    let is_of_canada = |code: &str| chosen.missing.iter().any(|it| it.code == code);
    assert!(!is_of_canada("EPSG:8585"), "Alberta is elsewhere: {:?}", chosen.missing);
}

#[test]
fn a_realisation_is_not_led_through_an_old_datum() {
    // PROJ would go through PSAD56, ± 22 m, in the north of Chile and refuses the south.
    for (code, y, accuracy_m) in
        [("EPSG:9153", -30.0, 2.0), ("EPSG:9153", -52.0, 2.0), ("EPSG:5360", -36.0, 5.0)]
    {
        let chosen = choose(code, &[at(-71.0, y)]).chosen().clone();
        assert_eq!(chosen.chosen_by, ChosenBy::Realisation, "{code}: {chosen:?}");
        assert_eq!(chosen.accuracy_m, Some(accuracy_m));
    }
    // Where what it puts together is better, it is taken.
    let chosen = choose("EPSG:8252", &[at(-100.0, 50.0)]).chosen().clone();
    assert_eq!(chosen.chosen_by, ChosenBy::Proj, "{chosen:?}");
}

#[test]
fn axes_that_are_exchanged_are_noticed_without_a_code() {
    let zone = "PROJCS[\"ETRS_1989_UTM_Zone_32N\",GEOGCS[\"GCS_ETRS_1989\",DATUM[\"D_ETRS_1989\",SPHEROID[\"GRS_1980\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",9.0],PARAMETER[\"Scale_Factor\",0.9996],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";
    let wgs84 = zone
        .replace("ETRS_1989_UTM", "WGS_1984_UTM")
        .replace("GCS_ETRS_1989", "GCS_WGS_1984")
        .replace("D_ETRS_1989", "D_WGS_1984")
        .replace("\"GRS_1980\",6378137.0,298.257222101", "\"WGS_1984\",6378137.0,298.257223563");
    let custom = zone.replace("ETRS_1989_UTM_Zone_32N", "of_our_own");
    for definition in [zone, &wgs84, &custom] {
        let (right, wrong) = (at(5e5, 5.2e6), at(5.2e6, 5e5));
        assert!(choose(definition, &[wrong]).chosen().fits_exchanged, "{definition}");
        let chosen = choose(definition, &[right]).chosen().clone();
        assert!(!chosen.fits_exchanged && chosen.covers_all, "{definition}: {chosen:?}");
    }
}

#[test]
fn an_operation_that_declares_to_be_exact_is_as_good_as_wgs84_is() {
    for (code, x, y) in [("EPSG:4758", -77.0, 18.0), ("EPSG:4614", 51.2, 25.3)] {
        let chosen = choose(code, &[at(x, y)]).chosen().clone();
        assert_eq!(chosen.operation.as_ref().unwrap().accuracy_m, Some(0.0), "{chosen:?}");
        assert_eq!(chosen.accuracy_m, Some(2.0), "{code}");
    }
}

#[test]
fn a_grid_that_changes_nothing_is_no_operation() {
    let google = "PROJCS[\"Google Maps Global Mercator\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.01745329251994328]],PROJECTION[\"Mercator_2SP\"],PARAMETER[\"standard_parallel_1\",0],PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",0],PARAMETER[\"false_easting\",0],PARAMETER[\"false_northing\",0],UNIT[\"Meter\",1],EXTENSION[\"PROJ4\",\"+proj=merc +a=6378137 +b=6378137 +lat_ts=0.0 +lon_0=0.0 +x_0=0.0 +y_0=0 +k=1.0 +units=m +nadgrids=@null +wktext +no_defs\"]]";
    let map = at(8_000_000.0, 5_000_000.0);
    let [google, web] = [google, "EPSG:3857"].map(|definition| {
        let transformation = choose(definition, &[map]);
        assert_eq!(transformation.chosen().accuracy_m, Some(0.0), "{:?}", transformation.chosen());
        transformation.open().unwrap().convert(map).unwrap()
    });
    assert!((google.x - web.x).abs() < 1e-12 && (google.y - web.y).abs() < 1e-12, "{google:?}");
}

#[test]
fn web_maps_of_china_are_of_china_and_for_reading() {
    let elsewhere = Transformation::choose("GCJ-02", &[at(-97.0, 26.0)], None);
    assert!(matches!(elsewhere, Err(DatumError::NotDisplaced { .. })), "{elsewhere:?}");
    for refused in [system("GCJ-02").err(), ellipsoid("BD-09").err()] {
        let said = refused.unwrap().to_string();
        assert!(said.contains("is undone where files are read"), "{said}");
    }
}

#[test]
fn an_operation_is_not_used_in_silence_where_there_is_nothing_to_do() {
    let transformation =
        Transformation::choose("EPSG:32644", &[at(5e5, 5e6)], Some("EPSG:1149")).unwrap();
    assert_eq!(transformation.chosen().not_used.as_deref(), Some("EPSG:1149"));
    assert_eq!(transformation.chosen().chosen_by, ChosenBy::NotNeeded);
    let used = Transformation::choose("EPSG:4258", &[at(9.0, 47.0)], Some("EPSG:1149")).unwrap();
    assert_eq!(used.chosen().not_used, None);
}
