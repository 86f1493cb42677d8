//! The use of a path crate outside the workspace.

pub fn rows() {
    outside::w47_outside::rows();
}
