//! Hashes that are the same in every run, on every machine: ids come from content, not from the order of arrival.

use sha2::{Digest, Sha256};

/// SHA-256 of parts, kept apart from each other.
pub fn content(parts: &[&str]) -> [u8; 32] {
    let mut h = Sha256::new();
    for p in parts {
        h.update((p.len() as u64).to_le_bytes());
        h.update(p.as_bytes());
    }
    h.finalize().into()
}

/// A positive number made of parts, for keys of SQLite.
pub fn id(parts: &[&str]) -> i64 {
    let h = content(parts);
    let mut first = [0; 8];
    first.copy_from_slice(&h[..8]);
    (u64::from_le_bytes(first) >> 1) as i64
}

/// A fast hash of short strings (FNV-1a with a final mix), where a collision costs time and nothing else.
pub fn quick(s: &str) -> u64 {
    mix(s.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3)))
}

/// The finaliser of SplitMix64.
pub fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// How an engagement's key is written.
pub fn show(key: i64) -> String {
    format!("{key:016x}")
}

/// The key that was written so.
pub fn read(s: &str) -> Option<i64> {
    (s.len() == 16).then(|| i64::from_str_radix(s, 16).ok()).flatten()
}
