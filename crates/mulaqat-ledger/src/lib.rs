//! One SQLite file that knows every engagement, who claims what about it, and how the claims changed.
//!
//! Records of articles go in ([`Ledger::add`]); engagements come out ([`Ledger::list`], [`Ledger::engagement`]): claims of many reports
//! joined into one happening, with its status history and its conflicts. Everything but the documents and a curator's decisions is
//! made from them and can be made again ([`Ledger::rebuild`]), the same whatever the order in which documents came.

mod browse;
mod claim;
mod curate;
pub mod day;
mod error;
mod family;
mod hash;
mod identity;
mod judge;
mod ledger;
mod link;
mod query;
mod said;
mod search;
pub mod sound;
mod summary;
mod who;

pub use browse::{Article, Copy, News, Profile};
pub use curate::{Decision, Identity, Portrait, Tenure};
pub use error::{Error, Problem, Result};
pub use ledger::{Added, Input, Ledger, document_id};
pub use query::{Change, Evidence, Filter, Need, Office, Told};
pub use said::{Said, Speech};
pub use search::Hit;
pub use summary::{Conflict, Engagement, MemberId, Named, Step, Value};
