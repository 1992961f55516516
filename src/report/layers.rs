//! The dossier's geometry as layers for a GIS, independent of the format.

use serde_json::json;

use super::legends;
use super::piece::PieceFacts;
use super::rounding::{millimetres, object};
use crate::check::{MeasuredPiece, Study};
use crate::dossier::{BoundaryPoint, Dossier, StatedPosition};
use crate::io::{Layer, Legend, NewFeature, Shape};

/// The line cut into its segments, with length, chainage and how much of each is shown to be
/// land, water or sea.
#[must_use]
pub fn segments(study: &Study<'_>) -> Layer {
    let dossier = study.dossier;
    let features = study.pieces().filter_map(
        |MeasuredPiece { segments, piece, length, land, water, sea, .. }| {
            let facts = PieceFacts::shared(segments, study.depiction.accuracy_m)?;
            let mut properties = object(serde_json::to_value(&facts).unwrap_or_default());
            let ids: Vec<&str> = segments.iter().map(|segment| segment.id.as_str()).collect();
            if ids.len() > 1 {
                properties.insert("segments".into(), json!(ids));
            }
            properties.insert("from_m".into(), json!(millimetres(piece.from)));
            properties.insert("length_m".into(), json!(millimetres(length)));
            // A boundary at sea has no sums of land and water, nor one on land a sum of sea.
            if dossier.has_land() {
                properties.insert("land_shown_m".into(), json!(millimetres(land)));
                properties.insert("water_shown_m".into(), json!(millimetres(water)));
            }
            if dossier.has_sea() {
                properties.insert("sea_shown_m".into(), json!(millimetres(sea)));
            }
            let shape = if piece.path.len() > 1 {
                Shape::Lines(vec![piece.path.clone()])
            } else {
                Shape::None
            };
            Some(NewFeature { id: ids.join("+"), shape, properties })
        },
    );
    let legends = vec![legends::instruments(dossier), legends::media(dossier)];
    layer(study, "segments", features.collect(), legends).with_joined_lines(true)
}

/// The whole line as one feature.
#[must_use]
pub fn line(study: &Study<'_>) -> Layer {
    let Study { dossier, depiction, .. } = study;
    let mut properties = object(json!({
        "title": depiction.provenance.title,
        "left": dossier.parties[0].id,
        "right": dossier.parties[1].id,
        "length_m": millimetres(depiction.line.length()),
        "accuracy_m": depiction.accuracy_m,
        "sha256": depiction.provenance.sha256,
    }));
    // Two outlines share another line with another tolerance.
    if let Some(deg) = depiction.snapping_deg {
        properties.insert("snapping_deg".to_owned(), deg.into());
    }
    let shape = Shape::Lines(depiction.line.stretches().map(<[geo::Coord]>::to_vec).collect());
    let feature = NewFeature { id: dossier.id.clone(), shape, properties };
    layer(study, "line", vec![feature], vec![legends::line(dossier)])
}

/// The points that have a place, and those that do not with a null geometry.
#[must_use]
pub fn points(study: &Study<'_>) -> Layer {
    let features: Vec<_> = study.dossier.points.iter().map(point).collect();
    layer(study, "points", features, vec![legends::points(study.dossier)])
}

fn point(point: &BoundaryPoint) -> NewFeature {
    let position = match &point.position {
        StatedPosition::OnLine => "line",
        StatedPosition::Side(party) => party,
        StatedPosition::Unstated => "none",
    };
    let mut properties = object(json!({
        "kind": point.kind,
        "name": point.name,
        "number": point.number,
        "position": position,
        "accuracy_m": point.accuracy_m.is_finite().then_some(point.accuracy_m),
        "instrument": point.instrument,
        "sources": point.sources,
        "note": point.note,
    }));
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
    if !point.positions.is_empty() {
        let named = point.positions.iter().map(|it| it.name.as_str());
        properties.insert("positions".into(), named.collect::<Vec<_>>().join("; ").into());
    }
    properties.retain(|_, value| !value.is_null());
    let shape = point.place.map_or(Shape::None, Shape::Point);
    NewFeature { id: point.id.clone(), shape, properties }
}

/// The disputed sectors, with the figures they refer to written out.
#[must_use]
pub fn sectors(study: &Study<'_>) -> Layer {
    let dossier = study.dossier;
    let features = dossier.sectors.iter().map(|sector| {
        let mut properties = object(serde_json::to_value(&sector.facts).unwrap_or_default());
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
    layer(study, "sectors", features.collect(), vec![legends::sectors()])
}

/// How far an edge that a GIS draws straight in degrees may be from the geodesic that it is, metres.
const EDGES_WITHIN_M: f64 = 1.0;

fn layer(study: &Study<'_>, name: &str, features: Vec<NewFeature>, legends: Vec<Legend>) -> Layer {
    let Dossier { title, digest, licence, attribution, .. } = study.dossier;
    let members = json!({ "title": format!("{title}: {name}"), "dossier_sha256": digest });
    let mut members = object(members);
    for (name, text) in [("licence", licence), ("attribution", attribution)] {
        members.extend(text.iter().map(|text| (name.to_owned(), json!(text))));
    }
    let layer = Layer::new(name, features).with_members(members).with_legends(legends);
    layer.with_edges_within(Some(EDGES_WITHIN_M))
}
