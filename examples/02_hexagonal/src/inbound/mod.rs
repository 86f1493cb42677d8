//! Ways in. They speak to the domain alone, and never learn which store or clock is behind it.

pub mod command_line;
