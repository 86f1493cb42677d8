//! Reads lines, answers lines.

use std::io::{BufRead, stdin};

fn main() -> std::io::Result<()> {
    let mut depot = depot::Depot::default();
    for line in stdin().lock().lines() {
        match depot.answer(&line?) {
            Ok(answer) => println!("{answer}"),
            Err(refusal) => println!("no: {refusal}"),
        }
    }
    Ok(())
}
