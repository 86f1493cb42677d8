//! Which other workspaces are examined too.

use super::*;

#[test]
fn other_workspaces_are_directories_below_or_beside() {
    let taken = |text: &str| {
        let policy = read(&format!("[policy]\nworkspaces = {text}\n"));
        let entries = policy.settings.workspaces;
        entries
            .iter()
            .map(|entry| (entry.value.directories.to_string(), entry.value.left_out))
            .collect::<Vec<_>>()
    };
    assert_eq!(taken("\"tools\""), [("tools".to_owned(), false)]);
    assert_eq!(
        taken("[\"**\", \"!fixtures/**\", \"../beside\"]"),
        [("**", false), ("fixtures/**", true), ("../beside", false)].map(|(text, out)| (text.to_owned(), out))
    );
    assert_eq!(taken("[]"), []);
    assert!(read("").settings.workspaces.is_empty());
}

#[test]
fn what_can_be_no_other_workspace_is_said() {
    for (entry, wrong) in [
        ("/tmp/x", "a path relative to the workspace root"),
        ("C:/x", "a path relative to the workspace root"),
        ("a\\\\b", "written with `/`"),
        ("a/{b,c}", "written with no wildcards but `*` and `**`"),
        (
            "",
            "a directory other than the workspace's own, which is examined anyway",
        ),
        (
            "./",
            "a directory other than the workspace's own, which is examined anyway",
        ),
        ("a/../b", "written without `..` behind a name"),
    ] {
        let shown = entry.replace("\\\\", "\\");
        assert_eq!(
            mistakes(&format!("[policy]\nworkspaces = [\"x\", \"{entry}\"]\n")),
            [format!(
                "bad-pattern|\"{entry}\"|`{shown}` in `workspaces` must be {wrong}|-"
            )]
        );
    }
    assert_eq!(
        mistakes("[policy]\nworkspaces = [\"!x\"]\n"),
        [
            "bad-pattern|[\"!x\"]|`workspaces` of `[policy]` only leaves out: there must be something to leave it out from|-"
        ]
    );
    assert_eq!(
        mistakes("[policy]\nworkspace = \"x\"\n")[0].split('|').next_back(),
        Some("workspaces")
    );
}
