//! The command line, end to end.

#[path = "../common/mod.rs"]
mod common;
#[path = "../refusal/mod.rs"]
mod refusal;
#[path = "../verdict/mod.rs"]
mod verdict;

mod commands;
mod compare;
mod construct;
mod construct_lists;
mod construct_refused;
mod course;
mod course_refused;
mod course_systems;
mod datum;
mod dossier;
mod endings;
mod examples;
mod exports;
mod features;
mod formats;
mod long_edges;
mod map_files;
mod measure;
mod output;
mod points;
mod readme;
mod resolution;
mod schema;
mod survey;
mod survey_rivers;
mod two_polygons;
