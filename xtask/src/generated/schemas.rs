//! The JSON Schemas of the files that people write, beside those of the documents that the tool prints.

use archguard_invariants::policy::format::PolicyFile;

use super::Generated;

/// One for each file.
pub(super) fn files() -> Result<Vec<Generated>, String> {
    let of = |file: PolicyFile| {
        let path = match file {
            PolicyFile::Policy => "docs/schema/policy-1.json".to_owned(),
            other => format!("docs/schema/policy-{}-1.json", other.word()),
        };
        let mut text = serde_json::to_string_pretty(&file.json_schema()).map_err(|error| format!("{path}: {error}"))?;
        text.push('\n');
        Ok(Generated { path, text })
    };
    PolicyFile::ALL.into_iter().map(of).collect()
}
