//! The Hindi pack, as `build/` compiled it from the files of `lang/hi/`.

use crate::lang::{Error, Pack};
use crate::tagger::Tagger;
use std::borrow::Cow;

const TABLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/hi.pack"));
const WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/hi.words"));

impl Pack {
    /// The Hindi pack built into the program.
    pub fn hindi() -> Result<Pack, Error> {
        let mut pack: Pack = postcard::from_bytes(TABLES).map_err(|e| Error { file: "hi.pack", line: 0, what: e.to_string() })?;
        let tagger = include_bytes!("../lang/hi/tagger.bin");
        pack.tagger = Tagger::from_bytes(tagger).map_err(|e| Error { file: "tagger.bin", line: 0, what: e.to_string() })?;
        pack.vocab.letters = Cow::Borrowed(WORDS);
        Ok(pack)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Phrases;
    use crate::text::Vocab;
    use std::collections::BTreeMap;

    #[test]
    fn every_word_has_its_number() {
        let pack = Pack::hindi().unwrap();
        assert!(pack.vocab.len() > 10_000);
        for s in 0..pack.vocab.len() as u32 {
            assert_eq!(pack.vocab.get(pack.vocab.word(s).unwrap()), Some(s));
        }
        assert_eq!(pack.vocab.get("no such word, since it has spaces"), None);
    }

    #[test]
    fn a_vocabulary_grows_and_keeps_its_numbers() {
        let mut vocab = Vocab::default();
        assert_eq!((vocab.get("word"), vocab.word(0)), (None, None));
        let words: Vec<String> = (0..5000).map(|n| format!("word{n}")).chain([String::new()]).collect();
        for _ in 0..2 {
            let numbers: Vec<u32> = words.iter().map(|w| vocab.add(w)).collect();
            assert_eq!(numbers, (0..words.len() as u32).collect::<Vec<_>>());
        }
        assert_eq!(vocab.word(4999), Some("word4999"));
    }

    #[test]
    fn the_longest_phrase_is_found() {
        let list: [(&[u32], &str); 7] =
            [(&[5], "e"), (&[5, 1, 2], "eab"), (&[5, 1, 9, 9], "eaii"), (&[2, 2], "bb"), (&[5, 7], "eg"), (&[], ""), (&[5], "E")];
        let mut map: BTreeMap<Vec<u32>, Vec<&str>> = BTreeMap::new();
        for (phrase, meaning) in list {
            map.entry(phrase.to_vec()).or_default().push(meaning);
        }
        let phrases = Phrases::new(&map);
        let longest = |words: &[u32]| phrases.longest(words.iter().copied()).map(|(n, m)| (n, m.to_vec()));
        assert_eq!(longest(&[5, 1, 2, 3]), Some((3, vec!["eab"])));
        assert_eq!(longest(&[5, 1, 9]), Some((1, vec!["e", "E"])));
        assert_eq!(longest(&[5, 1, 9, 9]), Some((4, vec!["eaii"])));
        assert_eq!(longest(&[5, 7, 7]), Some((2, vec!["eg"])));
        assert_eq!(longest(&[2, 2]), Some((2, vec!["bb"])));
        for none in [&[][..], &[0], &[2], &[2, 5], &[9, 9], &[1000], &[u32::MAX]] {
            assert_eq!(longest(none), None, "{none:?}");
        }
        assert_eq!(Phrases::<u8>::default().longest([5].into_iter()), None);
    }
}
