//! The driver's inner crate: where its items are defined.

pub mod query;

/// A pool of connections.
#[derive(Debug, Default, driver_derive::Made)]
pub struct Pool;

impl Pool {
    /// Runs a text.
    pub fn exec(&self, text: &str) -> usize {
        text.len()
    }
}

/// Whatever runs a text.
pub trait Executor {
    /// Runs a text.
    fn run(&self, text: &str) -> usize;
}

impl Executor for Pool {
    fn run(&self, text: &str) -> usize {
        text.len()
    }
}

macro_rules! text_functions {
    ($owner:ty: $($name:ident),*) => {
        impl $owner {
            $(
                pub fn $name(text: &str) -> usize {
                    text.len()
                }
            )*
        }
    };
}

text_functions!(Pool: raw, dump);
