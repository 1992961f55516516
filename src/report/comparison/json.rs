//! The document `treatyline/comparison/v1`.

use serde_json::{Value, json};

use super::{Compared, degrees, millimetres, tenths};
use crate::compare::{
    Compared as Line, Continuous, Distribution, Face, Farthest, Joint, Spot, Sum,
};
use crate::geodesy::Ellipsoid;
use crate::quantity::Metres;
use crate::report::json::pretty;

/// The comparison as JSON.
#[must_use]
pub fn comparison(compared: &Compared<'_>) -> String {
    let found = compared.comparison;
    let (old_m, new_m) = (found.old.length.value(), found.new.length.value());
    let gains = found.gains.map(|gain| {
        json!({
            "party": compared.party(gain.side),
            "side": gain.side,
            "significant": sum(gain.significant),
            "noise": sum(gain.noise),
        })
    });
    pretty(&json!({
        "schema": "treatyline/comparison/v1",
        "ellipsoid": Ellipsoid::WGS84.name(),
        "left": compared.left,
        "right": compared.right,
        "old": line(&found.old),
        "new": line(&found.new),
        "new_turned": found.turned,
        "begun": found.begun.map(|begun| json!({
            "of": begun.of,
            "at_m": millimetres(begun.at.value()),
        })),
        "length": {
            "old_m": millimetres(old_m),
            "new_m": millimetres(new_m),
            "ratio": (new_m / old_m * 1e9).round() / 1e9,
        },
        "hausdorff": {
            "symmetric_m": millimetres(found.hausdorff.symmetric().value()),
            "from_old_m": millimetres(found.hausdorff.from_old.distance.value()),
            "from_new_m": millimetres(found.hausdorff.from_new.distance.value()),
            "at": {
                "from_old": ends(&found.hausdorff.from_old, ["old", "new"]),
                "from_new": ends(&found.hausdorff.from_new, ["new", "old"]),
            },
        },
        "distance": {
            "from_old": distribution(&found.old.distances),
            "from_new": distribution(&found.new.distances),
        },
        "frechet": {
            "discrete_m": millimetres(found.frechet.distance.value()),
            "step_m": millimetres(found.frechet.step.value()),
            "continuous": continuous(&found.frechet.continuous),
        },
        "ends": {
            "start": joint(&found.joints[0]),
            "end": joint(&found.joints[1]),
        },
        "significant_above_m": millimetres(found.uncertainty().value()),
        "transferred_m2": tenths(found.transferred().value()),
        "gains": gains,
        "faces": found.faces.iter().map(|each| face(compared, each)).collect::<Value>(),
    }))
}

fn line(line: &Line) -> Value {
    let gaps = line.gaps.iter().map(|gap| {
        json!({
            "lon": degrees(gap.at.x),
            "lat": degrees(gap.at.y),
            "width_m": millimetres(gap.width.value()),
        })
    });
    json!({
        "title": line.title,
        "origin": line.origin,
        "sha256": line.digest,
        "accuracy_m": line.accuracy.as_ref().map(|accuracy| accuracy.within),
        "accuracy_basis": line.accuracy.as_ref().map(|accuracy| &accuracy.basis),
        "vertices": line.vertices,
        "rearranged": line.rearranged,
        "gaps": gaps.collect::<Value>(),
    })
}

fn spot(spot: &Spot) -> Value {
    json!({
        "lon": degrees(spot.at.x),
        "lat": degrees(spot.at.y),
        "chainage_m": millimetres(spot.chainage.value()),
    })
}

fn ends(farthest: &Farthest, [from, to]: [&str; 2]) -> Value {
    json!({ from: spot(&farthest.from), to: spot(&farthest.to) })
}

fn distribution(found: &Distribution) -> Value {
    let beyond = found.beyond.iter().map(|beyond| {
        json!({
            "tolerance_m": beyond.tolerance,
            "share": (beyond.share * 1e6).round() / 1e6,
        })
    });
    let metres = |metres: Metres| millimetres(metres.value());
    json!({
        "mean_m": metres(found.mean),
        "mean_error_m": metres(found.mean_error),
        "p50_m": metres(found.p50),
        "p90_m": metres(found.p90),
        "p99_m": metres(found.p99),
        "step_m": metres(found.step),
        "beyond": beyond.collect::<Value>(),
    })
}

/// The distance, where it is settled, and its bounds, rounded outwards.
fn continuous(found: &Continuous) -> Value {
    let distance = found.settled.then(|| millimetres(found.distance().value()));
    json!({
        "distance_m": distance,
        "low_m": (found.low.value() * 1e3).floor() / 1e3,
        "high_m": (found.high.value() * 1e3).ceil() / 1e3,
    })
}

fn joint(joint: &Joint) -> Value {
    json!({
        "length_m": millimetres(joint.length.value()),
        "old": [degrees(joint.old.x), degrees(joint.old.y)],
        "new": [degrees(joint.new.x), degrees(joint.new.y)],
        "left_out": joint.left_out.map(|tail| json!({
            "of": tail.of,
            "length_m": millimetres(tail.length.value()),
        })),
    })
}

fn sum(sum: Sum) -> Value {
    json!({ "faces": sum.faces, "area_m2": tenths(sum.area.value()) })
}

/// What is told of a face, in JSON and as properties of its feature.
pub(super) fn face(compared: &Compared<'_>, face: &Face) -> Value {
    json!({
        "area_m2": tenths(face.area.value()),
        "gains": compared.party(face.gains),
        "side": face.gains,
        "lon": degrees(face.at.x),
        "lat": degrees(face.at.y),
        "chainage_m": {
            "from": millimetres(face.from.value()),
            "to": millimetres(face.to.value()),
        },
        "width_m": {
            "max": millimetres(face.width.greatest.distance.value()),
            "mean": millimetres(face.width.mean.value()),
        },
        "significant": face.significant,
    })
}
