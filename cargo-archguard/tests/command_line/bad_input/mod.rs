//! Input that is wrong, missing, broken or unusual: never a panic, always the documented exit code, and a message that says
//! what is wrong and where.

mod case;
mod depth;
mod exclusions;
mod files;
mod fragments;
mod growth;
#[cfg(unix)]
mod no_files;
mod pipes;
mod policies;
mod width;
mod workspaces;
