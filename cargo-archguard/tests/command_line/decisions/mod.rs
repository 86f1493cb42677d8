//! What people decide about findings: exceptions and the baseline, on small workspaces, on days that the tests name.

mod adoption;
mod baseline;
mod exceptions;
mod guidance;
mod inline;
pub(crate) mod workspace;
