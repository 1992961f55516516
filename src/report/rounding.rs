//! How numbers of documents are rounded.

use serde_json::{Map, Value};

use crate::quantity::{Dimension, Metres};

/// Shares keep nine decimals, metres a tenth of a millimetre: later digits differ between machines
/// and mean nothing. Below a micrometre there are only differences between
/// two ways of measuring, which keep a tenth of a nanometre.
pub(super) fn fixed(value: f64, dimension: Dimension) -> f64 {
    let scale = match dimension {
        Dimension::Ratio => 1e9,
        Dimension::Length if value.abs() < 1e-6 => 1e10,
        Dimension::Length | Dimension::Area => 1e4,
    };
    let rounded = stepped(value, scale);
    if rounded.is_finite() { rounded + 0.0 } else { value }
}

/// A length that adds up with others of a document: to a tenth of a millimetre.
pub(super) fn metres(length: Metres) -> f64 {
    fixed(length.value(), Dimension::Length)
}

/// A length of a comparison or a layer, where nothing is more precise: to a millimetre.
pub(super) fn millimetres(length: Metres) -> f64 {
    stepped(length.value(), 1e3)
}

/// Degrees to 1 cm.
pub(super) fn degrees(value: f64) -> f64 {
    stepped(value, 1e7)
}

/// Square metres to a tenth.
pub(super) fn tenths(square_metres: f64) -> f64 {
    stepped(square_metres, 10.0)
}

fn stepped(value: f64, scale: f64) -> f64 {
    // Nothing is 0 and not −0.
    (value * scale).round() / scale + 0.0
}

/// The members of a JSON object; of anything else none.
pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
