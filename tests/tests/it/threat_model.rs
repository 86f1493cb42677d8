//! `docs/threat-model.md` has a row for every line of the catalogue, and what a row names as its proof is there.

use std::fs;
use std::path::Path;

#[test]
fn every_line_has_a_row_whose_proof_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/threat-model.md")).unwrap();
    let mut numbers = Vec::new();
    for row in page.lines() {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let first = cells.first().copied().unwrap_or_default();
        // `47a` is `47` by other means.
        let Ok(number) = first
            .trim_end_matches(|letter: char| letter.is_ascii_lowercase())
            .parse::<u32>()
        else {
            continue;
        };
        numbers.extend(first.parse::<u32>());
        assert!(
            cells.len() == 5 && cells[1..].iter().all(|cell| !cell.is_empty()),
            "{row}"
        );
        let proof: Vec<&str> = cells[cells.len() - 1].split('`').skip(1).step_by(2).collect();
        let text = fs::read_to_string(root.join(proof[0])).unwrap_or_else(|error| panic!("{}: {error}", proof[0]));
        match proof.get(1) {
            Some(function) => assert!(text.contains(&format!("fn {function}(")), "{row}"),
            // Files of the catalogue are named for their line.
            None => assert!(proof[0].contains(&format!("/w{number:02}_")), "{row}"),
        }
    }
    assert_eq!(numbers, (1..=53).collect::<Vec<u32>>());
}
