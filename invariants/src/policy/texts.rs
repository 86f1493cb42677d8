//! The texts that a policy is read from: the workspace's file, then the fragments that packages have of their own. All of
//! them together are one stretch of bytes, so that a place in any of them is a [`TextSpan`] and nothing more.

use std::sync::Arc;

use crate::place::TextSpan;

/// One file of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyText {
    /// The path as printed.
    pub file: Arc<str>,
    /// What is in it.
    pub text: Arc<str>,
    /// The package (with underscores) whose fragment it is; none for the workspace's own file.
    pub package: Option<Arc<str>>,
    /// Where it begins among all the texts.
    pub(super) base: usize,
}

/// All files of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTexts {
    files: Vec<PolicyText>,
}

impl PolicyTexts {
    /// The workspace's own file; `file` is the path as messages print it.
    pub fn new(file: &str, text: &str) -> Self {
        Self {
            files: vec![PolicyText {
                file: file.into(),
                text: text.into(),
                package: None,
                base: 0,
            }],
        }
    }

    /// Adds the fragment of a package.
    pub fn add_fragment(&mut self, package: &str, file: &str, text: &str) {
        let end = self.files.last().map_or(0, |last| last.base + last.text.len() + 1);
        self.files.push(PolicyText {
            file: file.into(),
            text: text.into(),
            package: Some(package.replace('-', "_").into()),
            base: end,
        });
    }

    /// All files, the workspace's own first.
    pub fn files(&self) -> &[PolicyText] {
        &self.files
    }

    /// The workspace's own file.
    pub(super) fn own(&self) -> &PolicyText {
        &self.files[0]
    }

    /// The file that a place is in, and the place in that file's own text.
    pub fn locate(&self, span: TextSpan) -> (&PolicyText, TextSpan) {
        let found = self.files.iter().rev().find(|file| file.base <= span.start);
        let file = found.unwrap_or_else(|| self.own());
        let local = TextSpan {
            start: span.start - file.base,
            end: span.end.saturating_sub(file.base),
        };
        (file, local)
    }

    /// The hash of all texts: another fragment is another policy.
    pub fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for file in &self.files {
            if file.package.is_some() {
                hasher.update(&(file.file.len() as u64).to_le_bytes());
                hasher.update(file.file.as_bytes());
                hasher.update(&(file.text.len() as u64).to_le_bytes());
            }
            hasher.update(file.text.as_bytes());
        }
        format!("blake3:{}", hasher.finalize().to_hex())
    }
}

impl PolicyText {
    /// The text behind as many spaces as stand before it among all the texts: what is read from it has its place there.
    pub(super) fn padded(&self) -> String {
        format!("{}{}", " ".repeat(self.base), self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_in_one_file() {
        let mut texts = PolicyTexts::new("archguard.toml", "abc");
        texts.add_fragment("my-web", "web/archguard.toml", "defg");
        let at = |start, end| {
            let (file, span) = texts.locate(TextSpan { start, end });
            (&*file.file, span.start, span.end)
        };
        assert_eq!(at(0, 3), ("archguard.toml", 0, 3));
        assert_eq!(at(3, 3), ("archguard.toml", 3, 3));
        assert_eq!(at(4, 8), ("web/archguard.toml", 0, 4));
        assert_eq!(&texts.files()[1].padded()[4..8], "defg");
        assert_eq!(texts.files()[1].package.as_deref(), Some("my_web"));
        assert_ne!(texts.hash(), PolicyTexts::new("archguard.toml", "abc").hash());
    }
}
