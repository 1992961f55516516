//! Writes the JSON Schemas of all documents from the types they are written by:
//! `cargo run --all-features --example write_schemas`.

use std::path::Path;
use std::{fs, io};

use treatyline::report::SCHEMAS;

fn main() -> io::Result<()> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
    for schema in SCHEMAS {
        fs::write(directory.join(format!("{}.json", schema.name)), schema.generated())?;
    }
    Ok(())
}
