//! The driver's sources, copied into the workspace and changed.

pub fn query(text: &str) -> usize {
    helper(text)
}

fn helper(text: &str) -> usize {
    crate::inner::run(text)
}

mod inner {
    pub(crate) fn run(text: &str) -> usize {
        text.len()
    }
}
