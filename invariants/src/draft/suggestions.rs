//! What a draft suggests without saying it: rules behind comment marks, for somebody to choose from.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::components::Draft;
use super::packs::PackUser;
use super::text::{line, quoted, shown};

impl Draft {
    /// What the code keeps to today without a rule, what rules exist for, and what is not examined.
    pub(super) fn write_suggestions(&self, text: &mut String) {
        self.write_exclusive(text);
        self.write_packs(text);
        self.write_workspaces(text);
    }

    fn write_exclusive(&self, text: &mut String) {
        let Some((krate, user)) = self.exclusive.first() else {
            return;
        };
        line(text, "\n# External crates that one component alone names today:");
        for (krate, user) in &self.exclusive {
            line(text, &format!("#   {krate}: {}", self.name(*user)));
        }
        line(text, "# To keep one there, say so, as here:");
        let user = self.name(*user);
        let id = quoted(&format!("{krate}-only-in-{user}"));
        let krate = quoted(&format!("crate:{krate}"));
        line(text, &format!("# [[forbid]]\n# id      = {id}\n# use     = {krate}"));
        line(text, &format!("# except  = {}", quoted(user)));
        line(text, "# because = \"...\"");
    }

    /// One rule for each pack that knows a dependency: everywhere forbidden but where it is used most.
    fn write_packs(&self, text: &mut String) {
        let mut packs: Vec<&str> = self
            .known
            .iter()
            .flat_map(|known| known.packs.iter().copied())
            .collect();
        packs.sort_unstable();
        packs.dedup();
        if packs.is_empty() || self.components.len() < 2 {
            return;
        }
        line(
            text,
            "\n# Dependencies that a shipped pack knows and no rule speaks of yet (`cargo archguard packs` lists what else a pack",
        );
        line(
            text,
            "# names). Without its marks a rule keeps such code in the component that names it most; the rest is findings then.",
        );
        for pack in packs {
            self.write_pack(text, pack);
        }
    }

    fn write_pack(&self, text: &mut String, pack: &str) {
        let crates = self.known.iter().filter(|known| known.packs.contains(&pack));
        line(text, "#");
        let mut references: BTreeMap<usize, usize> = BTreeMap::new();
        for known in crates {
            line(text, &format!("#   {}: {}", known.name, self.pack_users(&known.users)));
            for user in &known.users {
                *references.entry(user.component).or_default() += user.references;
            }
        }
        let id = quoted(&format!("{pack}-in-one-place"));
        let used = quoted(&format!("pack:{pack}"));
        line(text, &format!("# [[forbid]]\n# id      = {id}\n# use     = {used}"));
        let most = references
            .into_iter()
            .max_by_key(|&(component, references)| (references, Reverse(component)));
        if let Some((component, _)) = most {
            line(text, &format!("# except  = {}", quoted(self.name(component))));
        }
        line(text, "# because = \"...\"");
    }

    /// Who names it how often, with a place to begin at.
    fn pack_users(&self, users: &[PackUser]) -> String {
        let Some(most) = users.first() else {
            return "named by no production code".to_owned();
        };
        let (file, number) = &most.first;
        let counted = users
            .iter()
            .map(|user| format!("{} ({})", self.name(user.component), user.references));
        let counted: Vec<String> = counted.collect();
        let name = self.name(most.component);
        format!("{}; the first of {name} at {file}:{number}", shown(&counted))
    }

    fn write_workspaces(&self, text: &mut String) {
        if self.other_workspaces.is_empty() {
            return;
        }
        let names: Vec<String> = self.other_workspaces.iter().map(|path| quoted(path)).collect();
        line(
            text,
            "\n# Other workspaces of this repository are not examined. To take them in, with components for their code:",
        );
        line(text, &format!("# [policy]\n# workspaces = [{}]", names.join(", ")));
    }
}
