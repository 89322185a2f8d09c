//! The words of the interface: one table, `data/words.tsv`, Hindi and English.

use crate::text::visible;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    Hi,
    En,
}

impl Lang {
    /// BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Hi => "hi",
            Lang::En => "en",
        }
    }

    pub fn parse(s: &str) -> Option<Lang> {
        [Lang::Hi, Lang::En].into_iter().find(|l| l.code() == s)
    }

    pub fn other(self) -> Lang {
        match self {
            Lang::Hi => Lang::En,
            Lang::En => Lang::Hi,
        }
    }

    /// The one that a browser's `Accept-Language` likes best; Hindi, the language of the articles, when it likes neither.
    pub fn accepted(header: &str) -> Lang {
        let ranges = header.split(',').filter_map(|r| {
            let mut parts = r.trim().split(';');
            let lang = Lang::parse(&parts.next()?.trim().split('-').next()?.to_ascii_lowercase())?;
            let q = parts.find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            Some((lang, q))
        });
        // the first of those liked equally
        ranges.filter(|r| r.1 > 0.0).reduce(|a, b| if b.1 > a.1 { b } else { a }).map_or(Lang::Hi, |r| r.0)
    }
}

const TABLE: &str = include_str!("../data/words.tsv");

fn rows() -> impl Iterator<Item = (&'static str, [&'static str; 2])> {
    TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).filter_map(|l| {
        let mut cells = l.split('\t');
        Some((cells.next()?, [cells.next()?, cells.next()?]))
    })
}

static WORDS: LazyLock<HashMap<&'static str, [&'static str; 2]>> = LazyLock::new(|| rows().collect());

/// The words of a key, if the table has it.
pub fn find(lang: Lang, key: &str) -> Option<&'static str> {
    WORDS.get(key).map(|w| w[lang as usize])
}

/// The words of a key; the key itself where the table lacks it, which a test rules out for all keys in code.
pub fn say(lang: Lang, key: &'static str) -> &'static str {
    find(lang, key).unwrap_or(key)
}

/// The words of a term of the field, such as `status` `occurred`; the term itself where the table has none.
pub fn term(lang: Lang, kind: &str, term: &str) -> String {
    // an unknown one may be anything that a ready-made record holds
    find(lang, &format!("{kind}.{term}")).map_or_else(|| visible(term).replace('_', " "), String::from)
}

/// Words with `{0}`, `{1}` … filled in.
pub fn fill(words: &str, with: &[&str]) -> String {
    let mut out = String::with_capacity(words.len() + 32);
    let mut rest = words;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let Some((n, after)) = rest[at + 1..].split_once('}') else { break };
        out.push_str(n.parse::<usize>().ok().and_then(|n| with.get(n)).copied().unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A number with its groups: lakhs and crores in Hindi.
pub fn number(lang: Lang, n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, d) in digits.chars().enumerate() {
        let left = digits.len() - i;
        let group = match lang {
            Lang::Hi => left == 3 || (left > 3 && left % 2 == 1),
            Lang::En => left.is_multiple_of(3),
        };
        if i > 0 && group {
            out.push(',');
        }
        out.push(d);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn languages() {
        assert_eq!(Lang::accepted("en-IN,hi;q=0.9"), Lang::En);
        assert_eq!(Lang::accepted("hi-IN,en;q=0.9"), Lang::Hi);
        assert_eq!(Lang::accepted("fr, en;q=0.5, hi;q=0.7"), Lang::Hi);
        assert_eq!(Lang::accepted("fr"), Lang::Hi);
        assert_eq!(Lang::accepted("en;q=0, hi;q=0.1"), Lang::Hi);
    }

    #[test]
    fn numbers_and_blanks() {
        assert_eq!((number(Lang::Hi, 1_000_192), number(Lang::En, 1_000_192)), ("10,00,192".into(), "1,000,192".into()));
        assert_eq!((number(Lang::Hi, 999), number(Lang::En, 1000)), ("999".into(), "1,000".into()));
        assert_eq!(fill("{1} से {0} तक {7}", &["b", "a"]), "a से b तक ");
        assert_eq!(fill("{x", &[]), "{x");
    }

    fn sources(folder: &Path, out: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                sources(&entry, out);
            } else {
                out.push_str(&std::fs::read_to_string(entry).unwrap());
            }
        }
    }

    /// Every key in code is in the table, every row of the table is used, and both languages have the same blanks.
    #[test]
    fn the_table_is_whole() {
        let keys: BTreeSet<&str> = rows().map(|r| r.0).collect();
        assert_eq!(keys.len(), TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count(), "a key twice, or a short row");
        let mut code = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
        let mut used = BTreeSet::new();
        for call in ["t(\"", "say(lang, \"", "f(\"", "count(\"", "title(\""] {
            used.extend(code.split(call).skip(1).filter_map(|c| c.split('"').next()).filter(|k| k.contains('.')));
        }
        let one = |k: &str| keys.contains(format!("{k}.one").as_str());
        let missing: Vec<_> = used.iter().filter(|k| !keys.contains(*k)).collect();
        assert!(missing.is_empty(), "not in the table: {missing:?}");
        // terms of the field, months and the like are asked for by kinds
        let kinds = [
            "status",
            "class",
            "field",
            "context",
            "kind",
            "source",
            "medium",
            "month",
            "weekday",
            "theme",
            "level",
            "explain",
            "certainty",
        ];
        let unused: Vec<_> = keys
            .iter()
            .filter(|k| !used.contains(*k) && !code.contains(&format!("\"{k}\"")))
            .filter(|k| !kinds.iter().any(|p| k.starts_with(&format!("{p}."))))
            .filter(|k| !k.strip_suffix(".one").is_some_and(|k| used.contains(k) && one(k)))
            .collect();
        assert!(unused.is_empty(), "in the table for nobody: {unused:?}");
        for (key, [hi, en]) in rows() {
            let blanks = |s: &str| s.split('{').skip(1).filter_map(|p| p.split('}').next()).map(String::from).collect::<BTreeSet<_>>();
            assert_eq!(blanks(hi), blanks(en), "{key}");
            assert!(hi.trim() == hi && en.trim() == en && !hi.is_empty() && !en.is_empty(), "{key}");
        }
    }
}
