//! Files that pages use, embedded in the program.

use crate::reply::Reply;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

pub const STYLE: &str = include_str!("../assets/style.css");
pub const SCRIPT: &str = include_str!("../assets/script.js");
pub const ICON: &str = include_str!("../assets/icon.svg");

/// The mark of a content: what an `ETag` says.
pub fn mark(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(10).map(|b| format!("{b:02x}")).collect()
}

/// What stands behind `?v=` in the addresses of the files, so that they may be kept for good.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| mark([STYLE, SCRIPT, ICON].concat().as_bytes()));
    &VERSION
}

pub fn get(name: &str) -> Option<Reply> {
    let (kind, body) = match name {
        "style.css" => ("text/css; charset=utf-8", STYLE),
        "script.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "icon.svg" => ("image/svg+xml", ICON),
        _ => return None,
    };
    Some(Reply { lasting: true, ..Reply::new(kind, body) })
}
