//! A whole workspace in one literal, read and judged as the command does it, with the expectations beside the code.
//!
//! ```text
//! //- Cargo.toml                   files; a manifest that is not given is made up, and sees every other package
//! //- src/lib.rs                   flags: crlf bom latin1 link=../elsewhere
//! //- registry/sqlx/src/lib.rs     an external crate
//! //- ../outside/src/lib.rs        a path dependency outside the workspace
//! use sqlx::query;
//! //  ^^^^^^^^^^^ import sqlx_core::query::query written sqlx::query
//! ```
//!
//! [`check`] compares the references at the marked places ([`marks`] tells the words), [`judge`] the findings.

mod check;
mod judge;
mod manifests;
mod marks;
mod text;

pub(crate) use check::{Checked, check, document};
pub(crate) use judge::{Judged, accepted, judge, judged, new_lints};
pub(crate) use text::Fixture;
