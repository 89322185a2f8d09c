//! robots.txt (RFC 9309): may this address be fetched?

use std::time::Duration;

/// What is read of a file; the RFC asks for at least 500 KiB.
pub const LIMIT: u64 = 512 << 10;

/// The name by which site owners can address this program.
pub const TOKEN: &str = "mulaqat";

/// The rules of one site for us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Robots {
    /// Pattern, and whether it allows.
    rules: Vec<(String, bool)>,
    /// How long the site wants requests to be apart.
    pub delay: Option<Duration>,
}

impl Robots {
    /// The rules for us: those of all groups that name us, else those for everybody.
    pub fn parse(text: &str) -> Robots {
        let (mut ours, mut all) = (None::<Robots>, Robots::default());
        // the user agents of the group, and whether its rules have begun
        let (mut for_us, mut for_all, mut in_rules) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if in_rules {
                    (for_us, for_all, in_rules) = (false, false, false);
                }
                let name: String = value.chars().take_while(|c| c.is_ascii_alphabetic() || "-_".contains(*c)).collect();
                for_us |= name.eq_ignore_ascii_case(TOKEN);
                for_all |= value.starts_with('*');
                if for_us {
                    ours.get_or_insert_default();
                }
                continue;
            }
            let rule = match key.as_str() {
                "allow" | "disallow" => (!value.is_empty()).then(|| (decoded(value), key == "allow")),
                "crawl-delay" => None,
                _ => continue,
            };
            in_rules = true;
            let delay =
                value.parse::<f64>().ok().filter(|d| (0.0..=86_400.0).contains(d) && key == "crawl-delay").map(Duration::from_secs_f64);
            let groups = [ours.as_mut().filter(|_| for_us), Some(&mut all).filter(|_| for_all)];
            for group in groups.into_iter().flatten() {
                group.rules.extend(rule.clone());
                group.delay = group.delay.max(delay);
            }
        }
        ours.unwrap_or(all)
    }

    /// May this path, with its query, be fetched? The longest matching rule decides; of two alike, the one that allows.
    pub fn allows(&self, path: &str) -> bool {
        let path = decoded(path);
        let matching = self.rules.iter().filter(|(pattern, _)| matches(pattern.as_bytes(), path.as_bytes()));
        path == "/robots.txt" || matching.max_by_key(|(pattern, allow)| (pattern.len(), *allow)).is_none_or(|(_, allow)| *allow)
    }
}

/// A pattern with `*` for anything and `$` for the end.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = pattern.strip_suffix(b"$").map_or((pattern, false), |p| (p, true));
    let mut parts = pattern.split(|b| *b == b'*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() && to_end {
            return rest.ends_with(part);
        }
        match memchr::memmem::find(rest, part) {
            Some(i) => rest = &rest[i + part.len()..],
            None => return false,
        }
    }
    true
}

/// Percent-encoding undone where it says the same, so that /a%7Eb and /a~b are one path.
fn decoded(s: &str) -> String {
    let bytes = s.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |i: usize| bytes.get(i).and_then(|b| (*b as char).to_digit(16));
        match (bytes[i], hex(i + 1), hex(i + 2)) {
            (b'%', Some(a), Some(b)) => {
                let byte = (a * 16 + b) as u8;
                // what would mean something else stays encoded
                if matches!(byte, b'/' | b'?' | b'#' | b'%' | b'*' | b'$') {
                    out.extend(bytes[i..i + 3].to_ascii_uppercase());
                } else {
                    out.push(byte);
                }
                i += 3;
            }
            (byte, ..) => {
                out.push(byte);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups() {
        let robots = Robots::parse(
            "User-agent: *\nDisallow: /all\n\nUser-agent: other\nUser-agent: Mulaqat/1.0 # us\nDisallow: /ours\nCrawl-delay: 2.5\n\nUser-agent: mulaqat\nDisallow: /too",
        );
        assert!(robots.allows("/all") && !robots.allows("/ours") && !robots.allows("/too/x"));
        assert_eq!(robots.delay, Some(Duration::from_millis(2500)));
        let everybody = Robots::parse("\u{feff}disallow: /orphan\nUSER-AGENT: *\nSitemap: http://x/\nUser-agent: a\nDISALLOW: /x");
        assert!(everybody.allows("/orphan") && !everybody.allows("/x"));
        assert!(Robots::parse("User-agent: mulaqat\nDisallow:\nUser-agent: *\nDisallow: /").allows("/a"), "an empty rule closes nothing");
        assert!(Robots::parse("User-agent: mulaqatbot\nDisallow: /").allows("/a"), "another name");
    }

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::parse(
            "User-agent: *\nDisallow: /news\nAllow: /news/hindi\nDisallow: /*.pdf$\nDisallow: /a*b*c\nAllow: /same\nDisallow: /same\nDisallow: /%e0%a4%b0",
        );
        for (path, allowed) in [
            ("/news/x", false),
            ("/news/hindi/1", true),
            ("/doc.pdf", false),
            ("/doc.pdf?x", true),
            ("/a1b2c3", false),
            ("/acb", true),
            ("/same", true),
            ("/र", false),
            ("/%E0%A4%B0ूस", false),
            ("/", true),
            ("/robots.txt", true),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
        assert!(Robots::parse("<html>not found</html>").allows("/x"));
    }
}
