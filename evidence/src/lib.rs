//! placeholder
pub mod std_table;
