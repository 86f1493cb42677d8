//! A proof for people: what is dead, each with its place and the reason, and one line of counts. With everything asked for,
//! what was proved too, by which violation.

use std::io::{self, Write};

use archguard_invariants::proof::{ProofDocument, ProofEntry, ProofState, ProofSubject};

use super::summary::count;
use super::visible::visible;
use crate::request::Amount;

/// Prints a proof.
pub(crate) fn proof(document: &ProofDocument, amount: Amount, out: &mut dyn Write) -> io::Result<()> {
    let shown = |entry: &&ProofEntry| entry.state == ProofState::Dead || amount == Amount::Verbose;
    for entry in document.proofs.iter().filter(shown) {
        writeln!(out, "{}", line(entry))?;
    }
    if amount == Amount::Quiet {
        return Ok(());
    }
    let counts = document.counts;
    let idle = if counts.idle > 0 {
        format!(", {} with nothing to turn red", counts.idle)
    } else {
        String::new()
    };
    writeln!(
        out,
        "archguard: {} proved by {}, {} dead{idle}",
        count(counts.proved, "rule, pattern, key or component"),
        count(counts.planted, "planted violation"),
        counts.dead,
    )
}

/// `archguard.toml:12:3: dead: pattern `sqlx` of raw-sql: ..`
fn line(entry: &ProofEntry) -> String {
    let place = match (&entry.file, entry.line, entry.column) {
        (Some(file), Some(line), Some(column)) => format!("{file}:{line}:{column}: "),
        _ => String::new(),
    };
    let state = match entry.state {
        ProofState::Proved => "proved",
        ProofState::Dead => "dead",
        ProofState::Idle => "idle",
    };
    let name = &entry.name;
    let what = match entry.subject {
        ProofSubject::Rule => format!("rule {name}"),
        ProofSubject::Pattern => format!("`{name}` of {}", entry.rule.as_deref().unwrap_or_default()),
        ProofSubject::Key => name.clone(),
        ProofSubject::Component => format!("component {name}"),
        ProofSubject::Path => format!("path of {name}"),
    };
    let why = match (&entry.violation, &entry.reason) {
        (Some(violation), _) => {
            let to = violation.to.as_ref().map(|to| format!(" -> {to}")).unwrap_or_default();
            format!("{} finds {}{to}", violation.lint.id(), violation.from)
        }
        (None, Some(reason)) => reason.clone(),
        (None, None) => String::new(),
    };
    visible(&format!("{place}{state}: {what}: {why}"))
}
