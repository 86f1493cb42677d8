//! Another workspace of the repository: not examined, and named as such.

pub mod w47_elsewhere;
