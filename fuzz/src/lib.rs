//! The fuzz targets, by name.

mod law;
mod targets;

/// Runs the target of a name.
pub fn run(name: &str, bytes: &[u8]) {
    for (_, target) in targets::TARGETS.iter().filter(|(known, _)| *known == name) {
        target(bytes);
    }
}
