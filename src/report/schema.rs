//! JSON Schemas (2020-12) of the documents that programs read, and of the files of a dossier that people
//! write.
//!
//! They are generated from the types that are written and read, checked in under `docs/schema`
//! and compiled in from there. Objects are closed: a member the schema does not name is
//! wrong. After a change of a document, or with a new line below and an empty file for it:
//! `cargo run --all-features --example write_schemas`.

#[cfg(feature = "schema")]
use crate::dossier::{
    course::CourseFile, figure::FigureFile, instrument::InstrumentFile, manifest::Manifest,
};

#[cfg(feature = "schema")]
use super::{
    Report, ResolutionReport, comparison::ComparisonDocument, construction::ConstructionDocument,
    course::CourseReport, identification::DatumDocument, json::FindingsDocument,
    listing::PointList, measures::MeasureDocument, neighbours::NeighboursDocument,
    survey::SurveyReport, validation::ValidationDocument,
};

/// The schema of one document, or of one file of a dossier.
#[derive(Debug, Clone, Copy)]
pub struct DocumentSchema {
    /// The document's name: `report` of `treatyline/report/v1`, `figures.toml`.
    pub name: &'static str,
    /// Its schema, a JSON text.
    pub text: &'static str,
    #[cfg(feature = "schema")]
    root: fn(schemars::SchemaGenerator) -> schemars::Schema,
}

macro_rules! documents {
    ($($name:literal => $type:ty,)+) => {
        /// The schemas of all documents and files, by name.
        pub const SCHEMAS: &[DocumentSchema] = &[$(DocumentSchema {
            name: $name,
            text: include_str!(concat!("../../docs/schema/", $name, ".json")),
            #[cfg(feature = "schema")]
            root: schemars::SchemaGenerator::into_root_schema_for::<$type>,
        },)+];
    };
}

documents! {
    "comparison" => ComparisonDocument,
    "construction" => ConstructionDocument,
    "course" => CourseReport,
    "course.toml" => CourseFile,
    "datum" => DatumDocument,
    "dossier.toml" => Manifest,
    "figures.toml" => FigureFile,
    "findings" => FindingsDocument,
    "instruments.toml" => InstrumentFile,
    "measure" => MeasureDocument,
    "neighbours" => NeighboursDocument,
    "points" => PointList,
    "report" => Report,
    "resolution" => ResolutionReport,
    "survey" => SurveyReport,
    "validation" => ValidationDocument,
}

impl DocumentSchema {
    /// The schema of the document of this name.
    #[doc(hidden)]
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        SCHEMAS.iter().find(|schema| schema.name == name)
    }
}

#[cfg(feature = "schema")]
mod generate {
    use schemars::Schema;
    use schemars::generate::SchemaSettings;
    use schemars::transform::RecursiveTransform;
    use serde_json::{Value, json};

    use super::DocumentSchema;
    use crate::report::json::pretty;

    /// Other names of keys, by the table they are in: serde reads them by `alias`, of which a schema
    /// does not know.
    const ALIASES: [(&str, &str, &str); 3] = [
        ("BandTable", "sources", "source"),
        ("Instrument", "signed", "date"),
        ("Instrument", "signed_in", "place"),
    ];

    /// Lets a table have `other` in place of `key`.
    fn alias(table: &mut Value, key: &str, other: &str) {
        let Some(described) = table["properties"].get(key).cloned() else { return };
        table["properties"][other] = described;
        let Some(required) = table.get_mut("required").and_then(Value::as_array_mut) else {
            return;
        };
        let before = required.len();
        required.retain(|name| name != key);
        if required.len() < before {
            table["oneOf"] = json!([{"required": [key]}, {"required": [other]}]);
        }
    }

    impl DocumentSchema {
        /// The schema as the types have it now: what its file must hold.
        #[must_use]
        pub fn generated(&self) -> String {
            let settings = SchemaSettings::draft2020_12();
            let is_file = self.name.ends_with(".toml");
            let settings =
                if is_file { settings.for_deserialize() } else { settings.for_serialize() };
            let settings = settings.with_transform(RecursiveTransform(closed));
            let mut root = (self.root)(settings.into_generator());
            let (name, repository) = (self.name, env!("CARGO_PKG_REPOSITORY"));
            let id = format!("{repository}/blob/main/docs/schema/{name}.json");
            root.insert("$id".to_owned(), id.into());
            for (table, key, other) in ALIASES.into_iter().filter(|_| is_file) {
                let found = root.get_mut("$defs").and_then(|tables| tables.get_mut(table));
                found.into_iter().for_each(|table| alias(table, key, other));
            }
            let title = if is_file { name.to_owned() } else { format!("treatyline/{name}/v1") };
            root.insert("title".to_owned(), title.into());
            let schema = root.get_mut("properties").and_then(|members| members.get_mut("schema"));
            if let Some(Value::Object(schema)) = schema {
                schema.insert("const".to_owned(), format!("treatyline/{name}/v1").into());
            }
            pretty(&root)
        }
    }

    /// Lets an object have the members that are named and no others.
    fn closed(schema: &mut Schema) {
        let open =
            schema.get("properties").is_some() && schema.get("additionalProperties").is_none();
        if open {
            schema.insert("additionalProperties".to_owned(), json!(false));
        }
    }
}
