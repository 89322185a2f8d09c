//! Shows a ledger in the browser, and to programs.
//!
//! [`serve`] listens; [`Site::answer`] is the whole of it without a network: a request in, a response out, the same for the same ledger
//! and the same day. Pages are made on the server and work without scripts; `assets/script.js` only makes them quicker to use.

mod api;
mod assets;
mod atom;
mod chart;
mod dates;
mod error;
mod filter;
mod graph;
mod ics;
mod layout;
mod marks;
mod names;
mod openapi;
mod pages;
mod parts;
mod pool;
mod reply;
mod routes;
mod server;
mod text;
mod visit;
mod words;

pub use error::Error;
pub use server::{Options, Server, Site};
