//! The only component that may use the driver.

pub mod w04_renamed;
pub mod w07_inferred;
pub mod w08_constant;
pub mod w20_trait_method;
pub mod w25_type_alias;
pub mod w33_passed;
pub mod w35_deref;
pub mod w36_object;
pub mod w49_export_name;
pub mod w50_exported_macro;
pub mod w51_hidden;
pub mod w52_made_function;
pub mod w53_aliases;
