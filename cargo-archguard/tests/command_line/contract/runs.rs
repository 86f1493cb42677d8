//! Many runs at once: each waits for cargo most of its time.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Tries all of them and returns what is wrong with each, in their order.
pub(crate) fn faults<T: Sync>(cases: &[T], fault: impl Fn(&T) -> Option<String> + Sync) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((at, case)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    cases.get(at).map(|case| (at, case))
                } {
                    if let Some(fault) = fault(case) {
                        found.lock().unwrap().push((at, fault));
                    }
                }
            });
        }
    });
    assert!(next.into_inner() >= cases.len(), "all were tried");
    let mut found = found.into_inner().unwrap();
    found.sort();
    found.into_iter().map(|(_, fault)| fault).collect()
}
