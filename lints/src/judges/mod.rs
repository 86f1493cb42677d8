//! One file per lint; the file's name is the lint's id.

pub(crate) mod contradicted_annotation;
pub(crate) mod crate_not_allowed;
pub(crate) mod dependency_cycle;
pub(crate) mod dev_code_in_production;
pub(crate) mod forbidden_reach;
pub(crate) mod forbidden_use;
pub(crate) mod layer_breach;
pub(crate) mod leaked_type;
pub(crate) mod mandate_bypassed;
pub(crate) mod misplaced_item;
pub(crate) mod missing_annotation;
pub(crate) mod policy_weakened;
pub(crate) mod private_interface;
pub(crate) mod requirement_unmet;
pub(crate) mod stale_exception;
pub(crate) mod unassigned_module;
pub(crate) mod undeclared_dependency;
pub(crate) mod unresolved_suspect;
