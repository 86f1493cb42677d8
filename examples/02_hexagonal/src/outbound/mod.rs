//! Ways out: adapters for what the domain needs. They do not know each other.

pub mod file_store;
pub mod memory_store;
pub mod system_clock;
