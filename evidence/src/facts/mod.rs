//! The facts of files: what each declares and names, as written. Nothing here knows another file.

pub mod cfg;
mod declared;
pub mod extract;
pub mod lines;
pub mod model;
pub(crate) mod positions;
