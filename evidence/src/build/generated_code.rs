//! Marks what is generated: what the policy says, and what lies where build scripts write.

use archguard_invariants::graph::{FileRole, GraphBuilder, ItemId};
use archguard_invariants::place::FileId;
use archguard_invariants::policy::generated::Generated;

/// How files are printed that a build script has written.
const OUTPUT: &str = "out:";

/// Marks items and files; returns the entries that mean no file.
pub(super) fn mark(builder: &mut GraphBuilder, entries: &[Generated]) -> Vec<usize> {
    let items = (0..builder.item_count()).map(ItemId::new);
    let is_listed = |path: &str| {
        entries
            .iter()
            .any(|entry| matches!(entry, Generated::Path(pattern) if pattern.covers_path(path)))
    };
    let found: Vec<ItemId> = items.filter(|&id| is_listed(&builder.item(id).path)).collect();
    let mut used = vec![false; entries.len()];
    let mut files = Vec::new();
    for (number, file) in (0..).zip(builder.files()) {
        if file.role != FileRole::Examined {
            continue;
        }
        let mut is_generated = file.display.starts_with(OUTPUT);
        for (entry, used) in entries.iter().zip(&mut used) {
            if matches!(entry, Generated::Files(glob) if glob.covers(&file.display)) {
                (*used, is_generated) = (true, true);
            }
        }
        if is_generated {
            files.push(FileId(number));
        }
    }
    for item in found {
        builder.generated.mark_item(item);
    }
    for file in files {
        builder.generated.mark_file(file);
    }
    let is_idle = |&index: &usize| !used[index] && matches!(entries[index], Generated::Files(_));
    (0..entries.len()).filter(is_idle).collect()
}
