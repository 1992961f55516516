//! The JSON Schemas: the files are what the types say, every document has one, and the
//! command prints them. Whole documents are validated against them by
//! `scripts/validate_documents.py`.

use std::collections::BTreeSet;
use std::fs;

use crate::common::{repository, treatyline};
use serde_json::Value;
use treatyline::report::SCHEMAS;

fn output_of(arguments: &[&str]) -> String {
    let run = treatyline().args(arguments).output().unwrap();
    assert_eq!(run.status.code(), Some(0), "{arguments:?}");
    String::from_utf8(run.stdout).unwrap()
}

#[cfg(feature = "schema")]
#[test]
fn the_files_are_what_the_types_say() {
    for schema in SCHEMAS {
        let name = schema.name;
        assert!(
            schema.text == schema.generated(),
            "docs/schema/{name}.json is not what its type says now; if the change is wanted: \
             cargo run --all-features --example write_schemas"
        );
    }
}

#[test]
fn the_command_prints_every_schema_and_their_names() {
    let names: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
    assert_eq!(output_of(&["schema"]).lines().collect::<Vec<_>>(), names);
    for name in names {
        let text = output_of(&["schema", name]);
        let schema: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["additionalProperties"], false, "{name} takes any member");
        if name.ends_with(".toml") {
            assert_eq!(schema["title"], name);
            continue;
        }
        let named = &schema["properties"]["schema"]["const"];
        assert_eq!(*named, format!("treatyline/{name}/v1"));
    }
    let unknown = treatyline().args(["schema", "gazetteer"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
}

/// A document that the library writes and that has no schema would be found here.
#[test]
fn every_document_that_the_code_names_has_a_schema() {
    let mut named = BTreeSet::new();
    let mut directories = vec![repository("src/report")];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let quoted = text.split("\"treatyline/").skip(1);
            named.extend(quoted.filter_map(|rest| Some(rest.split_once("/v1\"")?.0.to_owned())));
        }
    }
    let documents = SCHEMAS.iter().filter(|schema| !schema.name.ends_with(".toml"));
    let have: BTreeSet<String> = documents.map(|schema| schema.name.to_owned()).collect();
    let named: BTreeSet<String> = named.into_iter().filter(|name| !name.contains('{')).collect();
    assert_eq!(named, have);
}
