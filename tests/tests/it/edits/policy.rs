//! The policy of the edited workspace, and what lies beside it.

use std::collections::BTreeMap;

use super::draws::Draws;

const COMPONENTS: &str = "version = 1

[components]
app     = { paths = \"app\", uses = [\"domain\", \"shared\"] }
data    = \"app::data\"
tool    = { paths = [\"bin:app\", \"build:app\"], uses = \"*\" }
store   = { paths = \"store\", public = [\"store::apis::**\", \"store::self\"], crates = [] }
domain  = { paths = \"domain\", uses = [] }
shared  = \"shared\"
";

/// Entries that may stand there or not.
const ENTRIES: [&str; 20] = [
    "[components.extra]\npaths = \"extra\"\n",
    "[policy]\nundeclared = \"allow\"\nunassigned = \"allow\"\n",
    "[[layers]]\nid = \"layers\"\norder = [\"app\", \"store\", \"domain\", \"shared\"]\n",
    "[[forbid]]\nid = \"drivers\"\nuse = \"driver\"\nexcept = \"store\"\noptional = true\n",
    "[[forbid]]\nid = \"system\"\nuse = [\"std::fs\", \"std::process\"]\nin = \"domain\"\ntransitive = true\n",
    "[[forbid]]\nid = \"any-system\"\nuse = [\"std::fs\", \"std::process\"]\noptional = true\n",
    "[[forbid]]\nid = \"sql\"\nuse = [\"literal:sql\", \"literal:sql-formatted\"]\n",
    "[[forbid]]\nid = \"pools\"\nuse = [\"shared::**::Pool\", \"domain::**::Pool\"]\nas = [\"method\", \"type\", \"public\"]\noptional = true\n",
    "[[forbid]]\nid = \"loads\"\nuse = [\"shared::**::load\", \"store::**::load\", \"app::**::load\"]\nas = [\"call\", \"method\"]\noptional = true\n",
    "[[forbid]]\nid = \"make\"\nuse = [\"shared::make!\", \"domain::**::call!\"]\noptional = true\n",
    "[[forbid]]\nid = \"public\"\nuse = [\"driver\", \"shared\"]\nas = \"public\"\nin = \"store\"\noptional = true\n",
    "[[mandate]]\nid = \"mandated\"\nuse = \"store\"\ninstead_of = [\"driver\"]\noptional = true\n",
    "[[require]]\nid = \"named\"\nitems = { kind = [\"struct\", \"enum\"], name = \"P*\" }\nmust = { visibility = \"pub\" }\noptional = true\n",
    "[[require]]\nid = \"calling\"\nitems = { kind = [\"fn\", \"method\", \"closure\"], in = \"store\" }\nmust = { call = \"driver\" }\noptional = true\n",
    "[[require]]\nid = \"passing\"\nitems = { kind = [\"fn\", \"closure\"], passed_to = \"shared::**\" }\nmust = { take = \"shared::**::Pool\", through = [\"Option\"] }\noptional = true\n",
    "[[require]]\nid = \"traits\"\nitems = { implement = \"shared::**\" }\nmust = { in = \"domain\", derive = \"std::clone::Clone\" }\noptional = true\n",
    "[[acyclic]]\nid = \"circles\"\namong = [\"components\", \"modules\", \"crates\"]\n",
    "[[exclude]]\npath = \"src/util\"\nreason = \"r\"\nowner = \"o\"\nuntil = \"2027-01-01\"\n",
    "[[exclude]]\npath = \"crates/extra\"\nreason = \"r\"\nowner = \"o\"\nuntil = \"2027-01-01\"\n",
    "[facades]\ndriver = [\"std::process\"]\n",
];

/// What may lie beside it: the path, and the text.
const BESIDE: [(&str, &str); 4] = [
    (
        "archguard.exceptions.toml",
        "[[except]]\nrule = \"any-system\"\nfrom = \"store::load\"\nto = \"std::fs::read\"\nreason = \"r\"\nowner = \"o\"\nuntil = \"2026-12-24\"\n",
    ),
    (
        "crates/store/archguard.toml",
        "version = 1\nuses = [\"shared\"]\n[[forbid]]\nid = \"in-store\"\nuse = \"std::fs\"\noptional = true\n",
    ),
    (
        "crates/domain/archguard.toml",
        "version = 1\n[[require]]\nid = \"in-domain\"\nitems = { kind = \"method\" }\nmust = { return = \"shared\" }\noptional = true\n",
    ),
    (".gitignore", "/target\nsrc/base\nnotes/load.rs\nnotes/save.rs\n"),
];

/// Which entries stand there.
#[derive(Debug, Clone)]
pub(super) struct Policy {
    entries: [bool; ENTRIES.len()],
    beside: [bool; BESIDE.len()],
    pub(super) is_broken: bool,
}

impl Policy {
    pub(super) fn random(draws: &mut Draws) -> Self {
        Self {
            entries: [(); ENTRIES.len()].map(|()| draws.in_hundred(60)),
            beside: [(); BESIDE.len()].map(|()| draws.in_hundred(40)),
            is_broken: false,
        }
    }

    /// The same without what lets patterns follow the code.
    pub(super) fn without_exclusions(mut self) -> Self {
        for (entry, is_taken) in ENTRIES.iter().zip(&mut self.entries) {
            *is_taken &= !entry.starts_with("[[exclude]]");
        }
        self
    }

    /// Takes one entry in or out.
    pub(super) fn change(&mut self, draws: &mut Draws) {
        if draws.in_hundred(25) {
            self.beside[draws.below(BESIDE.len())] ^= true;
        } else {
            self.entries[draws.below(ENTRIES.len())] ^= true;
        }
    }

    /// The policy and what lies beside it, by path.
    pub(super) fn files(&self) -> BTreeMap<String, String> {
        let entries = ENTRIES.iter().zip(self.entries);
        let taken = entries.filter(|(_, is_taken)| *is_taken).map(|(entry, _)| *entry);
        let mut text: String = [COMPONENTS].into_iter().chain(taken).collect();
        if self.is_broken {
            text.push_str("[[forbid]]\nid = 1\n");
        }
        let beside = BESIDE.iter().zip(self.beside);
        let beside = beside.filter(|(_, is_taken)| *is_taken);
        let mut files: BTreeMap<String, String> = beside
            .map(|(&(path, text), _)| (path.to_owned(), text.to_owned()))
            .collect();
        files.insert("archguard.toml".to_owned(), text);
        files
    }
}
