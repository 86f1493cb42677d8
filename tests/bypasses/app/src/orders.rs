//! In a component.

pub fn list() -> usize {
    1
}
