//! What all commands that write geodata share.

use clap::Args;

use super::Failure;
use super::output::{Output, warn};
use crate::io::{Decimals, Layer, LayerFormat, Rounding};
use crate::wording::list;

/// How geodata are written.
#[derive(Debug, Args)]
pub(super) struct LayerArguments {
    /// Decimals of the coordinates in geodata, 0 to 15, or full for as many as they have
    /// [default: 7, which is within 8 mm].
    #[arg(long, value_name = "N", value_parser = decimals)]
    decimals: Option<Decimals>,
}

fn decimals(text: &str) -> Result<Decimals, String> {
    if text == "full" {
        return Ok(Decimals::Full);
    }
    let count = text.parse().ok().filter(|count| *count <= Decimals::MOST);
    count
        .map(Decimals::Rounded)
        .ok_or_else(|| format!("give a number of decimals from 0 to {}, or full", Decimals::MOST))
}

impl LayerArguments {
    /// Refuses options of geodata for what is none.
    pub(super) fn are_for(&self, geodata: bool) -> Result<(), Failure> {
        if self.decimals.is_some() && !geodata {
            let what = "--decimals is for geodata: leave it out here, or see --help";
            return Err(Failure::Usage(what.to_owned()));
        }
        Ok(())
    }

    /// Writes a layer, and says on standard error what the file cannot say itself.
    pub(super) fn write(
        &self,
        layer: &Layer,
        format: LayerFormat,
        output: Output,
    ) -> Result<(), Failure> {
        if format.is_binary() {
            output.for_binary(format.name())?;
        }
        let decimals = self.decimals.unwrap_or_default();
        let written = layer
            .write(format, decimals)
            .map_err(|fault| Failure::Usage(format!("{}: {fault}", layer.name)))?;
        output.write_bytes(&written.bytes)?;
        if let Decimals::Rounded(count) = decimals {
            tell(count, format, &written.rounding);
        }
        Ok(())
    }
}

fn tell(decimals: u8, format: LayerFormat, rounding: &Rounding) {
    let Rounding { moved_m, in_full } = rounding;
    if !in_full.is_empty() {
        const MOST: usize = 5;
        let mut named = in_full[..in_full.len().min(MOST)].to_vec();
        if in_full.len() > MOST {
            named.push(format!("{} more", in_full.len() - MOST));
        }
        let named = list(&named);
        warn(&format!(
            "written in full, because {decimals} decimals would spoil the shape: {named}"
        ));
    }
    if *moved_m > 0.0 && !format.has_members() {
        let name = format.name();
        warn(&format!(
            "rounding to {decimals} decimals moved coordinates by up to {moved_m} m; {name} has \
             no place to say so; --decimals full leaves them as they are"
        ));
    }
}
