//! The command line from outside: what it prints, what it ends with, and that its documents keep to their schemas.

mod documents;
mod help;
mod process;
mod workspaces;
