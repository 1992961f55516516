//! Files of every format, in and out.

#[path = "../common/mod.rs"]
mod common;

mod fuzz_corpus;
mod geojson_differential;
mod geojson_stream;
mod reading;
