//! Nothing: this package only pins the crates that the tests read.
