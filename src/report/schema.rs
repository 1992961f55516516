//! JSON Schemas (2020-12) of the documents that programs read.
//!
//! They are generated from the types that are written, checked in under `docs/schema`
//! and compiled in from there. Objects are closed: a member the schema does not name is
//! wrong. After a change of a document, or with a new line below and an empty file for it:
//! `cargo run --all-features --example write_schemas`.

#[cfg(feature = "schema")]
use super::{
    Report, ResolutionReport, comparison::ComparisonDocument, construction::ConstructionDocument,
    course::CourseReport, identification::DatumDocument, json::FindingsDocument,
    listing::PointList, measures::MeasureDocument, neighbours::NeighboursDocument,
    survey::SurveyReport, validation::ValidationDocument,
};

/// The schema of one document.
#[derive(Debug, Clone, Copy)]
pub struct DocumentSchema {
    /// The document's name: `report` of `treatyline/report/v1`.
    pub name: &'static str,
    /// Its schema, a JSON text.
    pub text: &'static str,
    #[cfg(feature = "schema")]
    root: fn(schemars::SchemaGenerator) -> schemars::Schema,
}

macro_rules! documents {
    ($($name:literal => $type:ty,)+) => {
        /// The schemas of all documents, by name.
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
    "datum" => DatumDocument,
    "findings" => FindingsDocument,
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

    impl DocumentSchema {
        /// The schema as the types have it now: what its file must hold.
        #[must_use]
        pub fn generated(&self) -> String {
            let settings = SchemaSettings::draft2020_12()
                .for_serialize()
                .with_transform(RecursiveTransform(closed));
            let mut root = (self.root)(settings.into_generator());
            let (name, repository) = (self.name, env!("CARGO_PKG_REPOSITORY"));
            let id = format!("{repository}/blob/main/docs/schema/{name}.json");
            root.insert("$id".to_owned(), id.into());
            root.insert("title".to_owned(), format!("treatyline/{name}/v1").into());
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
