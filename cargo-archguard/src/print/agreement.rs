//! Where source and compiler agree, in a note; with `-v` each dependency that only one of them saw.

use std::collections::BTreeMap;

use archguard_invariants::verdict::{Agreement, Difference, Examined, ModuleDependency};

use super::summary::count;

/// The note on a verdict with compiler evidence; none without.
pub(super) fn note(examined: &Examined, verbose: bool) -> Option<String> {
    let agreement = examined.agreement.as_ref()?;
    let compiler = examined.rustc.as_deref()?;
    let title = format!(
        "{compiler}, {}: {} seen by source and compiler{}{}; {} between modules and crates seen by both{}{}",
        examined.cfg_sets.join("; "),
        count(agreement.both, "reference"),
        alone("by the compiler alone", &agreement.compiler_only),
        alone("in the source alone", &agreement.source_only),
        count(agreement.modules.both, "dependency"),
        number("by the compiler alone", agreement.modules.compiler_only.len()),
        number("in the source alone", agreement.modules.source_only.len()),
    );
    Some(if verbose {
        format!("{title}{}", listed(agreement))
    } else {
        title
    })
}

fn alone(who: &str, reasons: &BTreeMap<Difference, usize>) -> String {
    let total: usize = reasons.values().sum();
    if total == 0 {
        return String::new();
    }
    let reasons: Vec<String> = reasons
        .iter()
        .map(|(reason, number)| format!("{number} {}", reason.word()))
        .collect();
    format!(", {total} {who} ({})", reasons.join(", "))
}

fn number(who: &str, number: usize) -> String {
    if number == 0 {
        return String::new();
    }
    format!(", {number} {who}")
}

fn listed(agreement: &Agreement) -> String {
    let group = |title: &str, dependencies: &[ModuleDependency]| {
        if dependencies.is_empty() {
            return String::new();
        }
        let line = |found: &ModuleDependency| {
            let ModuleDependency { from, to, at, reason } = found;
            format!("\n    {from} -> {to} at {at} ({})", reason.word())
        };
        let lines: String = dependencies.iter().map(line).collect();
        format!("\n  {title}:{lines}")
    };
    let modules = &agreement.modules;
    format!(
        "{}{}",
        group("dependencies that the compiler alone saw", &modules.compiler_only),
        group("dependencies that the source alone shows", &modules.source_only)
    )
}
