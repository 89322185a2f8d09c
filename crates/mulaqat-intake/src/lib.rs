//! Bytes to documents: plain texts, news pages, feeds, JSON Lines and web archives, from files, folders, standard input
//! and the web.
//!
//! ```no_run
//! use mulaqat_intake::{Intake, Item, Options};
//!
//! for item in Intake::new(["saved-pages", "crawl.warc.gz"], Options::default()) {
//!     match item {
//!         Ok(Item::Document(document)) => println!("{}: {} bytes", document.id, document.text.len()),
//!         Ok(Item::Record(_) | Item::NotHindi { .. }) => {}
//!         Err(e) => eprintln!("{e}"), // concerns one file or record; the loop goes on
//!     }
//! }
//! ```

mod charset;
mod dates;
mod error;
mod feed;
mod fetch;
mod hindi;
mod html;
mod intake;
mod json;
mod kind;
mod limit;
mod lines;
mod message;
mod meta;
mod prose;
mod replay;
mod robots;
mod summary;
mod tree;
mod walk;
mod warc;
pub mod watch;

// what the command needs for records and arguments, so that a place is told alike everywhere
pub use error::{At, Error, ErrorKind, Place};
pub use intake::{Intake, Item, Options};
pub use json::date;
pub use limit::Count;
pub use lines::{Lines, display, json_error, open, utf8};
pub use summary::Summary;
