//! The layers of a file that has several.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::io::{CheckedFeature, DataSet, Hint, Setting, Shape, hint};
use crate::problem::Fault;
use crate::wording::{first_ten, list};

/// The layers of a file, each with the kinds of geometry in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layers(BTreeMap<String, BTreeSet<&'static str>>);

impl Layers {
    /// Collects the layers of a data set. A format without layers has none: there, an attribute named
    /// `layer` may mean anything.
    #[must_use]
    pub(crate) fn collect(data: &DataSet) -> Self {
        Self::collect_if(data, |_| true)
    }

    /// Collects the layers of the features that meet a condition.
    pub(super) fn collect_if(data: &DataSet, which: impl Fn(&CheckedFeature) -> bool) -> Self {
        let mut layers = Self::default();
        let is_chosen = |feature: &&CheckedFeature| data.format.has_layers() && which(feature);
        for feature in data.features.iter().filter(is_chosen) {
            layers.add(&feature.properties, &feature.shape);
        }
        layers
    }

    fn add(&mut self, properties: &Map<String, Value>, shape: &Shape) {
        let Some(layer) = properties.get("layer").and_then(Value::as_str) else { return };
        let kinds = self.0.entry(layer.to_owned()).or_default();
        kinds.extend(shape.members().into_iter().filter_map(kind));
    }

    /// Adds the layers of another file.
    pub(crate) fn merge(&mut self, others: Self) {
        for (layer, kinds) in others.0 {
            self.0.entry(layer).or_default().extend(kinds);
        }
    }

    /// How to read one of several layers; `None` if there are fewer than two.
    #[must_use]
    pub(crate) fn hint(&self) -> Option<Hint> {
        let names = (self.0.len() > 1).then(|| first_ten(&self.names()))?;
        Some(hint![Setting::Layer.with("NAME"), " reads one of ", names])
    }

    /// Adds the layers to a fault, if there are several.
    pub(crate) fn fault(&self, fault: Fault) -> Fault {
        match self.0.len() {
            0 | 1 => fault,
            _ => Fault::SeveralLayers { fault: Box::new(fault), layers: self.names() },
        }
    }

    /// The names; each with its kinds of geometry, if these differ.
    pub(super) fn names(&self) -> Vec<String> {
        let mut all = self.0.values();
        let first = all.next();
        let are_alike = all.all(|kinds| Some(kinds) == first);
        let name = |(layer, kinds): (&String, &BTreeSet<&str>)| {
            let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
            match kinds[..] {
                [] => layer.clone(),
                _ if are_alike => layer.clone(),
                _ => format!("{layer} ({})", list(&kinds)),
            }
        };
        self.0.iter().map(name).collect()
    }
}

/// The kind of a geometry, in words.
const fn kind(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Lines(_) => Some("lines"),
        Shape::Polygons(_) => Some("polygons"),
        Shape::Point(_) | Shape::Points(_) => Some("points"),
        Shape::None | Shape::Mixed(_) => None,
    }
}
