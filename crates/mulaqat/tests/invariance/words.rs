//! Words of a text, and names in it replaced as a careful editor would: whole words, the longest name first.

use mulaqat::text::fold;
use std::collections::HashMap;
use std::ops::Range;

/// A word: its bytes in the text, and its spelling-insensitive form.
#[derive(Debug, Clone)]
pub struct Word {
    pub start: usize,
    pub end: usize,
    pub folded: String,
}

/// Letters, digits, and the signs that Devanagari writes on letters.
pub fn in_word(c: char) -> bool {
    let mark = matches!(c, '\u{900}'..='\u{97f}') && !matches!(c, '\u{964}' | '\u{965}' | '\u{970}');
    mark || c.is_alphanumeric() || matches!(c, '\u{200c}' | '\u{200d}')
}

pub fn words(text: &str) -> Vec<Word> {
    let mut out = vec![];
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, in_word(c)) {
            (None, true) => start = Some(i),
            (Some(from), false) => {
                out.push(Word { start: from, end: i, folded: fold(&text[from..i]) });
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The folded words of a phrase.
pub fn folded(phrase: &str) -> Vec<String> {
    words(phrase).into_iter().map(|w| w.folded).collect()
}

/// True when a folded word is one of a list, given as words with spaces between in any spelling.
pub fn one_of(word: &str, list: &str) -> bool {
    list.split(' ').any(|w| fold(w) == word)
}

/// True when the words at `at` and `at + 1` may be one name: a space, a hyphen or the stop of an initial between them.
fn joined(text: &str, words: &[Word], at: usize) -> bool {
    let gap = &text[words[at].end..words[at + 1].start];
    gap.len() <= 2 && gap.chars().all(|c| matches!(c, ' ' | '.' | '-'))
}

/// True when `phrase` stands at word `at` of `text`.
pub fn stands_at(text: &str, words: &[Word], at: usize, phrase: &[String]) -> bool {
    let end = at + phrase.len();
    !phrase.is_empty()
        && end <= words.len()
        && words[at..end].iter().zip(phrase).all(|(w, p)| w.folded == *p)
        && (at + 1..end).all(|i| joined(text, words, i - 1))
}

/// Byte ranges between quotation marks. A straight mark closes in its own line.
pub fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (i, c) in text.char_indices() {
        match open {
            Some((from, close)) if c == close && (c != '\'' || before != ' ') => {
                out.push(from..i);
                open = None;
            }
            Some((_, '"' | '\'')) if c == '\n' => open = None,
            Some(_) => {}
            None => {
                let close = match c {
                    '“' => Some('”'),
                    '‘' => Some('’'),
                    '"' => Some('"'),
                    '\'' if !in_word(before) => Some('\''),
                    _ => None,
                };
                open = close.map(|close| (i, close));
            }
        }
        before = c;
    }
    out
}

/// A place where a phrase of a list stands: first word, word after the last, and which phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub from: usize,
    pub to: usize,
    pub phrase: usize,
}

/// Phrases to look for in texts.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    lists: Vec<Vec<String>>,
    by_first: HashMap<String, Vec<usize>>,
}

impl<'a> FromIterator<&'a str> for Phrases {
    fn from_iter<T: IntoIterator<Item = &'a str>>(phrases: T) -> Phrases {
        let mut out = Phrases::default();
        for phrase in phrases {
            out.add(phrase);
        }
        out
    }
}

impl Phrases {
    /// The number of the phrase; that of an earlier one with the same words, if any.
    pub fn add(&mut self, phrase: &str) -> Option<usize> {
        let words = folded(phrase);
        let same_start = self.by_first.entry(words.first()?.clone()).or_default();
        if let Some(&n) = same_start.iter().find(|&&n| self.lists[n] == words) {
            return Some(n);
        }
        let n = self.lists.len();
        same_start.push(n);
        self.lists.push(words);
        let lists = &self.lists;
        same_start.sort_by_key(|&n| std::cmp::Reverse(lists[n].len()));
        Some(n)
    }

    pub fn at(&self, text: &str, words: &[Word], at: usize) -> Option<Found> {
        let candidates = self.by_first.get(&words.get(at)?.folded)?;
        let phrase = *candidates.iter().find(|&&n| stands_at(text, words, at, &self.lists[n]))?;
        Some(Found { from: at, to: at + self.lists[phrase].len(), phrase })
    }

    /// All places, from left to right, the longest phrase at each, none overlapping.
    pub fn find(&self, text: &str, words: &[Word]) -> Vec<Found> {
        let mut out = vec![];
        let mut at = 0;
        while at < words.len() {
            match self.at(text, words, at) {
                Some(found) => {
                    out.push(found);
                    at = found.to;
                }
                None => at += 1,
            }
        }
        out
    }
}

/// Names and what they are called after a change.
#[derive(Debug, Clone, Default)]
pub struct Renaming {
    phrases: Phrases,
    to: Vec<Option<String>>,
}

impl Renaming {
    /// A name that is replaced. What was added first stands.
    pub fn add(&mut self, from: &str, to: &str) {
        self.insert(from, Some(to.to_string()));
    }

    /// A longer name that stays as it is, though it holds one that is replaced: the South China Sea.
    pub fn keep(&mut self, name: &str) {
        self.insert(name, None);
    }

    fn insert(&mut self, from: &str, to: Option<String>) {
        if self.phrases.add(from) == Some(self.to.len()) {
            self.to.push(to);
        }
    }

    pub fn apply(&self, text: &str) -> String {
        let words = words(text);
        let found = self.phrases.find(text, &words);
        let new = found.iter().filter_map(|f| Some((words[f.from].start..words[f.to - 1].end, self.to[f.phrase].clone()?)));
        edited(text, new.collect())
    }
}

/// The text with pieces of it, given as bytes, replaced.
pub fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(bytes, _)| bytes.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (bytes, new) in edits {
        out.push_str(&text[at..bytes.start]);
        out.push_str(&new);
        at = bytes.end;
    }
    out + &text[at..]
}

#[test]
fn names_are_replaced_as_whole_words_the_longest_first() {
    let mut r = Renaming::default();
    r.add("एस. जयशंकर", "पी. सी. कुंजुमोन");
    r.add("जयशंकर", "कुंजुमोन");
    r.add("चीन", "पेरू");
    r.keep("दक्षिण चीन सागर");
    let text = "एस जयशंकर, जयशंकर-वांग, जयशंकरन; चीन ने दक्षिण चीन सागर में";
    assert_eq!(r.apply(text), "पी. सी. कुंजुमोन, कुंजुमोन-वांग, जयशंकरन; पेरू ने दक्षिण चीन सागर में");
}
