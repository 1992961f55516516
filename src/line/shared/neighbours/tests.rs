use geo::LineString;
use proptest::prelude::*;

use super::*;
use crate::geodesy::Ellipsoid;
use crate::line::SNAPPING_DEG;
use crate::line::shared::tests::shared_boundary;

fn polygon(corners: &[(f64, f64)]) -> Polygon {
    let mut ring: Vec<Coord> = corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
    ring.push(ring[0]);
    Polygon::new(LineString(ring), Vec::new())
}

/// A rectangle from its south-western to its north-eastern corner.
fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Polygon {
    polygon(&[(west, south), (east, south), (east, north), (west, north)])
}

fn neighbours(areas: &[Vec<Polygon>]) -> Borders {
    let mut outlines = Outlines::default();
    areas
        .iter()
        .enumerate()
        .for_each(|(area, polygons)| outlines.add(area, &Rings::from_polygons(polygons)));
    outlines.borders(&Geodesic::new(Ellipsoid::WGS84))
}

/// Areas, border and vertices of a stretch.
type Plain = ([usize; 2], Border, Vec<(f64, f64)>);

fn found(areas: &[Vec<Polygon>]) -> Vec<Plain> {
    let plain = |stretch: Stretch| {
        let line = stretch.line.iter().map(|at| (at.x, at.y)).collect();
        (stretch.areas, stretch.border, line)
    };
    neighbours(areas).stretches.into_iter().map(plain).collect()
}

use Border::{Between, ClaimedByBoth, Contested};

#[test]
fn each_two_of_three_countries_have_a_boundary() {
    let [a, b] = [rectangle(0.0, 0.0, 1.0, 1.0), rectangle(1.0, 0.0, 2.0, 1.0)];
    // With a vertex where the two meet, and without.
    let corners = [(0.0, 1.0), (1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (0.0, 2.0)];
    for c in [polygon(&corners), rectangle(0.0, 1.0, 2.0, 2.0)] {
        let expected = [
            ([0, 1], Between, vec![(1.0, 0.0), (1.0, 1.0)]),
            ([0, 2], Between, vec![(1.0, 1.0), (0.0, 1.0)]),
            ([1, 2], Between, vec![(2.0, 1.0), (1.0, 1.0)]),
        ];
        assert_eq!(found(&[vec![a.clone()], vec![b.clone()], vec![c]]), expected);
    }
}

#[test]
fn a_country_of_many_polygons_has_one_outline() {
    let north = rectangle(1.0, 0.5, 2.0, 1.0);
    let south = rectangle(1.0, 0.0, 2.0, 0.5);
    let west = rectangle(0.0, 0.0, 1.0, 1.0);
    let areas = [vec![west], vec![south.clone(), north.clone(), south]];
    let line = vec![(1.0, 0.0), (1.0, 0.5), (1.0, 1.0)];
    assert_eq!(found(&areas), [([0, 1], Between, line)]);
    let all = neighbours(&areas);
    // Three sides of the southern part; the fourth lies inside.
    assert!((all.repeated.km() - 2.0 * 55.29 - 111.32).abs() < 0.1, "{all:?}");
    assert!(((all.outlines - all.alone).km() - 2.0 * 110.57).abs() < 0.1, "{all:?}");
}

#[test]
fn claims_on_the_same_land_are_no_boundary() {
    let country = rectangle(0.0, 0.0, 2.0, 1.0);
    let [inside, adjacent] = [rectangle(1.0, 0.0, 2.0, 1.0), rectangle(2.0, 0.0, 3.0, 1.0)];
    let all = found(&[vec![country], vec![inside], vec![adjacent]]);
    let pairs: Vec<_> = all.iter().map(|(areas, border, _)| (*areas, *border)).collect();
    let expected = [
        // The coasts are edges of one area and parts of edges of the other; the third area also has
        // the eastern end.
        ([0, 1], ClaimedByBoth),
        ([0, 2], Contested),
        ([1, 2], Contested),
    ];
    let mut seen = pairs.clone();
    seen.dedup();
    assert_eq!(seen, expected, "{all:?}");
}

#[test]
fn a_claim_with_other_vertices_is_one_all_the_same() {
    // The first has one edge where the second has two, of which a claim on its land has one.
    let west = rectangle(0.0, 0.0, 1.0, 2.0);
    let east = polygon(&[(1.0, 0.0), (2.0, 0.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)]);
    let claim = rectangle(1.0, 0.0, 1.5, 1.0);
    let all = found(&[vec![west], vec![east], vec![claim]]);
    let pairs: Vec<_> =
        all.iter().map(|(areas, border, line)| (*areas, *border, line.len())).collect();
    let expected = [
        ([0, 1], Between, 2),
        ([0, 1], Contested, 2),
        ([0, 2], Contested, 2),
        ([1, 2], ClaimedByBoth, 3),
    ];
    assert_eq!(pairs, expected, "{all:?}");
}

#[test]
fn what_is_apart_is_not_bridged() {
    let [west, east] = [rectangle(0.0, 0.0, 1.0, 1.0), rectangle(1.0 + 2e-7, 0.0, 2.0, 1.0)];
    let all = neighbours(&[vec![west.clone()], vec![east]]);
    assert!(all.stretches.is_empty());
    assert_eq!(all.alone, all.outlines);
    // Its two sides are reported with their length: one degree of the meridian.
    let [apart] = all.apart[..] else { panic!("{all:?}") };
    assert!(apart.areas == [0, 1] && (apart.length.km() - 110.57).abs() < 0.01, "{apart:?}");
    // Beyond 100 m, on the same side, or where the border is shared there is nothing to report.
    for east in [
        rectangle(1.001, 0.0, 2.0, 1.0),
        rectangle(0.5, 0.0, 1.0 + 2e-7, 1.0),
        rectangle(1.0, 0.0, 2.0, 1.0),
    ] {
        assert_eq!(neighbours(&[vec![west.clone()], vec![east]]).apart, []);
    }
    let near = rectangle(1.0 + 9e-8, 0.0, 2.0, 1.0);
    assert_eq!(found(&[vec![west], vec![near]]).len(), 1);
}

#[test]
fn the_antimeridian_divides_nothing() {
    let fiji = vec![rectangle(179.0, -18.0, 180.0, -17.0), rectangle(-180.0, -18.0, -179.0, -17.0)];
    let across = polygon(&[(179.0, -17.0), (-179.0, -17.0), (-179.0, -16.0), (179.0, -16.0)]);
    let all = found(&[fiji, vec![across]]);
    let line = vec![(-179.0, -17.0), (-180.0, -17.0), (179.0, -17.0)];
    assert_eq!(all, [([0, 1], Between, line)]);
}

#[test]
fn an_enclave_is_a_closed_line_and_nothing_is_nothing() {
    let hole = rectangle(0.2, 0.2, 0.4, 0.4);
    let outer = rectangle(0.0, 0.0, 1.0, 1.0);
    let around = Polygon::new(outer.exterior().clone(), vec![hole.exterior().clone()]);
    let all = found(&[vec![around], vec![hole]]);
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].1, all[0].2.len(), all[0].2.first()), (Between, 5, all[0].2.last()));
    assert_eq!(neighbours(&[]), Borders::default());
    assert_eq!(neighbours(&[Vec::new()]), Borders::default());
}

/// Rectangles with corners on a small grid: they share edges, parts of edges, overlap and lie in
/// each other.
fn rectangles() -> impl Strategy<Value = Polygon> {
    (0_u8..4, 0_u8..4, 1_u8..4, 1_u8..4).prop_map(|(x, y, width, height)| {
        let [x, y, width, height] = [x, y, width, height].map(f64::from);
        rectangle(x, y, x + width, y + height)
    })
}

proptest! {
    /// For two areas the result is the same as that of `shared_boundary`.
    #[test]
    fn as_for_two_areas(one in rectangles(), other in rectangles()) {
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let (one, other) = (vec![one], vec![other]);
        let all = neighbours(&[one.clone(), other.clone()]);
        let known = shared_boundary(&one, &other, SNAPPING_DEG);
        for (border, lines) in [(Between, known.lines), (ClaimedByBoth, known.claimed_by_both)] {
            let of_kind = all.stretches.iter().filter(|stretch| stretch.border == border);
            let found_m: f64 = of_kind.map(|it| geodesic.sound_length(&it.line).value()).sum();
            let known_m: f64 = lines.iter().map(|it| geodesic.sound_length(it).value()).sum();
            prop_assert!((found_m - known_m).abs() < 1e-6, "{border:?}: {found_m} {known_m}");
        }
    }

    /// Countries in columns, each cut at heights of its own, so that most corners lie within an
    /// edge of a neighbour: every pair is the same as by `shared_boundary`.
    #[test]
    fn as_for_each_two_of_many(
        columns in proptest::collection::vec(proptest::collection::btree_set(1_u8..20, 0..4), 2..5)
    ) {
        let mut areas: Vec<Vec<Polygon>> = Vec::new();
        for (x, cuts) in (0_u8..).zip(&columns) {
            let heights: Vec<u8> = [0].into_iter().chain(cuts.iter().copied()).chain([20]).collect();
            for ends in heights.windows(2) {
                let [west, south, north] = [x, ends[0], ends[1]].map(f64::from);
                areas.push(vec![rectangle(west, south, west + 1.0, north)]);
            }
        }
        let geodesic = Geodesic::new(Ellipsoid::WGS84);
        let length_m = |line: &[Coord]| geodesic.sound_length(line).value();
        let all = neighbours(&areas);
        prop_assert!(all.stretches.iter().all(|stretch| stretch.border == Between));
        for (i, one) in areas.iter().enumerate() {
            for (j, other) in areas.iter().enumerate().skip(i + 1) {
                let of_two = all.stretches.iter().filter(|stretch| stretch.areas == [i, j]);
                let found_m: f64 = of_two.map(|stretch| length_m(&stretch.line)).sum();
                let known = shared_boundary(one, other, SNAPPING_DEG).lines;
                let known_m: f64 = known.iter().map(|line| length_m(line)).sum();
                prop_assert!((found_m - known_m).abs() < 1e-6, "{i} {j}: {found_m} {known_m}");
            }
        }
    }
}
