//! What somebody does in a workspace and sees: changes of files, builds, and what these say, without what differs from
//! machine to machine.

use super::copy::Copy;

/// A change of a file, which is shown by its lines.
#[derive(Clone, Copy)]
pub(super) struct Change {
    pub(super) file: &'static str,
    pub(super) old: &'static str,
    pub(super) new: &'static str,
}

impl Change {
    /// The way back.
    pub(super) fn back(self) -> Self {
        Self {
            old: self.new,
            new: self.old,
            ..self
        }
    }

    pub(super) fn make(self, copy: &Copy) {
        copy.replace(self.file, self.old, self.new);
    }
}

/// A workspace, and what was seen in it so far.
pub(super) struct Session<'c> {
    copy: &'c Copy,
    seen: String,
}

impl<'c> Session<'c> {
    pub(super) fn new(copy: &'c Copy) -> Self {
        Self {
            copy,
            seen: String::new(),
        }
    }

    /// Changes a file.
    pub(super) fn change(&mut self, change: Change) {
        change.make(self.copy);
        self.see(&format!("# {}", change.file));
        let only = |sign: char, text: &str, other: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| !other.lines().any(|it| it == *line));
            lines.map(|line| format!("#   {sign} {}", line.trim_start())).collect()
        };
        let (old, new) = (change.old, change.new);
        for line in only('-', old, new).into_iter().chain(only('+', new, old)) {
            self.see(&line);
        }
    }

    /// Builds, and it succeeds.
    pub(super) fn passes(&mut self) {
        let (succeeded, said) = self.build();
        assert!(succeeded, "{said}");
    }

    /// Builds, and it fails.
    pub(super) fn fails(&mut self) {
        let (succeeded, said) = self.build();
        assert!(!succeeded, "{said}");
    }

    /// Everything, as one text.
    pub(super) fn end(self) -> String {
        self.seen
    }

    fn build(&mut self) -> (bool, String) {
        let (succeeded, said) = self.copy.build();
        self.see("$ cargo build");
        let root = self.copy.root().display().to_string();
        for line in normal(&said.replace(&root, "[ROOT]")) {
            self.see(line);
        }
        self.see("");
        (succeeded, said)
    }

    fn see(&mut self, line: &str) {
        self.seen.push_str(line);
        self.seen.push('\n');
    }
}

/// What a build says, whenever and wherever it runs: without times and waiting, and crates that are compiled at the same time
/// in the order of their names. The last is the one that needs the others.
fn normal(said: &str) -> Vec<&str> {
    let is_waiting = |line: &&str| line.trim_start().starts_with("Blocking ");
    let mut lines: Vec<&str> = said
        .trim_end()
        .lines()
        .filter(|line| !is_waiting(line))
        .map(without_time)
        .collect();
    let is_compiling = |line: &&str| line.trim_start().starts_with("Compiling ");
    let first = lines.iter().position(is_compiling).unwrap_or(0);
    let count = lines[first..].iter().take_while(|line| is_compiling(line)).count();
    lines[first..first + count.saturating_sub(1)].sort_unstable();
    lines
}

/// `Finished .. target(s) in 0.52s`: as long as it takes.
fn without_time(line: &str) -> &str {
    match line.rsplit_once(" in ") {
        Some((finished, _)) if line.trim_start().starts_with("Finished ") => finished,
        _ => line,
    }
}

#[test]
fn what_differs_from_run_to_run_is_left_out() {
    let said = "    Blocking waiting for file lock on build directory\n   Compiling b v1\n   Compiling a v1\n   Compiling a_shop v1\nerror: x\n in 2s\n    Finished `dev` target(s) in 0.52s\n";
    let expected =
        "   Compiling a v1\n   Compiling b v1\n   Compiling a_shop v1\nerror: x\n in 2s\n    Finished `dev` target(s)";
    assert_eq!(normal(said).join("\n"), expected);
}
