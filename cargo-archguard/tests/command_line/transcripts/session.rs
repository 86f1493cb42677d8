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
}

/// A workspace, and what was seen in it so far.
pub(super) struct Session {
    copy: Copy,
    seen: String,
}

impl Session {
    pub(super) fn new(copy: Copy) -> Self {
        Self {
            copy,
            seen: String::new(),
        }
    }

    /// Changes a file.
    pub(super) fn change(&mut self, change: Change) {
        let Change { file, old, new } = change;
        self.copy.replace(file, old, new);
        self.see(&format!("# {file}"));
        let lines = |text: &'static str| text.lines().collect::<Vec<_>>();
        let (old, new) = (lines(old), lines(new));
        let only = |sign: char, of: &[&str], other: &[&str]| -> Vec<String> {
            let only = of.iter().filter(|line| !other.contains(line));
            only.map(|line| format!("#   {sign} {}", line.trim_start())).collect()
        };
        for line in only('-', &old, &new).into_iter().chain(only('+', &new, &old)) {
            self.see(&line);
        }
    }

    /// Builds; says how it ended and what it said.
    pub(super) fn build(&mut self) -> (bool, String) {
        let start = std::time::Instant::now();
        let output = self.copy.cargo(&["build"]).output().unwrap();
        eprintln!("TIMED {:?}", start.elapsed());
        let said = String::from_utf8(output.stderr).unwrap();
        let root = self.copy.root.display().to_string();
        let said = said.replace(&root, "[ROOT]");
        let lines: Vec<&str> = said
            .lines()
            .map(without_time)
            .filter(|line| !is_waiting(line))
            .collect();
        (output.status.success(), lines.join("\n") + "\n")
    }

    /// Builds, and it succeeds.
    pub(super) fn passes(&mut self) {
        let (succeeded, said) = self.recorded();
        assert!(succeeded, "{said}");
    }

    /// Builds, and it fails.
    pub(super) fn fails(&mut self) {
        let (succeeded, said) = self.recorded();
        assert!(!succeeded, "{said}");
    }

    /// Everything, one session.
    pub(super) fn end(self) -> String {
        self.seen
    }

    fn recorded(&mut self) -> (bool, String) {
        let (succeeded, said) = self.build();
        self.see("$ cargo build");
        self.see(&said);
        (succeeded, said)
    }

    fn see(&mut self, line: &str) {
        self.seen.push_str(line);
        self.seen.push('\n');
    }
}

/// `Finished .. target(s) in 0.52s`: as long as it takes.
fn without_time(line: &str) -> &str {
    match line.split_once(" target(s) in ") {
        Some((finished, _)) if line.trim_start().starts_with("Finished ") => {
            &line[..finished.len() + " target(s)".len()]
        }
        _ => line,
    }
}

/// Cargo waits for another cargo.
fn is_waiting(line: &str) -> bool {
    line.trim_start().starts_with("Blocking ")
}
