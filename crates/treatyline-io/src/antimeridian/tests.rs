use geo::{Area, polygon};
use proptest::prelude::*;

use super::*;

fn path(corners: &[(f64, f64)]) -> Vec<Coord> {
    corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()
}

fn ring(corners: &[(f64, f64)]) -> Polygon {
    Polygon::new(LineString(path(corners)), Vec::new())
}

fn lines(corners: &[(f64, f64)]) -> Vec<Vec<Coord>> {
    let Shape::Lines(parts) = cut(&Shape::Lines(vec![path(corners)])) else { panic!() };
    parts
}

fn polygons(polygon: Polygon) -> Vec<Polygon> {
    let Shape::Polygons(parts) = cut(&Shape::Polygons(vec![polygon])) else { panic!() };
    parts
}

fn length_m(parts: &[Vec<Coord>]) -> f64 {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    parts.iter().map(|part| geodesic.length(part).unwrap().value()).sum()
}

fn area_m2(parts: &[Polygon]) -> f64 {
    let geodesic = Geodesic::new(Ellipsoid::WGS84);
    parts.iter().map(|part| geodesic.area(part).unwrap().value()).sum()
}

#[test]
fn what_does_not_cross_stays_as_it_is() {
    let shape = Shape::Polygons(vec![polygon!(
        exterior: [(x: 180.0, y: 0.0), (x: 180.0, y: 9.0), (x: 170.0, y: 9.0)],
        interiors: [[(x: 175.0, y: 7.0), (x: 176.0, y: 7.0), (x: 176.0, y: 8.0)]],
    )]);
    assert_eq!(cut(&shape), shape);
    let line = path(&[(80.0, 45.0), (-99.0, 45.0), (-180.0, 0.0)]);
    assert_eq!(cut(&Shape::Lines(vec![line.clone()])), Shape::Lines(vec![line]));
}

#[test]
fn the_line_of_the_standard_is_cut_in_two() {
    // RFC 7946 §3.1.9: from 45° N, 170° E to 45° N, 170° W; by symmetry a geodesic is
    // farthest north half way.
    let parts = lines(&[(170.0, 45.0), (-170.0, 45.0)]);
    assert_eq!(parts.len(), 2);
    let y = parts[0][1].y;
    assert_eq!(parts, [path(&[(170.0, 45.0), (180.0, y)]), path(&[(-180.0, y), (-170.0, 45.0)])]);
    let middle = Geodesic::new(Ellipsoid::WGS84).between(
        Coord { x: -10.0, y: 45.0 },
        Coord { x: 10.0, y: 45.0 },
        0.5,
    );
    assert!((y - middle.y).abs() < 1e-9, "{y} is not {}", middle.y);
}

#[test]
fn along_the_equator_the_cut_is_on_it() {
    assert_eq!(
        lines(&[(-179.0, 0.0), (179.0, 0.0)]),
        [path(&[(-179.0, 0.0), (-180.0, 0.0)]), path(&[(180.0, 0.0), (179.0, 0.0)])]
    );
}

#[test]
fn unwrapped_longitudes_come_within_the_range() {
    assert_eq!(
        lines(&[(179.0, 0.0), (181.0, 0.0), (539.0, 0.0)]),
        [
            path(&[(179.0, 0.0), (180.0, 0.0)]),
            path(&[(-180.0, 0.0), (-179.0, 0.0), (-180.0, 0.0)]),
            path(&[(180.0, 0.0), (179.0, 0.0)])
        ]
    );
    assert_eq!(
        cut(&Shape::Point(Coord { x: -540.0, y: 1.0 })),
        Shape::Point(Coord { x: -180.0, y: 1.0 })
    );
}

#[test]
fn a_line_that_only_touches_is_not_cut() {
    for far in [180.0, -180.0] {
        let parts = lines(&[(170.0, 1.0), (far, 2.0)]);
        assert_eq!(parts, [path(&[(170.0, 1.0), (180.0, 2.0)])], "{far}");
    }
    let along = lines(&[(170.0, 1.0), (180.0, 2.0), (-180.0, 3.0), (170.0, 4.0)]);
    assert_eq!(along, [path(&[(170.0, 1.0), (180.0, 2.0), (180.0, 3.0), (170.0, 4.0)])]);
}

#[test]
fn a_polygon_across_is_cut_with_its_hole() {
    let across = polygon!(
        exterior: [(x: 170.0, y: -10.0), (x: -170.0, y: -10.0), (x: -170.0, y: 10.0),
            (x: 170.0, y: 10.0)],
        interiors: [
            [(x: 175.0, y: 0.0), (x: -175.0, y: 0.0), (x: 180.0, y: 5.0)],
            [(x: 171.0, y: 0.0), (x: 172.0, y: 0.0), (x: 172.0, y: 1.0)],
        ],
    );
    let before = area_m2(std::slice::from_ref(&across));
    let parts = polygons(across);
    // The hole that crosses becomes part of the outline in the west; the other one stays a hole.
    assert_eq!(parts.len(), 4 - 2, "{parts:?}");
    assert_eq!(parts.iter().map(|part| part.interiors().len()).sum::<usize>(), 1);
    let after = area_m2(&parts);
    assert!((after / before - 1.0).abs() < 1e-12, "{after} is not {before}");
    for part in &parts {
        let xs: Vec<f64> = part.exterior().0.iter().map(|at| at.x).collect();
        assert!(xs.iter().all(|x| *x >= 170.0) || xs.iter().all(|x| *x <= -170.0), "{xs:?}");
    }
}

#[test]
fn a_comb_falls_into_as_many_parts_as_it_has_teeth() {
    let comb = ring(&[
        (179.0, 0.0),
        (-179.0, 1.0),
        (179.0, 2.0),
        (-179.0, 3.0),
        (179.0, 4.0),
        (-179.0, 5.0),
        (178.0, 6.0),
        (178.0, 0.0),
        (179.0, 0.0),
    ]);
    let before = area_m2(std::slice::from_ref(&comb));
    let parts = polygons(comb);
    assert_eq!(parts.len(), 1 + 3);
    assert!((area_m2(&parts) / before - 1.0).abs() < 1e-12);
}

#[test]
fn a_cap_reaches_the_pole_of_its_smaller_side() {
    for y in [80.0, -80.0] {
        for mut corners in [vec![0.0, 120.0, -120.0], vec![-120.0, 120.0, 0.0]] {
            corners.push(corners[0]);
            let cap: Vec<_> = corners.iter().map(|x| (*x, y)).collect();
            let before = area_m2(&[ring(&cap)]);
            let parts = polygons(ring(&cap));
            let [part] = &parts[..] else { panic!("{parts:?}") };
            let pole = 90.0_f64.copysign(y);
            let holds = |x| part.exterior().0.contains(&Coord { x, y: pole });
            assert!(holds(180.0) && holds(-180.0), "{part:?}");
            assert!(part.unsigned_area() > 360.0 * 5.0, "{part:?}");
            // Two corners more, on meridians: the land stays the same.
            let after = area_m2(&parts);
            assert!((after / before - 1.0).abs() < 1e-9, "{after} is not {before}");
            assert_eq!(polygons(part.clone()), parts, "cut twice, cut once");
        }
    }
}

#[test]
fn a_belt_round_the_axis_is_one_ring() {
    let round = |y: f64| [(0.0, y), (120.0, y), (-120.0, y), (0.0, y)];
    let (outer, inner) = (ring(&round(60.0)), ring(&round(80.0)));
    let belt = Polygon::new(outer.exterior().clone(), vec![inner.exterior().clone()]);
    let before = area_m2(std::slice::from_ref(&belt));
    let parts = polygons(belt);
    assert_eq!((parts.len(), parts[0].interiors().len()), (1, 0), "{parts:?}");
    assert!(parts[0].exterior().0.iter().all(|at| at.y.abs() < 90.0), "it holds no pole");
    // Measured as one ring it holds the same land, except where the cut itself counts.
    let after = area_m2(&parts);
    assert!((after / before - 1.0).abs() < 1e-9, "{after} is not {before}");
}

proptest! {
    #[test]
    fn a_line_stays_as_long_and_cut_twice_is_cut_once(
        corners in prop::collection::vec((-540.0..540.0_f64, -89.0..89.0_f64), 2..12),
    ) {
        let whole = path(&corners);
        let on_earth: Vec<_> = whole.iter().map(|at| within(*at)).collect();
        let parts = cut(&Shape::Lines(vec![whole]));
        let Shape::Lines(found) = &parts else { panic!() };
        for at in found.iter().flatten() {
            prop_assert!(at.x.abs() <= 180.0);
        }
        for edge in found.iter().flat_map(|part| part.windows(2)) {
            prop_assert!((edge[1].x - edge[0].x).abs() <= 180.0, "{:?} crosses", edge);
        }
        let (before, after) = (length_m(&[on_earth]), length_m(found));
        prop_assert!((after - before).abs() < 1e-6 + 1e-12 * before, "{} is not {}", after, before);
        prop_assert_eq!(cut(&parts), parts);
    }

    #[test]
    fn a_star_stays_as_large(
        middle in (175.0..185.0_f64, -60.0..60.0_f64),
        rays in prop::collection::vec(0.5..4.0_f64, 3..20),
    ) {
        let count = rays.len() as f64;
        let corner = |(i, ray): (usize, &f64)| {
            let angle = std::f64::consts::TAU * i as f64 / count;
            (middle.0 + ray * angle.cos(), middle.1 + ray * angle.sin())
        };
        let corners: Vec<_> = rays.iter().enumerate().map(corner).collect();
        let star = ring(&corners);
        let on_earth = ring(&corners.iter().map(|(x, y)| {
            let at = within(Coord { x: *x, y: *y });
            (at.x, at.y)
        }).collect::<Vec<_>>());
        let parts = polygons(star);
        let (before, after) = (area_m2(&[on_earth]), area_m2(&parts));
        prop_assert!((after / before - 1.0).abs() < 1e-9, "{} is not {}", after, before);
        let again = cut(&Shape::Polygons(parts.clone()));
        prop_assert_eq!(again, Shape::Polygons(parts));
    }
}
