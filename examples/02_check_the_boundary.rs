//! 2. The embedded dossier, checked: what holds, what fails, what cannot be decided.
//!
//! ```text
//! cargo run --example 02_check_the_boundary
//! ```

use treatyline::Dossier;
use treatyline::check::Verdict;

fn main() {
    let dossier = Dossier::embedded();
    let findings = dossier.check();
    println!("{}: {} findings", dossier.title(), findings.iter().count());
    for verdict in Verdict::ALL {
        println!("  {:>3} {}", findings.count(verdict), verdict.name());
    }

    // Findings have stable ids; the explanation is part of the data.
    if let Some(total) = findings.get("length/total") {
        println!("\n{total}");
    }

    // In a test this is one line, and it fails with that explanation.
    findings.assert_consistent("closure/land-and-water");
    findings.assert_undecided("length/water");
}
