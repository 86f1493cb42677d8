//! `[policy] tool`: the version of this tool whose meaning of a policy the policy was written for. An older tool may not
//! know all of it; a newer one may mean something else by it, and then it says so instead of judging otherwise than before.

use super::section::{Reader, Section};
use crate::problem::ProblemCode;

/// Versions since which a policy means something else than before, oldest first, with what changed.
const CHANGES: &[(Version, &str)] = &[];

/// Major and minor: a change of meaning is never less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Version(u32, u32);

impl Version {
    /// `0.1`; a patch behind it says nothing about meaning.
    fn parse(text: &str) -> Option<Self> {
        let number = |part: &str| {
            let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse().ok().filter(|_| digits)
        };
        let mut parts = text.splitn(3, '.');
        let version = Self(number(parts.next()?)?, number(parts.next()?)?);
        parts
            .next()
            .is_none_or(|patch| number(patch).is_some())
            .then_some(version)
    }
}

impl<'t> Reader<'t> {
    /// Holds the version that the policy asks for against this one.
    pub(super) fn check_tool(&mut self, section: &Section<'_, 't>) {
        let Some(asked) = self.string(section, "tool") else {
            return;
        };
        let Some(version) = Version::parse(&asked.value) else {
            let message = format!(
                "`tool` of `[policy]` must be a version such as \"0.1\", this is `{}`",
                asked.value
            );
            self.problem(ProblemCode::PolicySyntax, asked.span, message);
            return;
        };
        let own = env!("CARGO_PKG_VERSION");
        let this = Version::parse(own).expect("cargo's versions have three numbers");
        if let Some(objection) = objection(version, this, CHANGES) {
            let message = format!(
                "the policy is written for archguard {}, this is {own}: {objection}",
                asked.value
            );
            self.problem(ProblemCode::PolicyConflict, asked.span, message);
        }
    }
}

/// Why this version cannot judge by a policy that was written for another.
fn objection(asked: Version, this: Version, changes: &[(Version, &str)]) -> Option<String> {
    if asked > this {
        return Some("an older version may not know all that it says".to_owned());
    }
    let mut since = changes
        .iter()
        .filter(|(version, _)| *version > asked && *version <= this);
    let (Version(major, minor), what) = since.next()?;
    Some(format!(
        "since {major}.{minor} {what}; look at what that means here, then raise `tool`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_two_or_three_numbers() {
        for (text, version) in [
            ("0.1", Version(0, 1)),
            ("0.1.7", Version(0, 1)),
            ("12.30", Version(12, 30)),
        ] {
            assert_eq!(Version::parse(text), Some(version), "{text}");
        }
        for text in [
            "", "1", "0.", ".1", "v0.1", "0.1.x", "^0.1", "0.1.2.3", "0.1-rc", "+0.1",
        ] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_older_version_refuses_and_a_newer_one_says_what_it_means_otherwise() {
        let changes = [
            (Version(0, 3), "`uses` counts re-exports"),
            (Version(0, 5), "all is new"),
        ];
        let objection = |asked: Version, this: Version| objection(asked, this, &changes);
        assert_eq!(objection(Version(0, 1), Version(0, 2)), None);
        assert_eq!(objection(Version(0, 3), Version(0, 4)), None);
        assert_eq!(
            objection(Version(0, 5), Version(0, 4)).as_deref(),
            Some("an older version may not know all that it says")
        );
        assert_eq!(
            objection(Version(0, 2), Version(0, 5)).as_deref(),
            Some("since 0.3 `uses` counts re-exports; look at what that means here, then raise `tool`")
        );
    }
}
