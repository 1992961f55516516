//! Forms on made-up ground, and on real ground compared with an independent program.

use std::convert::Infallible;

use super::*;

fn at(x: f64, y: f64) -> Coord {
    Coord { x, y }
}

fn relief(line: &[(f64, f64)], sides: Sides, ground: impl Fn(Coord) -> Option<f64>) -> Relief {
    let line = Line::new(line.iter().map(|(x, y)| at(*x, *y)).collect()).unwrap();
    let heights = |at: Coord| Ok::<_, Infallible>(ground(at));
    Relief::for_line(&line, Metres::new(200.0), sides, heights).unwrap()
}

/// The only form that a line has.
fn only(relief: &Relief) -> Form {
    let form = relief.sections()[0].form;
    assert!(relief.sections().iter().all(|section| section.form == form));
    form
}

const EAST: [(f64, f64); 2] = [(80.0, 45.0), (80.5, 45.0)];

#[test]
fn ground_higher_or_lower_than_both_sides_is_a_ridge_or_a_valley() {
    // 2,500 m are 0.0225 degrees of latitude.
    let away = |at: Coord| 10_000.0 * (at.y - 45.0).abs();
    let ridge = relief(&EAST, Sides::default(), |at| Some(2000.0 - away(at)));
    assert_eq!(only(&ridge), Form::Ridge);
    let section = ridge.sections()[50];
    assert!((section.above_both_m().unwrap() - 225.0).abs() < 5.0, "{section:?}");
    assert!(section.below_both_m().unwrap() < 0.0);
    let valley = relief(&EAST, Sides::default(), |at| Some(500.0 + away(at)));
    assert_eq!(only(&valley), Form::Valley);
    let slope = relief(&EAST, Sides::default(), |at| Some(500.0 + 10_000.0 * (at.y - 45.0)));
    assert_eq!(only(&slope), Form::Slope);
    assert!((slope.length_of(Form::Slope).value() - 39_400.0).abs() < 100.0);
    assert_eq!(slope.length_of(Form::Ridge).value(), 0.0);
}

#[test]
fn left_and_right_are_seen_from_the_start() {
    let north = relief(&[(80.0, 45.0), (80.0, 45.2)], Sides::default(), |at| Some(at.x));
    let section = north.sections()[20];
    assert!(section.left_m < section.on_m && section.on_m < section.right_m);
    let offset_deg = section.right_m.unwrap() - section.on_m.unwrap();
    let far = Sides::default().offset(Metres::new(5000.0));
    let far = relief(&[(80.0, 45.0), (80.0, 45.2)], far, |at| Some(at.x));
    let twice = far.sections()[20].right_m.unwrap() - far.sections()[20].on_m.unwrap();
    assert!((twice / offset_deg - 2.0).abs() < 1e-3);
}

#[test]
fn small_differences_are_flat_and_the_threshold_is_an_option() {
    let low = |at: Coord| Some(300.0 - 880.0 * (at.y - 45.0).abs());
    // 19.8 m above both sides.
    assert_eq!(only(&relief(&EAST, Sides::default(), low)), Form::Flat);
    let strict = Sides::default().flat(Metres::new(0.0));
    assert_eq!(only(&relief(&EAST, strict, low)), Form::Ridge);
    assert_eq!(only(&relief(&EAST, strict, |_| Some(300.0))), Form::Flat);
    let wide = Sides::default().flat(Metres::new(f64::NAN)).offset(Metres::new(1e9));
    assert_eq!((wide.flat.value(), wide.offset.value()), (0.0, 50_000.0));
}

#[test]
fn one_height_that_is_missing_leaves_the_station_uncovered() {
    let north_only = |at: Coord| (at.y > 44.99).then_some(100.0);
    let relief = relief(&EAST, Sides::default(), north_only);
    assert_eq!(only(&relief), Form::NotCovered);
    let section = relief.sections()[3];
    assert_eq!((section.on_m, section.left_m, section.right_m), (Some(100.0), Some(100.0), None));
    assert_eq!(section.above_both_m(), None);
    assert_eq!(relief.length_of(Form::NotCovered).km().round(), 39.0);
}

#[test]
fn an_error_ends_it() {
    let line = Line::new(vec![at(80.0, 45.0), at(80.5, 45.0)]).unwrap();
    let mut asked = 0;
    let heights = |_| {
        asked += 1;
        if asked < 10 { Ok(Some(1.0)) } else { Err("damaged") }
    };
    assert_eq!(
        Relief::for_line(&line, Metres::new(100.0), Sides::default(), heights),
        Err("damaged")
    );
    assert_eq!(asked, 10);
}

#[cfg(feature = "geotiff")]
#[allow(clippy::print_stderr, reason = "what is skipped, and the table of the comparison")]
mod ground {
    use std::path::Path;

    use super::*;
    use crate::drawn::lines;
    use crate::geodesy::vector::minus;
    use crate::io::{Input, Raster, read};

    fn file(path: &str) -> Option<Input> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        if !path.exists() {
            eprintln!("skipped: what needs {}, which is not there", path.display());
            return None;
        }
        Some(Input::path(&path))
    }

    #[test]
    fn a_landscape_from_a_file_has_its_ridge_its_valley_and_its_plain() {
        let input = file("tests/data/relief/ridge_and_valley.tif").unwrap();
        let mut raster = Raster::open(&input).unwrap();
        // Along the ridge, into the valley, out of the raster; and over the plain.
        let path = vec![at(80.1, 45.0), at(81.1, 45.0), at(81.1, 45.25), at(80.1, 45.25)];
        let line = Line::new(path).unwrap();
        let relief =
            Relief::for_line(&line, Metres::new(100.0), Sides::default(), |at| raster.at(at));
        let relief = relief.unwrap();
        let lengths = Form::ALL.map(|form| relief.length_of(form).km().round());
        // A degree of the parallel is 78.8 km: the ridge is from 80.1 to 80.5, the valley from
        // there to the middle of the last pixel at 80.9975, the plain from there to 80.1.
        assert_eq!(lengths, [31.0, 39.0, 0.0, 71.0, 44.0]);
        let asked = raster.asked();
        assert_eq!((asked.no_data, asked.absurd), (0, 0));
        assert!(asked.outside > 0 && asked.heights > 4000);
    }

    /// From and to in km, and the shares in per cent that an independent program calls valley and
    /// ridge.
    const H3: [(f64, f64, u32, u32); 13] = [
        (43.0, 129.9, 99, 0),
        (143.0, 168.0, 68, 0),
        (338.0, 390.0, 60, 8),
        (520.0, 577.0, 0, 99),
        (577.0, 713.0, 1, 75),
        (713.0, 737.0, 29, 38),
        (1311.0, 1345.0, 85, 4),
        (1345.0, 1411.0, 80, 5),
        (1616.0, 1641.0, 62, 10),
        (1725.0, 1750.0, 82, 0),
        (1004.0, 1052.0, 33, 49),
        (1021.0, 1045.0, 67, 10),
        (1792.0, 1811.0, 0, 89),
    ];

    /// Stations as that program has them: every 500 m, chords of 3 km.
    fn stations(line: &Line, from_km: f64, to_km: f64) -> Vec<Station> {
        let place = |m: f64| line.frame().place(line.at(Metres::new(m)));
        let count = ((to_km - from_km) * 2.0).ceil() as u32;
        let station = |i: u32| {
            let at_m = from_km * 1000.0 + 500.0 * f64::from(i);
            Station {
                chainage: Metres::new(at_m),
                share: Metres::new(500.0),
                place: place(at_m),
                heading: minus(place(at_m + 1500.0).position(), place(at_m - 1500.0).position()),
            }
        };
        (0..count).map(station).collect()
    }

    /// Per cent of valley and of ridge, and the median height above both sides.
    fn shares(sections: &[&CrossSection]) -> (f64, f64, f64) {
        let count = |form| sections.iter().filter(|section| section.form == form).count();
        let percent = |form| 100.0 * count(form) as f64 / sections.len() as f64;
        let mut above: Vec<f64> = sections.iter().filter_map(|one| one.above_both_m()).collect();
        above.sort_by(f64::total_cmp);
        let (a, b) = ((above.len() - 1) / 2, above.len() / 2);
        (percent(Form::Valley), percent(Form::Ridge), (above[a] + above[b]) / 2.0)
    }

    #[test]
    fn valleys_and_ridges_of_a_real_line_are_those_of_another_program() {
        let Some(raster) = file("../shared/data/relief/globe_30s.tif") else { return };
        let Some(line) = file("../shared/data/lines/us_state.geojson") else { return };
        let mut raster = Raster::open(&raster).unwrap();
        let line = lines::lines(&read(&line).unwrap()).unwrap().lines.remove(0);
        let line = Line::new(line).unwrap();
        let strict = Sides::default().flat(Metres::new(0.0));
        let ours =
            Relief::for_line(&line, Metres::new(100.0), Sides::default(), |at| raster.at(at));
        let ours = ours.unwrap();
        eprintln!(
            "km, H3 valley ridge, same method valley ridge median, default valley ridge flat"
        );
        for (from_km, to_km, valley, ridge) in H3 {
            let same = stations(&line, from_km, to_km);
            let same = Relief::at_stations(&same, strict, |at| raster.at(at)).unwrap();
            let (v, r, above_m) = shares(&same.sections().iter().collect::<Vec<_>>());
            let within = from_km..to_km;
            let inside = |one: &&CrossSection| within.contains(&one.chainage.km());
            let default: Vec<_> = ours.sections().iter().filter(inside).collect();
            let (dv, dr, _) = shares(&default);
            let flat = default.iter().filter(|one| one.form == Form::Flat).count();
            let flat = 100.0 * flat as f64 / default.len() as f64;
            eprintln!(
                "{from_km}-{to_km} | {valley} {ridge} | {v:.1} {r:.1} {above_m:.1} m | {dv:.0} \
                 {dr:.0} {flat:.0}"
            );
            assert!((v - f64::from(valley)).abs() < 0.6, "{from_km}: valley {v}");
            assert!((r - f64::from(ridge)).abs() < 0.6, "{from_km}: ridge {r}");
            if from_km == 520.0 {
                assert_eq!(above_m.round(), 117.0);
            }
        }
        for form in Form::ALL {
            eprintln!("{form:?}: {:.1} km", ours.length_of(form).km());
        }
    }
}
