//! A library of tools: who has borrowed what, and until when. Ports and adapters in one crate.

pub mod domain;
pub mod inbound;
pub mod outbound;

use domain::service::Lending;
use outbound::{file_store::FileStore, system_clock::SystemClock};

/// The service as the program runs it: a file beside the caller's choice, the clock of the machine.
pub fn lending(file: &std::path::Path) -> Lending<FileStore, SystemClock> {
    Lending::new(FileStore::at(file), SystemClock)
}
