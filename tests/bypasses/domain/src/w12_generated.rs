//! Code that the build script writes.

include!(concat!(env!("OUT_DIR"), "/w12_generated.rs"));
