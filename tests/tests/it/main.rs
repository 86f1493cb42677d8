//! Whole workspaces, read and judged as the command does it.

mod bypasses;
