//! Runs `packs`: what the shipped packs name. Needs no workspace and reads none.

use std::io::{self, Write};

use archguard_invariants::packs::{Pack, PackEntry, PacksDocument};
use archguard_invariants::verdict::EXIT_CLEAN;

use crate::cli::PacksFormat;
use crate::request::{Amount, Options};
use crate::run::Ended;

/// Prints every pack with its entries.
pub(crate) fn run(options: &Options, format: PacksFormat, out: &mut dyn Write) -> Ended {
    let output = match format {
        PacksFormat::Human => human(options.amount, out),
        PacksFormat::Json => json(out),
    };
    Ended {
        exit_code: EXIT_CLEAN,
        output,
    }
}

fn json(out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &PacksDocument::of(Pack::all()))?;
    writeln!(out)
}

/// A pack a paragraph, an entry a line; in full with the documentation that each was taken from.
fn human(amount: Amount, out: &mut dyn Write) -> io::Result<()> {
    for (index, pack) in Pack::all().iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "pack:{}: {}", pack.name, pack.about)?;
        for entry in &pack.entries {
            writeln!(out, "  {} ({})", entry.written, checked_against(entry))?;
            if amount == Amount::Verbose {
                writeln!(out, "    {}", entry.source)?;
            }
        }
    }
    Ok(())
}

fn checked_against(entry: &PackEntry) -> String {
    match &entry.version {
        Some(version) => format!("{} {version}", entry.krate),
        None => "standard library".to_owned(),
    }
}
