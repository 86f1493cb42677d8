//! Names the state of the sources that readings are made by: what another state has read is not believed. A published
//! crate has one state for each version; in the repository the crate that holds the graph changes with this one.

use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let mut hasher = blake3::Hasher::new();
    for folder in ["src", "../invariants/src"] {
        println!("cargo::rerun-if-changed={folder}");
        for entry in walkdir::WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_map(Result::ok)
        {
            if entry.file_type().is_file() {
                let path = entry.path().to_string_lossy().into_owned();
                hasher.update(path.as_bytes()).update(&fs::read(entry.path())?);
            }
        }
    }
    println!(
        "cargo::rustc-env=ARCHGUARD_SOURCES={}",
        &hasher.finalize().to_hex()[..16]
    );
    Ok(())
}
