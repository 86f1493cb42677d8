//! What lending means. Knows no file, no clock, no terminal: it says what it needs of them in [`ports`].

pub mod loan;
pub mod ports;
pub mod service;
