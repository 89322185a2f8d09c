//! Reads the files of a language pack into its tables.

use crate::lang::{Body, Case, Country, Error, Form, Name, Office, Pack, Person, Phrases, Place, Pronoun, class, sign, stem};
use crate::text::Sym;
use crate::times::TimePack;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Words {
    abbreviations: Vec<String>,
    and: Vec<String>,
    emphatic: Vec<String>,
    negation: Vec<String>,
    none: Vec<String>,
    both: BTreeMap<String, Vec<String>>,
    here: Vec<String>,
    there: Vec<String>,
    own: Vec<String>,
    counterpart: Vec<String>,
    that: Vec<String>,
    vala: Vec<String>,
    former: Vec<String>,
    this: Vec<String>,
    #[serde(rename = "if")]
    iff: Vec<String>,
    hue: Vec<String>,
    singular: Vec<String>,
    regnal: Vec<String>,
    sport: Vec<String>,
    pronouns: BTreeMap<Case, Vec<String>>,
    relatives: BTreeMap<Case, Vec<String>>,
    clause: ClauseWords,
    cases: BTreeMap<Case, Vec<String>>,
    copula: Copula,
    paradigm: Vec<Paradigm>,
    irregular: Vec<BTreeMap<String, toml::Value>>,
    not_verbs: Vec<String>,
    stems: BTreeMap<String, Vec<String>>,
    phrases: BTreeMap<String, Vec<String>>,
    home: String,
}

#[derive(Deserialize)]
struct ClauseWords {
    breaks: Vec<String>,
}

#[derive(Deserialize)]
struct Copula {
    stem: String,
    present: Vec<String>,
    past: Vec<String>,
}

#[derive(Deserialize)]
struct Paradigm {
    form: Form,
    consonant: Vec<String>,
    vowel: Vec<String>,
}

#[derive(Deserialize)]
struct Contexts {
    context: Vec<Context>,
}

#[derive(Deserialize)]
struct Context {
    name: String,
    words: Vec<String>,
}

/// A file of the pack.
pub struct File {
    pub name: &'static str,
    pub text: String,
}

impl File {
    pub fn wrong(&self, line: usize, what: impl Into<String>) -> Error {
        Error { file: self.name, line, what: what.into() }
    }

    /// The line where these words first stand: about where a mistake is that was found after parsing.
    pub fn line(&self, words: &str) -> usize {
        self.text.split_once(words).map_or(0, |(before, _)| before.matches('\n').count() + 1)
    }

    pub fn toml<T: serde::de::DeserializeOwned>(&self) -> Result<T, Error> {
        toml::from_str(&self.text).map_err(|e| {
            let line = e.span().map_or(0, |s| self.text[..s.start].matches('\n').count() + 1);
            self.wrong(line, e.message())
        })
    }

    /// Rows of a TSV file: line number and columns, `-` read as empty.
    pub fn rows(&self, columns: usize) -> impl Iterator<Item = Result<(usize, Vec<&str>), Error>> {
        let rows = self.text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
        rows.map(move |(n, l)| {
            let cols: Vec<&str> = l.split('\t').map(|c| if c == "-" { "" } else { c }).collect();
            if cols.len() < columns {
                return Err(self.wrong(n + 1, format!("{} columns, {columns} expected", cols.len())));
            }
            Ok((n + 1, cols))
        })
    }

    /// The kind that a row names.
    fn kind<T: serde::de::DeserializeOwned>(&self, line: usize, name: &str) -> Result<T, Error> {
        T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name)).map_err(|e| self.wrong(line, e.to_string()))
    }
}

fn alternatives(column: &str) -> impl Iterator<Item = &str> {
    column.split('|').map(str::trim).filter(|s| !s.is_empty())
}

fn some(s: &str) -> Option<String> {
    (!s.is_empty()).then(|| s.to_string())
}

/// Phrases as they come in, before they are laid out.
pub struct Draft<T>(BTreeMap<Vec<Sym>, Vec<T>>);

impl<T> Default for Draft<T> {
    fn default() -> Self {
        Draft(BTreeMap::new())
    }
}

impl<T: Clone + PartialEq> Draft<T> {
    pub fn add(&mut self, phrase: &[Sym], meaning: T) {
        let meanings = self.0.entry(phrase.to_vec()).or_default();
        if !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
    }

    fn done(&self) -> Phrases<T> {
        Phrases::new(&self.0)
    }
}

/// A pack in the making.
#[derive(Default)]
pub struct Loader {
    folder: PathBuf,
    pub pack: Pack,
    names: Draft<Name>,
    cases: Draft<Case>,
    bare_cases: Draft<Case>,
    verbs: Draft<(Sym, Form)>,
    phrases: Draft<u64>,
    contexts: Draft<u16>,
    pub frame_words: Draft<u16>,
}

/// The pack whose files are in the folder.
pub fn load(folder: &Path) -> Result<Pack, Error> {
    let mut p = Loader { folder: folder.to_path_buf(), ..Loader::default() };
    let file = p.file("words.toml")?;
    let words: Words = file.toml()?;
    p.load_words(&file, &words)?;
    p.pack.home.clone_from(&words.home);
    p.load_verbs(&words)?;
    p.load_names()?;
    let contexts: Contexts = p.file("contexts.toml")?.toml()?;
    for c in contexts.context {
        let n = p.pack.context_names.len() as u16;
        p.pack.context_names.push(c.name);
        for w in &c.words {
            let syms = p.pack.vocab.add_phrase(w);
            p.contexts.add(&syms, n);
        }
    }
    let (months, numbers, times) = (p.file("months.tsv")?, p.file("numbers.tsv")?, p.file("times.toml")?);
    p.pack.times = TimePack::load(&mut p.pack.vocab, &months, &numbers, &times)?;
    p.pack.frames = crate::frame_files::load(&mut p)?;
    Ok(Pack {
        names: p.names.done(),
        cases: p.cases.done(),
        bare_cases: p.bare_cases.done(),
        verbs: p.verbs.done(),
        phrases: p.phrases.done(),
        contexts: p.contexts.done(),
        frame_words: p.frame_words.done(),
        ..p.pack
    })
}

impl Loader {
    pub fn file(&self, name: &'static str) -> Result<File, Error> {
        let text = fs::read_to_string(self.folder.join(name)).map_err(|e| Error { file: name, line: 0, what: e.to_string() })?;
        Ok(File { name, text })
    }

    fn mark(&mut self, words: &[String], bit: u32) {
        for w in words {
            let s = self.pack.vocab.add(w);
            self.set_class(s, bit);
        }
    }

    pub fn set_class(&mut self, s: Sym, bit: u32) {
        if self.pack.class.len() <= s as usize {
            self.pack.class.resize(s as usize + 1, 0);
        }
        self.pack.class[s as usize] |= bit;
    }

    fn load_words(&mut self, file: &File, w: &Words) -> Result<(), Error> {
        use class::*;
        for (list, bit) in [
            (&w.and, AND | FUNCTION),
            (&w.emphatic, EMPHATIC | FUNCTION),
            (&w.negation, NEGATION | FUNCTION),
            (&w.none, NONE | FUNCTION),
            (&w.here, HERE | FUNCTION),
            (&w.there, THERE | FUNCTION),
            (&w.own, OWN | FUNCTION),
            (&w.counterpart, COUNTERPART | FUNCTION),
            (&w.that, THAT | FUNCTION),
            (&w.vala, VALA | FUNCTION),
            (&w.former, FORMER),
            (&w.this, THIS | FUNCTION),
            (&w.iff, IF | FUNCTION),
            (&w.hue, HUE | FUNCTION),
            (&w.singular, SINGULAR | FUNCTION),
            (&w.regnal, REGNAL),
            (&w.sport, SPORT),
            (&w.clause.breaks, BREAK | FUNCTION),
            (&w.abbreviations, INITIAL),
        ] {
            self.mark(list, bit);
        }
        for (count, list) in &w.both {
            let count = count.parse().map_err(|_| file.wrong(file.line("[both]"), format!("[both]: `{count}` is no number")))?;
            self.mark(list, BOTH | FUNCTION);
            for word in list {
                let s = self.pack.vocab.add(word);
                self.pack.counts.insert(s, count);
            }
        }
        for a in &w.abbreviations {
            let s = self.pack.vocab.add(a);
            self.pack.splitting.abbreviations.insert(s);
        }
        for (relative, table) in [(false, &w.pronouns), (true, &w.relatives)] {
            for (&case, list) in table {
                for word in list {
                    let s = self.pack.vocab.add(word);
                    self.set_class(s, FUNCTION);
                    self.pack.pronouns.insert(s, Pronoun { relative, case });
                }
            }
        }
        for (&case, list) in &w.cases {
            for phrase in list {
                let syms = self.pack.vocab.add_phrase(phrase);
                self.cases.add(&syms, case);
                if syms.len() == 1 {
                    self.set_class(syms[0], FUNCTION);
                } else {
                    for &s in &syms[1..] {
                        self.set_class(s, class::POST);
                    }
                }
                if syms.len() > 1 && case != Case::Gen {
                    self.bare_cases.add(&syms[1..], case);
                }
            }
        }
        let unknown = |table: &str, name: &str| {
            file.wrong(file.line(&format!("\n{name} = ")) + 1, format!("[{table}]: the grammar knows no list `{name}`"))
        };
        for (name, list) in &w.stems {
            let bit = stem::bit(name).ok_or_else(|| unknown("stems", name))?;
            for word in list {
                let s = self.pack.vocab.add(word) as usize;
                if self.pack.stems.len() <= s {
                    self.pack.stems.resize(s + 1, 0);
                }
                self.pack.stems[s] |= bit;
            }
        }
        for (name, list) in &w.phrases {
            let bit = sign::bit(name).ok_or_else(|| unknown("phrases", name))?;
            for phrase in list {
                let syms = self.pack.vocab.add_phrase(phrase);
                self.phrases.add(&syms, bit);
                for s in syms {
                    self.set_class(s, class::COMMON);
                }
            }
        }
        Ok(())
    }

    fn add_form(&mut self, word: &str, stem: Sym, form: Form) {
        let s = self.pack.vocab.add(word);
        self.set_class(s, class::VERB);
        self.verbs.add(&[s], (stem, form));
    }

    fn load_verbs(&mut self, w: &Words) -> Result<(), Error> {
        let virama_less = |stem: &str| stem.chars().last().is_some_and(|c| matches!(c, '\u{904}'..='\u{914}' | '\u{93e}'..='\u{94c}'));
        let ho = self.pack.vocab.add(&w.copula.stem);
        for f in &w.copula.present {
            self.add_form(f, ho, Form::Present);
        }
        for f in &w.copula.past {
            self.add_form(f, ho, Form::Past);
        }
        let mut done = Vec::new();
        for irr in &w.irregular {
            let Some(stem) = irr.get("stem").and_then(|v| v.as_str()) else { continue };
            let s = self.pack.vocab.add(stem);
            for p in &w.paradigm {
                let name = format!("{:?}", p.form).to_lowercase();
                if let Some(list) = irr.get(&name).and_then(|v| v.as_array()) {
                    for f in list.iter().filter_map(|v| v.as_str()) {
                        self.add_form(f, s, p.form);
                    }
                    done.push((stem.to_string(), p.form));
                }
            }
        }
        let file = self.file("verbs.tsv")?;
        for row in file.rows(3) {
            let (_, row) = row?;
            let stem = row[0];
            let s = self.pack.vocab.add(stem);
            self.add_form(stem, s, Form::Root);
            let vowel = virama_less(stem);
            for p in &w.paradigm {
                if done.iter().any(|(st, f)| st == stem && *f == p.form && matches!(f, Form::Perfective)) {
                    continue;
                }
                let irregular = p.form == Form::Perfective && !row[1].is_empty();
                if irregular {
                    // masculine singular in या gives the others
                    self.add_form(row[1], s, p.form);
                    if let Some(base) = row[1].strip_suffix("\u{92f}\u{93e}") {
                        for e in ["\u{90f}", "\u{908}", "\u{908}\u{902}"] {
                            self.add_form(&format!("{base}{e}"), s, p.form);
                        }
                    }
                    continue;
                }
                for e in if vowel { &p.vowel } else { &p.consonant } {
                    self.add_form(&format!("{stem}{e}"), s, p.form);
                }
            }
        }
        for word in &w.not_verbs {
            let s = self.pack.vocab.add(word);
            self.verbs.0.remove(&[s][..]);
            if let Some(c) = self.pack.class.get_mut(s as usize) {
                *c &= !class::VERB;
            }
        }
        Ok(())
    }

    fn load_names(&mut self) -> Result<(), Error> {
        let file = self.file("countries.tsv")?;
        for row in file.rows(4) {
            let (_, row) = row?;
            let n = self.pack.countries.len() as u16;
            let name = alternatives(row[1]).next().unwrap_or_default().to_string();
            self.pack.by_code.insert(row[0].to_string(), n);
            self.pack.countries.push(Country { code: row[0].to_string(), name, english: row.get(4).unwrap_or(&"").to_string() });
            for (col, what) in [(1, Name::Country(n)), (2, Name::Nationality(n)), (3, Name::Capital(n))] {
                self.add_names(row[col], what);
            }
        }
        let mut index: FxHashMap<(String, String), u32> = FxHashMap::default();
        let file = self.file("people.tsv")?;
        for row in file.rows(7) {
            let (_, row) = row?;
            let name = alternatives(row[0]).next().unwrap_or_default().to_string();
            let key = (name.clone(), row[2].to_string());
            let fresh = self.pack.people.len() as u32;
            let n = *index.entry(key).or_insert(fresh);
            if n == fresh {
                self.pack.people.push(Person { name, country: some(row[2]), offices: vec![] });
            }
            let office = {
                let kept = |n: usize| (!row[n].is_empty()).then(|| &*row[n].to_string().leak());
                Office { title: kept(3).unwrap_or_default(), of: kept(4), from: kept(5), to: kept(6) }
            };
            self.pack.people[n as usize].offices.push(office);
            self.add_names(row[0], Name::Person(n, false));
            self.add_names(row[1], Name::Person(n, true));
        }
        let file = self.file("bodies.tsv")?;
        for row in file.rows(3) {
            let (line, row) = row?;
            let n = self.pack.bodies.len() as u32;
            let name = alternatives(row[1]).next().unwrap_or_default().to_string();
            self.pack.bodies.push(Body { kind: file.kind(line, row[0])?, name, country: some(row[2]) });
            self.add_names(row[1], Name::Body(n));
        }
        let file = self.file("body_nouns.tsv")?;
        for row in file.rows(2) {
            let (line, row) = row?;
            self.add_names(row[1], Name::BodyNoun(file.kind(line, row[0])?));
        }
        let file = self.file("places.tsv")?;
        for row in file.rows(3) {
            let (line, row) = row?;
            let n = self.pack.places.len() as u32;
            let name = alternatives(row[0]).next().unwrap_or_default().to_string();
            self.pack.places.push(Place { name, country: some(row[1]), kind: file.kind(line, row[2])? });
            self.add_places(row[0], n);
        }
        let file = self.file("place_nouns.tsv")?;
        for row in file.rows(2) {
            let (line, row) = row?;
            self.add_names(row[0], Name::PlaceNoun(file.kind(line, row[1])?));
        }
        let file = self.file("titles.tsv")?;
        for row in file.rows(2) {
            let (line, row) = row?;
            self.add_names(row[1], Name::Title(file.kind(line, row[0])?));
        }
        for (name, bit) in [
            ("honorifics.tsv", class::HONORIFIC),
            ("given_names.tsv", class::GIVEN),
            ("surnames.tsv", class::SURNAME),
            ("common.tsv", class::COMMON),
        ] {
            for row in self.file(name)?.rows(1) {
                for s in self.pack.vocab.add_phrase(row?.1[0]) {
                    self.set_class(s, bit);
                }
            }
        }
        Ok(())
    }

    /// A city that is spelt like a verb's form or a function word (गया, हुए) is never told apart from it: it is left out.
    fn add_places(&mut self, column: &str, n: u32) {
        for a in alternatives(column) {
            let syms = self.pack.vocab.add_phrase(a);
            if !matches!(syms[..], [s] if self.pack.is(s, class::VERB | class::FUNCTION)) {
                self.names.add(&syms, Name::Place(n));
            }
        }
    }

    fn add_names(&mut self, column: &str, what: Name) {
        for a in alternatives(column) {
            let syms = self.pack.vocab.add_phrase(a);
            self.names.add(&syms, what);
        }
    }
}
