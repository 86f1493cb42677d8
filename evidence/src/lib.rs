
pub mod facts;
pub mod mbe;
