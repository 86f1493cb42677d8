//! What to compile, as the command line asks for it.

use archguard_check::Compiling;
use archguard_evidence::compiler::{BuildRequest, FeatureSet, Mode, Selection};

use archguard_invariants::problem::{Problem, ProblemCode, ProblemPlace};

use crate::cli::VerifyArguments;
use crate::request::{Amount, Options};

/// What to have compiled.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Compilation {
    feature_sets: Vec<FeatureSet>,
    platform: Option<String>,
    selection: Selection,
    mode: Mode,
    keep_going: bool,
}

impl Compilation {
    /// What the command line asks for.
    pub(crate) fn of(arguments: VerifyArguments) -> Self {
        let list = |text: &String| -> Vec<String> {
            let names = text.split([',', ' ']).filter(|name| !name.is_empty());
            names.map(str::to_owned).collect()
        };
        let asked = FeatureSet {
            all: arguments.all_features,
            no_default: arguments.no_default_features,
            features: arguments.features.iter().flat_map(list).collect(),
        };
        let further = arguments.feature_sets.iter().map(|set| FeatureSet {
            features: list(set),
            ..FeatureSet::default()
        });
        let is_plain = asked == FeatureSet::default();
        let first = (!is_plain || arguments.feature_sets.is_empty()).then_some(asked);
        Self {
            feature_sets: first.into_iter().chain(further).collect(),
            platform: arguments.target,
            selection: if arguments.production {
                Selection::Production
            } else {
                Selection::AllTargets
            },
            mode: if arguments.bodies {
                Mode::Bodies
            } else if arguments.everything {
                Mode::Everything
            } else {
                Mode::Needed
            },
            keep_going: arguments.keep_going,
        }
    }

    /// The request to cargo; this program is the wrapper.
    pub(crate) fn request(&self, options: &Options) -> Compiling {
        let wrapper = std::env::current_exe().map_err(|error| Problem {
            code: ProblemCode::Build,
            message: format!("this program's own path is not known: {error}"),
            place: ProblemPlace::None,
            suggestion: None,
        })?;
        Ok(BuildRequest {
            wrapper,
            packages: options.asked.packages.clone(),
            feature_sets: self.feature_sets.clone(),
            platform: self.platform.clone(),
            selection: self.selection,
            mode: self.mode,
            keep_going: self.keep_going,
            offline: options.asked.offline,
            quiet: options.amount == Amount::Quiet,
        })
    }
}
