//! Reading what is kept on a thread of its own: that takes as long as looking whether it holds.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use super::Kept;
use crate::kept::{Hash, KeptFile};

/// What is kept, being read while others look whether it holds.
#[derive(Debug)]
pub(in crate::build) struct Decoding {
    file: Arc<KeptFile>,
    of: Hash,
    /// None where no thread could be had.
    thread: Option<JoinHandle<Option<Kept>>>,
}

impl Decoding {
    pub(super) fn begin(file: Arc<KeptFile>, of: Hash) -> Self {
        let theirs = Arc::clone(&file);
        let thread = thread::Builder::new().spawn(move || decoded(&theirs, of));
        Self {
            file,
            of,
            thread: thread.ok(),
        }
    }

    /// What is kept; none if it cannot be read.
    pub(in crate::build) fn end(self) -> Option<Kept> {
        match self.thread {
            Some(thread) => thread.join().ok().flatten(),
            None => decoded(&self.file, self.of),
        }
    }
}

/// Nothing if by now something else is kept there.
fn decoded(file: &KeptFile, of: Hash) -> Option<Kept> {
    let bytes = file.read_bytes().filter(|bytes| bytes.hash == of)?;
    postcard::from_bytes(&bytes).ok()
}
