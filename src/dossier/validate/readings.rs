//! The readings: `[[reading]]` in `dossier.toml`, and the lists that they name.

use super::Validation;
use crate::dossier::LawReading;
use crate::dossier::law::{RawReading, ReadingTrouble, no_list};
use crate::io::Source;
use crate::problem::Fault;

impl Validation {
    /// Draws the lines of all readings; `lists` are the texts of the lists by their names.
    pub(in crate::dossier) fn readings(
        &mut self,
        file: &Source,
        readings: &[RawReading],
        lists: &[(String, Source)],
    ) -> Vec<LawReading> {
        let mut found: Vec<LawReading> = Vec::new();
        for raw in readings {
            let place = format!("reading `{}`", raw.name);
            self.cited(file, &place, &raw.sources);
            let Some((_, list)) = lists.iter().find(|(name, _)| *name == raw.list) else {
                self.problems.push(no_list(file, raw));
                continue;
            };
            match raw.read(list) {
                Ok(lines) => {
                    for line in lines {
                        let is_new = found.iter().all(|known| known.name() != line.name());
                        let twice = Fault::Value {
                            field: "name",
                            value: format!("`{}`, which another reading has", line.name()),
                            wanted: "a name of its own for each reading",
                        };
                        self.note(file, &place, [is_new.then_some(()).ok_or(twice)]);
                        found.push(line);
                    }
                }
                Err(ReadingTrouble::Entry(fault)) => self.report(file, &place, fault),
                // Several readings may have one list.
                Err(ReadingTrouble::List(problems)) => {
                    for problem in problems {
                        let text = problem.to_string();
                        if self.problems.iter().all(|known| known.to_string() != text) {
                            self.problems.push(problem);
                        }
                    }
                }
            }
        }
        found
    }
}
