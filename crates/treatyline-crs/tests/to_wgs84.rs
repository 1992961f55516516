//! Which operation brings a system to WGS 84, and what it makes of places.
#![cfg(feature = "proj")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use geo_types::Coord;
use treatyline_crs::DatumError;
use treatyline_crs::internal::{ChosenBy, Transformation};

/// Places on the line between China and Kazakhstan.
const LINE: [Coord; 3] =
    [Coord { x: 80.2, y: 42.2 }, Coord { x: 82.5, y: 45.5 }, Coord { x: 87.28, y: 49.1 }];

fn choose(definition: &str, places: &[Coord]) -> Transformation {
    Transformation::choose(definition, places, None).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn an_operation_for_kazakhstan_is_chosen_there_and_none_for_russia_alone() {
    // The box of Russia has the line in it, and PROJ takes EPSG:5044, for Russia, "3 m".
    let transformation = choose("EPSG:4284", &LINE);
    let chosen = transformation.chosen();
    let operation = chosen.operation.as_ref().unwrap();
    assert_eq!(operation.code.as_deref(), Some("EPSG:15865"), "{}", operation.name);
    assert!(operation.area_of_use.as_ref().unwrap().name.contains("Kazakhstan"));
    assert_eq!((chosen.chosen_by, chosen.accuracy_m), (ChosenBy::AreaOfUse, Some(4.5)));
    let apart = |code: &str| {
        let found = chosen.alternatives.iter().find(|it| it.code.as_deref() == Some(code));
        found.unwrap().differs_m
    };
    assert!((5.0..44.0).contains(&apart("EPSG:1291")), "the one for Kazakhstan alone, 44 m");
    assert!((1.0..44.0).contains(&apart("EPSG:5044")));
    // By pyproj.Geod on both ellipsoids, small edges at the three places. Krasovsky's is larger by 17
    // millionths, and here it lies below WGS 84.
    let scale = chosen.scale_ppm.unwrap();
    assert!((scale - 6.6287).abs() < 0.01, "{scale}");
}

#[test]
fn within_a_country_the_more_accurate_operation_is_chosen_not_that_for_a_smaller_part() {
    // For Wales alone 35 m are declared.
    let transformation = choose("EPSG:4277", &[Coord { x: -3.1, y: 53.2 }]);
    let chosen = transformation.chosen();
    assert!(chosen.accuracy_m.unwrap() <= 2.0, "{chosen:?}");
    assert!(chosen.alternatives.iter().any(|it| it.code.as_deref() == Some("EPSG:1199")));
}

#[test]
fn an_operation_can_be_asked_for() {
    let with = |code| Transformation::choose("EPSG:4284", &LINE, Some(code));
    let transformation = with("EPSG:5044").unwrap();
    assert_eq!(transformation.chosen().chosen_by, ChosenBy::Caller);
    assert_eq!(transformation.chosen().accuracy_m, Some(3.0));
    assert!(matches!(with("EPSG:1188"), Err(DatumError::WrongOperation { .. })));
    assert!(matches!(with("EPSG:999999"), Err(DatumError::UnknownOperation { .. })));
}

#[test]
fn a_projection_of_wgs84_changes_no_datum() {
    for (definition, at) in [
        ("EPSG:32644", Coord { x: 500_000.0, y: 4_982_950.4 }),
        ("EPSG:3031", Coord { x: 1e6, y: 1e6 }),
        ("EPSG:6933", Coord { x: 1e6, y: 1e6 }),
        ("ESRI:102025", Coord { x: 1e6, y: 3e6 }),
    ] {
        let transformation = choose(definition, &[at]);
        let chosen = transformation.chosen();
        assert_eq!(chosen.chosen_by, ChosenBy::NotNeeded, "{definition}: {chosen:?}");
        assert_eq!((chosen.accuracy_m, &chosen.operation), (Some(0.0), &None));
        assert!(transformation.open().unwrap().convert(at).is_ok());
    }
}

#[test]
fn datums_that_are_wgs84_for_a_boundary_say_their_accuracy() {
    let of = |definition: &str, x: f64, y: f64| {
        let transformation = choose(definition, &[Coord { x, y }]);
        let chosen = transformation.chosen().clone();
        let at = transformation.open().unwrap().convert(Coord { x, y }).unwrap();
        assert!((at.x - x).abs() < 1e-8 && (at.y - y).abs() < 1e-8, "{definition}: {at:?}");
        (chosen.operation.and_then(|it| it.code), chosen.accuracy_m.unwrap())
    };
    let some = |code: &str| Some(code.to_owned());
    assert_eq!(of("EPSG:4258", 10.0, 50.0), (some("EPSG:1149"), 1.0));
    assert_eq!(of("EPSG:4269", -100.0, 40.0), (some("EPSG:1188"), 4.0));
    assert_eq!(of("EPSG:6318", -100.0, 40.0), (some("EPSG:9774"), 2.0));
    assert_eq!(of("EPSG:4674", -60.0, -10.0), (some("EPSG:15894"), 1.0));
    assert_eq!(of("EPSG:4490", 100.0, 40.0), (None, 1.0));
    assert!((1.0..4.0).contains(&of("EPSG:9000", 100.0, 40.0).1), "ITRF2014");
}

#[test]
fn a_shapefile_of_esri_is_recognised_by_its_datum() {
    let wkt = |name: &str, spheroid: &str| {
        format!(
            "GEOGCS[\"GCS_{name}\",DATUM[\"D_{name}\",SPHEROID[{spheroid}]],\
             PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"
        )
    };
    let nad83 = wkt("North_American_1983", "\"GRS_1980\",6378137.0,298.257222101");
    let zone = format!(
        "PROJCS[\"NAD_1983_UTM_Zone_13N\",{nad83},PROJECTION[\"Transverse_Mercator\"],\
         PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],\
         PARAMETER[\"Central_Meridian\",-105.0],PARAMETER[\"Scale_Factor\",0.9996],\
         PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]"
    );
    for (definition, at) in [
        (nad83.clone(), Coord { x: -100.0, y: 40.0 }),
        (zone, Coord { x: 5e5, y: 4.4e6 }),
        (
            format!(
                "{nad83},VERTCS[\"NAVD_1988\",VDATUM[\"North_American_Vertical_Datum_1988\"],PARAMETER[\"Vertical_Shift\",0.0],PARAMETER[\"Direction\",1.0],UNIT[\"Meter\",1.0]]"
            ),
            Coord { x: -100.0, y: 40.0 },
        ),
    ] {
        let transformation = choose(&definition, &[at]);
        let operation = transformation.chosen().operation.clone().unwrap();
        assert_eq!(operation.code.as_deref(), Some("EPSG:1188"), "{definition}");
    }
    let china =
        wkt("China_Geodetic_Coordinate_System_2000", "\"CGCS2000\",6378137.0,298.257222101");
    let china = china.replace("D_China_Geodetic_Coordinate_System_2000", "D_China_2000");
    let transformation = choose(&china, &[Coord { x: 100.0, y: 40.0 }]);
    assert_eq!(transformation.chosen().chosen_by, ChosenBy::Realisation);
}

#[test]
fn nothing_is_moved_by_a_ballpark_and_far_from_home_accuracy_is_widened() {
    let refused = |definition: &str| {
        Transformation::choose(definition, &LINE, None).map(|it| it.chosen().clone()).unwrap_err()
    };
    // Registered for Beijing 1954 are operations for the Ordos and for waters off China.
    let beijing = choose("EPSG:4214", &LINE).chosen().clone();
    let declared = beijing.operation.and_then(|it| it.accuracy_m).unwrap();
    assert!(!beijing.covers_all && beijing.accuracy_m.unwrap() > declared.max(20.0));
    assert!(matches!(refused("EPSG:4610"), DatumError::NoOperation { .. }), "Xian 1980");
    let unknown = "GEOGCS[\"unknown\",DATUM[\"Unknown\",SPHEROID[\"GRS_1980\",6378137,298.257222101]],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.0174532925199433]]";
    assert!(matches!(refused(unknown), DatumError::NoOperation { .. }));
    assert!(matches!(refused("EPSG:5773"), DatumError::NotPlane { .. }));
    let local = "LOCAL_CS[\"site\",LOCAL_DATUM[\"site\",0],UNIT[\"metre\",1]]";
    let message = refused(local).to_string();
    assert!(message.contains("no place on the Earth"), "{message}");
    for nonsense in ["", "EPSG:x", "PROJCS[", "\0"] {
        assert!(matches!(refused(nonsense), DatumError::UnknownSystem { .. }), "{nonsense:?}");
    }
}

#[test]
fn a_shift_that_the_file_states_is_taken_and_a_shift_by_nothing_is_not() {
    let bound = |shift: &str| {
        format!(
            "GEOGCS[\"Pulkovo 1942\",DATUM[\"Pulkovo_1942\",SPHEROID[\"Krassowsky 1940\",6378245,298.3],TOWGS84[{shift}]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]"
        )
    };
    let stated = choose(&bound("24,-123,-94,0.02,-0.25,-0.13,1.1"), &LINE);
    assert_eq!(stated.chosen().chosen_by, ChosenBy::File);
    let moved = stated.open().unwrap().convert(LINE[0]).unwrap();
    assert!((moved.x - LINE[0].x).abs() > 1e-4, "{moved:?}");
    let none = choose(&bound("0,0,0,0,0,0,0"), &LINE);
    assert_eq!(none.chosen().operation.as_ref().unwrap().code.as_deref(), Some("EPSG:15865"));
}

#[test]
fn degrees_of_paris_and_heights_are_brought_home() {
    // 13°40′ E of Paris is 16°00′14″ E of Greenwich, less the shift of the datum.
    let transformation = choose("EPSG:4807", &[Coord { x: 2.0, y: 50.0 }]);
    let at = transformation.open().unwrap().convert(Coord { x: 0.0, y: 50.0 }).unwrap();
    assert!((at.x - 2.337).abs() < 1e-3 && (at.y - 45.0).abs() < 1e-3, "{at:?}");
    for definition in ["EPSG:4937", "EPSG:5498"] {
        let at = Coord { x: -100.0, y: 40.0 };
        let transformation = Transformation::choose(definition, &[at], None);
        if definition == "EPSG:5498" {
            let chosen = transformation.unwrap().chosen().clone();
            assert_eq!(chosen.operation.unwrap().code.as_deref(), Some("EPSG:1188"));
        } else {
            assert!(!transformation.unwrap().chosen().covers_all, "not in Europe");
        }
    }
}

#[test]
fn degrees_called_metres_are_refused_and_exchanged_axes_noticed() {
    let degrees = Transformation::choose("EPSG:28415", &LINE, None);
    assert!(matches!(degrees, Err(DatumError::Degrees { .. })), "{degrees:?}");
    // 8° E 47° N, latitude first.
    assert!(choose("EPSG:4258", &[Coord { x: 47.0, y: 8.0 }]).chosen().fits_exchanged);
    assert!(!choose("EPSG:4258", &[Coord { x: 8.0, y: 47.0 }]).chosen().fits_exchanged);
    let northing_first = [Coord { x: 5_227_511.0, y: 537_870.0 }];
    assert!(choose("EPSG:25832", &northing_first).chosen().fits_exchanged);
}

#[test]
fn the_displacement_of_chinese_maps_is_undone() {
    let map = Coord { x: 116.410_244_499_169_38, y: 39.916_404_281_501_64 };
    let transformation = choose("GCJ-02", &[map]);
    assert_eq!(transformation.chosen().chosen_by, ChosenBy::Unofficial);
    let at = transformation.open().unwrap().convert(map).unwrap();
    assert!((at.x - 116.404).abs() < 1e-9 && (at.y - 39.915).abs() < 1e-9, "{at:?}");
}

#[test]
fn the_box_of_a_neighbour_is_not_its_country() {
    let code = |system: &str, x: f64, y: f64| {
        let chosen = choose(system, &[Coord { x, y }]).chosen().clone();
        let area = chosen.operation.and_then(|it| it.area_of_use).unwrap();
        area.name
    };
    // The box of Mexico ends at 32.7 degrees north, that of Ontario at 41.7.
    for (name, x, y) in
        [("Dallas", -97.0, 32.7), ("San Diego", -117.1, 32.7), ("Detroit", -83.0, 42.3)]
    {
        assert!(code("EPSG:4267", x, y).starts_with("United States"), "{name}");
    }
    assert!(code("EPSG:4267", -79.4, 43.7).starts_with("Canada"), "Toronto");
    // Ankara is in the box around the sea off Israel and the Black Sea, which is a little smaller
    // than that of Türkiye; the north of Israel is in it and in that of Jordan.
    assert!(code("EPSG:4230", 32.9, 39.9).starts_with("Türkiye"), "Ankara");
    assert!(code("EPSG:4230", 35.4, 32.8).starts_with("Jordan"), "Tiberias");
}

#[test]
fn metres_called_degrees_are_refused_by_their_numbers() {
    let metres = [Coord { x: 530_000.0, y: 180_000.0 }];
    let refused = Transformation::choose("EPSG:4267", &metres, None).unwrap_err().to_string();
    assert!(refused.contains("(530000, 180000) are no longitude and latitude"), "{refused}");
    // The false origin of the British grid is in its own area.
    let degrees = Transformation::choose("EPSG:27700", &[Coord { x: -3.1, y: 53.2 }], None);
    assert!(matches!(degrees, Err(DatumError::Degrees { .. })), "{degrees:?}");
}
