//! The document `treatyline/comparison/v1`, filled in and written.

use super::Compared;
use super::model::{
    BegunEntry, BeyondEntry, ComparisonDocument, ContinuousEntry, DistanceEntry, DistributionEntry,
    EndsEntry, FaceEntry, FarthestEntry, FrechetEntry, FromNew, FromOld, FromTo, GainEntry,
    GapEntry, HausdorffEntry, JointEntry, LeftOutEntry, LengthEntry, LineEntry, OnlyEntry,
    SpotEntry, StretchEntry, SumEntry, Width,
};
use crate::report::rounding::{degrees, millimetres, tenths};
use geo::Coord;

use crate::compare::{
    Compared as Line, Comparison, Distribution, Face, Frechet, Joint, Matched, OnlyIn, Spot, Sum,
};
use crate::geodesy::Ellipsoid;
use crate::quantity::Metres;
use crate::report::FixLists;
use crate::report::json::pretty;

/// The comparison as JSON.
#[must_use]
pub fn comparison(compared: &Compared<'_>) -> String {
    let found = compared.comparison;
    let (old_m, new_m) = (found.old.length.value(), found.new.length.value());
    pretty(&ComparisonDocument {
        schema: "treatyline/comparison/v1",
        ellipsoid: Ellipsoid::WGS84.name(),
        left: compared.left.to_owned(),
        right: compared.right.to_owned(),
        old: line(&found.old),
        new: line(&found.new),
        new_turned: found.turned,
        begun: found
            .begun
            .map(|begun| BegunEntry { of: begun.version, at_m: millimetres(begun.at) }),
        length: LengthEntry {
            old_m: millimetres(Metres::new(old_m)),
            new_m: millimetres(Metres::new(new_m)),
            ratio: (new_m / old_m * 1e9).round() / 1e9,
        },
        hausdorff: hausdorff(compared),
        distance: DistanceEntry {
            from_old: distribution(&found.old.distances),
            from_new: distribution(&found.new.distances),
        },
        frechet: FrechetEntry {
            discrete_m: millimetres(found.frechet.discrete),
            step_m: millimetres(found.frechet.step),
            continuous: continuous(&found.frechet),
        },
        ends: EndsEntry { start: joint(&found.land.joints[0]), end: joint(&found.land.joints[1]) },
        significant_above_m: millimetres(found.uncertainty()),
        transferred_m2: tenths(found.land.transferred().value()),
        gains: found.land.gains.map(|gain| GainEntry {
            party: compared.party(gain.side).to_owned(),
            side: gain.side,
            significant: sum(gain.significant),
            noise: sum(gain.noise),
        }),
        faces: found.land.faces.iter().map(|each| face(compared, each)).collect(),
        stretches: stretches(found),
        only: found.only.iter().map(only).collect(),
    })
}

fn stretches(found: &Comparison) -> Vec<StretchEntry> {
    if found.matched.len() < 2 && found.only.is_empty() {
        return Vec::new();
    }
    let entry = |matched: &Matched| StretchEntry {
        old_from_m: millimetres(matched.old_from),
        old_m: millimetres(matched.old_length),
        new_from_m: millimetres(matched.new_from),
        new_m: millimetres(matched.new_length),
        old_turned: matched.turned[0],
        new_turned: matched.turned[1],
        ends: EndsEntry { start: joint(&matched.joints[0]), end: joint(&matched.joints[1]) },
    };
    found.matched.iter().map(entry).collect()
}

fn only(only: &OnlyIn) -> OnlyEntry {
    let place = |at: Coord| [degrees(at.x), degrees(at.y)];
    OnlyEntry {
        of: only.version,
        chainage_m: millimetres(only.chainage),
        length_m: millimetres(only.length),
        from: place(only.from),
        to: place(only.to),
        encloses_m2: only.encloses.map(|area| tenths(area.value())),
    }
}

fn line(line: &Line) -> LineEntry {
    let gaps = line.gaps.iter().map(|gap| GapEntry {
        lon: degrees(gap.at.x),
        lat: degrees(gap.at.y),
        width_m: millimetres(gap.width),
        bridged: gap.bridged,
    });
    LineEntry {
        provenance: line.provenance.clone(),
        accuracy_m: line.accuracy.as_ref().map(|accuracy| accuracy.within.value()),
        accuracy_basis: line.accuracy.as_ref().map(|accuracy| accuracy.basis.clone()),
        vertices: line.vertices,
        rearranged: line.rearranged,
        gaps: gaps.collect(),
        snapping_deg: line.snapping_deg,
        read: FixLists::new(&line.provenance.origin, &line.fixes),
    }
}

fn hausdorff(compared: &Compared<'_>) -> HausdorffEntry {
    let found = &compared.comparison.hausdorff;
    let (from_old, from_new) = (&found.from_old, &found.from_new);
    HausdorffEntry {
        symmetric_m: millimetres(found.symmetric()),
        from_old_m: millimetres(from_old.distance),
        from_new_m: millimetres(from_new.distance),
        at: FarthestEntry {
            from_old: FromOld { old: spot(&from_old.from), new: spot(&from_old.to) },
            from_new: FromNew { new: spot(&from_new.from), old: spot(&from_new.to) },
        },
    }
}

fn spot(spot: &Spot) -> SpotEntry {
    SpotEntry {
        lon: degrees(spot.at.x),
        lat: degrees(spot.at.y),
        chainage_m: millimetres(spot.chainage),
    }
}

fn distribution(found: &Distribution) -> DistributionEntry {
    let beyond = found.beyond.iter().map(|beyond| BeyondEntry {
        tolerance_m: beyond.tolerance.value(),
        share: (beyond.share * 1e6).round() / 1e6,
    });
    DistributionEntry {
        mean_m: millimetres(found.mean),
        mean_error_m: millimetres(found.mean_error),
        p50_m: millimetres(found.p50),
        p90_m: millimetres(found.p90),
        p99_m: millimetres(found.p99),
        step_m: millimetres(found.step),
        beyond: beyond.collect(),
    }
}

/// The distance, where it is settled, and its bounds, rounded outwards.
fn continuous(found: &Frechet) -> ContinuousEntry {
    ContinuousEntry {
        distance_m: found.settled.then(|| millimetres(found.distance())),
        low_m: (found.low.value() * 1e3).floor() / 1e3,
        high_m: (found.high.value() * 1e3).ceil() / 1e3,
    }
}

fn joint(joint: &Joint) -> JointEntry {
    JointEntry {
        length_m: millimetres(joint.length),
        old: [degrees(joint.old.x), degrees(joint.old.y)],
        new: [degrees(joint.new.x), degrees(joint.new.y)],
        left_out: joint
            .left_out
            .map(|tail| LeftOutEntry { of: tail.version, length_m: millimetres(tail.length) }),
    }
}

fn sum(sum: Sum) -> SumEntry {
    SumEntry { faces: sum.faces, area_m2: tenths(sum.area.value()) }
}

fn face(compared: &Compared<'_>, face: &Face) -> FaceEntry {
    FaceEntry {
        area_m2: tenths(face.area.value()),
        gains: compared.party(face.gains).to_owned(),
        side: face.gains,
        lon: degrees(face.at.x),
        lat: degrees(face.at.y),
        chainage_m: FromTo { from: millimetres(face.from), to: millimetres(face.to) },
        width_m: Width {
            max: millimetres(face.width.greatest.distance),
            mean: millimetres(face.width.mean),
        },
        significant: face.significant,
    }
}
