//! Name resolution over all crates of the workspace, into the sources of dependencies where names lead there.
//!
//! The [`world::World`] holds crates, scopes and definitions, each made once and never moved, so that dependencies can
//! be read while names are being looked up. It works on one thread in a fixed order: what it finds never depends on
//! scheduling. Reading and parsing, where the time goes, is done in parallel before ([`sources`]), or by another thread
//! ahead of need; not of what no build compiles ([`builds`]).
//!
//! [`declare`] turns facts into scopes and definitions, [`includes`] adds files, [`expand`] what item macros declare
//! ([`made`] expands, [`made_ahead`] before it is asked, [`budget`] bounds it, [`wanted`] tells which may make a name),
//! [`lookup`] finds a name in a scope, [`globs`] hand on ([`knots`] where they do so in circles), [`outwards`] around it,
//! [`paths`] follows a path from what it begins with ([`path_start`]), [`members`] finds associated items, [`standard`]
//! answers from the shipped table, [`annotations`] tells our own macros.

mod ahead;
mod aliases;
pub(crate) mod annotations;
pub(crate) mod assumed;
pub(crate) mod budget;
mod builds;
mod circles;
pub(crate) mod crates;
pub(crate) mod declare;
pub(crate) mod enumerate;
pub(crate) mod exclusions;
pub(crate) mod expand;
pub(crate) mod generated;
mod globs;
pub(crate) mod ids;
mod includes;
pub(crate) mod infer;
pub(crate) mod kept_facts;
mod knots;
pub(crate) mod lookup;
mod made;
mod made_ahead;
pub(crate) mod members;
pub(crate) mod module_files;
mod modules;
pub(crate) mod nesting;
mod outwards;
mod parser;
mod path_start;
pub(crate) mod paths;
pub(crate) mod places;
pub(crate) mod questions;
mod returns;
mod skim;
pub(crate) mod sources;
pub(crate) mod standard;
mod textual;
pub(crate) mod typed;
pub(crate) mod types;
pub(crate) mod unreadable;
pub(crate) mod visibility;
mod wanted;
pub(crate) mod world;
mod wrappers;

pub(crate) use skim::declarations_of;
