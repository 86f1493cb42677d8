//! The facts of files: what each declares and names, as written. Nothing here knows another file.

pub mod cfg;
mod declared;
pub(crate) mod difference;
pub mod extract;
pub mod lines;
pub(crate) mod mentions;
pub mod model;
pub(crate) mod positions;
