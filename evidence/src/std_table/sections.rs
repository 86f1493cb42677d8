//! The table's text and its parts. Looks at section headings alone; the lines belong to `paths`, `members` and `arch`.

/// The table as `cargo xtask std-table` wrote it.
const TEXT: &str = include_str!("../../data/std.txt");

/// The table's text, divided.
pub(super) struct Sections {
    pub(super) toolchain: &'static str,
    pub(super) paths: &'static str,
    pub(super) members: &'static str,
    pub(super) arch: &'static str,
}

impl Sections {
    pub(super) fn shipped() -> Sections {
        let (head, rest) = split(TEXT, "[paths]\n");
        let (paths, rest) = split(rest, "\n[members]\n");
        let (members, arch) = split(rest, "\n[arch]\n");
        Sections {
            toolchain: head.lines().nth(1).unwrap_or_default(),
            paths,
            members,
            arch,
        }
    }
}

fn split(text: &'static str, heading: &str) -> (&'static str, &'static str) {
    text.split_once(heading).unwrap_or((text, ""))
}
