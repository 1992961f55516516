//! `treatyline schema`: the JSON Schemas of the documents.

use clap::Args;
use clap::builder::PossibleValuesParser;
use treatyline::report::{DocumentSchema, SCHEMAS};

use super::output::OutputArguments;
use super::{Failure, Outcome};

/// Print the JSON Schema (2020-12) of a document, treatyline/report/v1 for report.
///
/// Without DOCUMENT: the names of all documents, one to a line.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  treatyline schema report -o report.schema.json")]
pub(super) struct Arguments {
    /// Which document.
    #[arg(value_name = "DOCUMENT",
        value_parser = PossibleValuesParser::new(SCHEMAS.iter().map(|schema| schema.name)))]
    document: Option<String>,
    #[command(flatten)]
    output: OutputArguments,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let output = self.output.open()?;
        match self.document.as_deref().and_then(DocumentSchema::named) {
            Some(schema) => output.write(schema.text)?,
            None => {
                let names: String = SCHEMAS.iter().flat_map(|schema| [schema.name, "\n"]).collect();
                output.write(&names)?;
            }
        }
        Ok(Outcome::Sound)
    }
}
