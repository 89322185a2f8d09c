//! The words of questions and answers, from the files in `data/`.

use crate::Lang;
use mulaqat::lookup;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What a phrase of a question says: the table of the file that it stands in, and the key there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    pub table: &'static str,
    pub key: &'static str,
}

/// The phrases of one language.
#[derive(Debug, Default)]
pub struct Lexicon {
    phrases: HashMap<String, Vec<Tag>>,
    /// Words of the longest phrase.
    longest: usize,
}

type Tables = BTreeMap<String, BTreeMap<String, Vec<String>>>;

impl Lexicon {
    /// Reads a file of phrases; the message names what is wrong with it.
    fn read(text: &str) -> Result<Lexicon, String> {
        let tables: Tables = toml::from_str(text).map_err(|e| e.to_string())?;
        let mut lexicon = Lexicon::default();
        for (table, keys) in tables {
            let table: &'static str = table.leak();
            for (key, phrases) in keys {
                let key: &'static str = key.leak();
                for phrase in phrases {
                    let words: Vec<String> = lookup::words(&phrase).collect();
                    lexicon.longest = lexicon.longest.max(words.len());
                    let tags = lexicon.phrases.entry(words.join(" ")).or_default();
                    if !tags.contains(&Tag { table, key }) {
                        tags.push(Tag { table, key });
                    }
                }
            }
        }
        Ok(lexicon)
    }

    /// The longest phrase at `words[at]` that stands in one of the tables: how many words it has, and the keys there.
    pub fn at(&self, words: &[String], at: usize, table: &str) -> Option<(usize, Vec<&'static str>)> {
        (1..=self.longest.min(words.len().saturating_sub(at))).rev().find_map(|n| {
            let tags = self.phrases.get(&words[at..at + n].join(" "))?;
            let keys: Vec<&'static str> = tags.iter().filter(|t| t.table == table).map(|t| t.key).collect();
            (!keys.is_empty()).then_some((n, keys))
        })
    }

    /// The word stands in the table by itself.
    pub fn has(&self, word: &str, table: &str) -> bool {
        self.phrases.get(word).is_some_and(|tags| tags.iter().any(|t| t.table == table))
    }

    /// The keys of a table.
    #[cfg(test)]
    fn keys(&self, table: &str) -> Vec<&'static str> {
        self.phrases.values().flatten().filter(|t| t.table == table).map(|t| t.key).collect()
    }

    /// Some phrase of the table is in the words; its keys.
    pub fn any(&self, words: &[String], table: &str) -> Vec<&'static str> {
        (0..words.len()).filter_map(|n| self.at(words, n, table)).flat_map(|found| found.1).collect()
    }
}

/// The words of answers in one language.
#[derive(Debug, Deserialize)]
pub struct Messages {
    pub field: BTreeMap<String, String>,
    pub status: BTreeMap<String, String>,
    pub date: BTreeMap<String, String>,
    pub medium: BTreeMap<String, String>,
    pub ask: BTreeMap<String, String>,
    pub event: BTreeMap<String, Happening>,
    pub post: BTreeMap<String, String>,
    pub told: BTreeMap<String, BTreeMap<String, String>>,
    pub context: BTreeMap<String, String>,
    #[serde(flatten)]
    pub text: BTreeMap<String, String>,
    #[serde(skip)]
    pub months: Vec<String>,
}

/// How a sort of happening is told.
#[derive(Debug, Deserialize)]
pub struct Happening {
    /// The sentence of one that took place.
    pub done: String,
    /// What it is called.
    pub name: String,
    /// Grammatical gender of the name: `f` or `m`.
    pub gender: String,
}

/// What questions tell apart within a PLOVER type.
#[derive(Debug, Deserialize)]
pub struct Sense {
    #[serde(rename = "type")]
    pub kind: String,
    /// Frames of the pack whose words tell it.
    pub frames: Vec<String>,
    /// Where no report tells it, there is no answer: nothing else of the type comes near.
    #[serde(default)]
    pub only: bool,
}

/// All files, read once.
#[derive(Debug)]
pub struct Words {
    pub senses: BTreeMap<String, Sense>,
    pub hi: Lexicon,
    pub en: Lexicon,
    messages: [Messages; 2],
}

impl Words {
    fn read() -> Result<Words, String> {
        let lexicon = |name: &str, text: &str| Lexicon::read(text).map_err(|e| format!("data/{name}: {e}"));
        let mut messages: BTreeMap<String, Messages> =
            toml::from_str(include_str!("../data/messages.toml")).map_err(|e| format!("data/messages.toml: {e}"))?;
        let mut of = |lang: Lang| {
            let code = lang.code();
            let mut m = messages.remove(code).ok_or(format!("data/messages.toml: no [{code}]"))?;
            let named = |names: Vec<String>| names.into_iter().find(|n| n.is_ascii() == (lang == Lang::En)).unwrap_or_default();
            m.months = lookup::months().into_iter().map(named).map(|n| capital(&n)).collect();
            Ok::<_, String>(m)
        };
        let messages = [of(Lang::Hi)?, of(Lang::En)?];
        Ok(Words {
            senses: toml::from_str(include_str!("../data/senses.toml")).map_err(|e| format!("data/senses.toml: {e}"))?,
            hi: lexicon("hi.toml", include_str!("../data/hi.toml"))?,
            en: lexicon("en.toml", include_str!("../data/en.toml"))?,
            messages,
        })
    }

    /// The words; fails only when a file built into the program is not well-formed.
    pub fn get() -> Result<&'static Words, String> {
        static WORDS: LazyLock<Result<Words, String>> = LazyLock::new(Words::read);
        WORDS.as_ref().map_err(Clone::clone)
    }

    pub fn messages(&self, lang: Lang) -> &Messages {
        &self.messages[usize::from(lang == Lang::En)]
    }

    /// The senses of the file that a frame tells.
    pub fn told_apart(&self, frame: &str) -> Vec<String> {
        self.senses.iter().filter(|s| s.1.frames.iter().any(|f| f == frame)).map(|s| s.0.clone()).collect()
    }

    /// The senses that a frame tells: those of the file, or its own.
    pub fn senses_of(&self, frame: &str) -> Vec<String> {
        let found = self.told_apart(frame);
        if found.is_empty() { vec![frame.into()] } else { found }
    }

    /// What the ledger calls a sort of happening of the files of words, and its senses.
    pub fn kind_of(&self, key: &str) -> (Vec<String>, Vec<String>) {
        match key {
            "talk" => (vec!["meeting".into(), "phone".into()], vec![]),
            "meeting" | "phone" | "visit" => (vec![key.into()], vec![]),
            _ => match self.senses.get(key) {
                Some(s) => (vec![s.kind.clone()], vec![key.into()]),
                None => (vec![key.into()], vec![]),
            },
        }
    }
}

impl Messages {
    pub fn get(&self, key: &str) -> &str {
        self.text.get(key).map_or("", String::as_str)
    }
}

/// With its first letter large, where the script has large letters.
pub fn capital(s: &str) -> String {
    let mut chars = s.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// A text with its gaps filled: `{name}` by the value of that name. Spaces that an empty value leaves are closed.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        out.push_str(values.iter().find(|v| v.0 == name).map_or("", |v| v.1));
        rest = after;
    }
    out.push_str(rest);
    let joined = out.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.replace(" :", ":").replace(" ;", ";").replace(" ,", ",").replace(" .", ".").replace(" \u{964}", "\u{964}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_well_formed() {
        let words = Words::get().unwrap();
        for lang in [Lang::Hi, Lang::En] {
            let m = words.messages(lang);
            assert_eq!(m.months.len(), 12);
            assert!(m.months.iter().all(|n| !n.is_empty()), "{:?}", m.months);
        }
        // what one language can say, the other can
        let (hi, en) = (words.messages(Lang::Hi), words.messages(Lang::En));
        let keys = |m: &BTreeMap<String, String>| m.keys().cloned().collect::<Vec<_>>();
        for (a, b) in [(&hi.text, &en.text), (&hi.status, &en.status), (&hi.ask, &en.ask), (&hi.date, &en.date), (&hi.context, &en.context)]
        {
            assert_eq!(keys(a), keys(b));
        }
        assert_eq!(hi.event.keys().collect::<Vec<_>>(), en.event.keys().collect::<Vec<_>>());
    }

    #[test]
    fn senses_are_those_of_the_pack() {
        let words = Words::get().unwrap();
        let frames = mulaqat::Engine::new().unwrap().frames();
        for (name, sense) in &words.senses {
            for f in &sense.frames {
                assert!(frames.iter().any(|t| t.frame == *f && mulaqat::check::term(t.kind) == sense.kind), "{name}: {f}");
            }
        }
        // what a word of a question tells is a class of the ledger or a sense
        for lexicon in [&words.hi, &words.en] {
            for key in lexicon.keys("kind") {
                assert!(["talk", "meeting", "phone", "visit"].contains(&key) || words.senses.contains_key(key), "{key}");
            }
        }
    }

    #[test]
    fn gaps_are_filled_and_closed() {
        assert_eq!(fill("{a} met {where} {when}.", &[("a", "A and B"), ("when", "on 5 May")]), "A and B met on 5 May.");
        assert_eq!(fill("{a", &[]), "a");
        assert_eq!(fill("", &[]), "");
    }

    #[test]
    fn the_longest_phrase_holds() {
        let hi = &Words::get().unwrap().hi;
        let words: Vec<String> = lookup::words("मोदी पुतिन से कितनी बार मिले").collect();
        assert_eq!(hi.at(&words, 3, "ask"), Some((2, vec!["often"])));
        assert_eq!(hi.at(&words, 0, "ask"), None);
    }
}
