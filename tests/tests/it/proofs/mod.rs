//! `prove` on whole workspaces: what can fire is proved, whatever kind of rule it is, and what cannot is named with the reason.

mod circles;
mod components;
mod dead;
mod demands;
mod kinds;
mod permissions;
mod prohibitions;
mod relations;
mod said;
mod selections;
