//! Never built: its manifest pins the crates that the packs are checked against.
