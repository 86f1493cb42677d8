//! The driver's trait under another name, and a type that has it.

pub use driver::Executor as Runs; //~ no-driver-in-the-api

pub struct Handle;

impl driver::Executor for Handle { //~ no-driver-in-the-api
    fn run(&self, text: &str) -> usize {
        text.len()
    }
}
