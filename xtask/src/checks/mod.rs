//! The checks, one file each. A new one is a file with a `CHECK` or two, a line here, and its place in the list of `ci`.

mod architecture_paths;
mod cargo_commands;
mod dependency_reasons;
mod examples;
mod lint_list;
mod optimised_build;
mod own_architecture;
mod readme_commands;
mod self_contained;

pub(crate) use architecture_paths::CHECK as ARCHITECTURE_PATHS;
pub(crate) use cargo_commands::{CLIPPY, DOCUMENTATION, FORMATTING};
pub(crate) use dependency_reasons::CHECK as DEPENDENCY_REASONS;
pub(crate) use examples::CHECK as EXAMPLES;
pub(crate) use lint_list::CHECK as LINT_LIST;
pub(crate) use optimised_build::CHECK as OPTIMISED_BUILD;
pub(crate) use own_architecture::CHECK as OWN_ARCHITECTURE;
pub(crate) use readme_commands::CHECK as README_COMMANDS;
pub(crate) use self_contained::CHECK as SELF_CONTAINED;
