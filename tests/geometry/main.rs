//! Lengths, areas, distances and faces with known answers.

#[path = "../common/mod.rs"]
mod common;

mod compare_depictions;
mod compare_distances;
mod compare_faces;
mod compare_gaps;
mod compare_nasty;
mod course;
mod geodesy;
mod resolution;
mod treaties;
