//! Every lint on workspaces of a few words. All lints run on every fixture.

mod contradicted_annotation;
mod crate_not_allowed;
mod dependency_cycle;
mod dev_code_in_production;
mod fixture;
mod forbidden_reach;
mod forbidden_use;
mod judgement;
mod layer_breach;
mod leaked_type;
mod mandate_bypassed;
mod misplaced_item;
mod missing_annotation;
mod pages;
mod policy_weakened;
mod private_interface;
mod requirement_unmet;
mod stale_exception;
mod unassigned_module;
mod undeclared_dependency;
mod unresolved_suspect;
