//! The dossier's geometry as layers for a GIS, independent of the format.

use serde_json::{Map, Value, json};

use super::legends;
use super::piece::PieceFacts;
use crate::check::Subject;
use crate::dossier::{BoundaryPoint, Dossier, Measurement, StatedPosition};
use crate::io::{Layer, Legend, NewFeature, Shape};

/// The line cut into its segments, with length, chainage and how much of each is shown to be
/// land or water.
#[must_use]
pub fn segments(subject: &Subject<'_>) -> Layer {
    let Subject { dossier, depiction, measurement, .. } = subject;
    let measured = measurement.pieces().zip(&depiction.pieces);
    let features = measured.filter_map(|((range, lengths), piece)| {
        let (land, is_water) = Measurement::shown_of(dossier, &range);
        let segments = dossier.segments.get(range)?;
        let facts = PieceFacts::shared(segments, depiction.accuracy_m)?;
        let mut properties = object(serde_json::to_value(&facts));
        let ids: Vec<&str> = segments.iter().map(|segment| segment.id.as_str()).collect();
        if ids.len() > 1 {
            properties.insert("segments".into(), json!(ids));
        }
        properties.insert("from_m".into(), json!(millimetres(piece.from.value())));
        let length_m = lengths[0].value();
        let water_m = if is_water { length_m } else { 0.0 };
        properties.insert("length_m".into(), json!(millimetres(length_m)));
        properties.insert("land_shown_m".into(), json!(millimetres(length_m * land)));
        properties.insert("water_shown_m".into(), json!(millimetres(water_m)));
        let shape =
            if piece.path.len() > 1 { Shape::Lines(vec![piece.path.clone()]) } else { Shape::None };
        Some(NewFeature { id: ids.join("+"), shape, properties })
    });
    let legends = vec![legends::instruments(dossier), legends::media()];
    layer(subject, "segments", features.collect(), legends).with_joined_lines(true)
}

/// The whole line as one feature.
#[must_use]
pub fn line(subject: &Subject<'_>) -> Layer {
    let Subject { dossier, depiction, .. } = subject;
    let mut properties = object(Ok(json!({
        "title": depiction.title,
        "left": dossier.parties[0].id,
        "right": dossier.parties[1].id,
        "length_m": millimetres(depiction.line.length().value()),
        "accuracy_m": depiction.accuracy_m,
        "sha256": depiction.digest,
    })));
    // Two outlines share another line with another tolerance.
    if let Some(deg) = depiction.snapping_deg {
        properties.insert("snapping_deg".to_owned(), deg.into());
    }
    let shape = Shape::Lines(depiction.line.stretches().map(<[geo::Coord]>::to_vec).collect());
    let feature = NewFeature { id: dossier.id.clone(), shape, properties };
    layer(subject, "line", vec![feature], vec![legends::line(dossier)])
}

/// The points that have a place, and those that do not with a null geometry.
#[must_use]
pub fn points(subject: &Subject<'_>) -> Layer {
    let features: Vec<_> = subject.dossier.points.iter().map(point).collect();
    layer(subject, "points", features, vec![legends::points(subject.dossier)])
}

fn point(point: &BoundaryPoint) -> NewFeature {
    let position = match &point.position {
        StatedPosition::OnLine => "line",
        StatedPosition::Side(party) => party,
        StatedPosition::Unstated => "none",
    };
    let mut properties = object(Ok(json!({
        "kind": point.kind,
        "name": point.name,
        "number": point.number,
        "position": position,
        "accuracy_m": point.accuracy_m.is_finite().then_some(point.accuracy_m),
        "instrument": point.instrument,
        "sources": point.sources,
        "note": point.note,
    })));
    if let Some(published) = &point.published {
        // Flat, so that a GIS shows each as a column.
        let printed = [
            ("published_b", Some(&published.latitude.text)),
            ("published_l", Some(&published.longitude.text)),
            ("published_x", Some(&published.northing.text)),
            ("published_y", Some(&published.easting.text)),
            ("published_h", published.height.as_ref()),
            ("published_crs", Some(&published.crs)),
        ];
        properties.extend(printed.map(|(name, value)| (name.to_owned(), json!(value))));
    }
    properties.retain(|_, value| !value.is_null());
    let shape = point.place.map_or(Shape::None, Shape::Point);
    NewFeature { id: point.id.clone(), shape, properties }
}

/// The disputed sectors, with the figures they refer to written out.
#[must_use]
pub fn sectors(subject: &Subject<'_>) -> Layer {
    let dossier = subject.dossier;
    let features = dossier.sectors.iter().map(|sector| {
        let mut properties = object(serde_json::to_value(&sector.facts));
        if let Some(amount) = sector.facts.area.as_ref().and_then(|area| dossier.amount(area)) {
            properties.insert("area_published".into(), amount.text.into());
        }
        for (party, award) in &sector.facts.awards {
            if let Some(amount) = dossier.amount(award) {
                properties.insert(format!("awarded_{party}"), amount.text.into());
            }
        }
        let shape = match sector.polygons.len() {
            0 => Shape::None,
            _ => Shape::Polygons(sector.polygons.clone()),
        };
        NewFeature { id: sector.id.clone(), shape, properties }
    });
    layer(subject, "sectors", features.collect(), vec![legends::sectors()])
}

fn layer(
    subject: &Subject<'_>,
    name: &str,
    features: Vec<NewFeature>,
    legends: Vec<Legend>,
) -> Layer {
    let Dossier { title, digest, .. } = subject.dossier;
    let members = json!({ "title": format!("{title}: {name}"), "dossier_sha256": digest });
    let members = object(Ok(members));
    Layer::new(name, features).with_members(members).with_legends(legends)
}

fn object(value: serde_json::Result<Value>) -> Map<String, Value> {
    match value {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

fn millimetres(metres: f64) -> f64 {
    (metres * 1e3).round() / 1e3
}
