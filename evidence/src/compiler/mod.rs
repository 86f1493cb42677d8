//! What the compiler itself resolved: the second derivation, independent of our own names. The compiler runs a second time
//! on each unit of the workspace and prints its typed bodies and its items; what they name is kept in a compact form beside
//! cargo's artefacts. Nothing here knows the world of our names: bringing the two together is told in `build`.

mod calibrate;
mod call;
mod cargo_check;
mod interfaces;
mod invocation;
mod record;
mod session;
mod store;
mod text;
mod witness;
mod wrapper;

pub use calibrate::{CalibrationError, TrialError};
pub use call::{ErrorFormat, UnitCall};
pub use cargo_check::{BuildError, BuildRequest, Built, FeatureSet, Selection, Witnessed, compile};
pub use record::{CrateName, Definition, ImplBlock, Place, Record, Seen, SeenAs};
pub use session::{SESSION_VARIABLE, runs_for_verify};
pub use store::{Mode, RecordFile, Stored, Unit};
pub use text::ReadError;
pub use witness::WitnessError;
pub use wrapper::{WrapperError, wrap};
