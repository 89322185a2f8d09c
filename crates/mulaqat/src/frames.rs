//! Frames: which words make which PLOVER event, and which case fills which slot. The data stand in `lang/hi/frames/`.

use crate::lang::{Case, Error, Pack, class};
use crate::record::EventType;
use crate::text::Sym;
use serde::Deserialize;

/// How the phrases around the trigger become participants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// All take part alike: a meeting.
    Mutual,
    /// Someone travels to a place.
    Visit,
    /// Someone comes home from a visit: ends one that is told elsewhere.
    Return,
    /// One acts, another receives.
    Directed,
    /// Several act together: an agreement.
    Joint,
}

/// What must be found for the frame to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Needs {
    #[default]
    None,
    /// A further participant.
    With,
    /// A further participant who is a person or body (मिलना is also to receive a thing).
    WithPerson,
    To,
    Place,
    /// A directed happening told before, which it turns on.
    Back,
}

/// A case as the frame files name it: that of the phrase itself, or of the noun that its genitive belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Of(Case),
    GenHead,
    /// A country or place without a postposition, right before the verb: भूटान भेजा.
    Goal,
}

#[derive(Debug)]
pub struct Frame {
    pub id: String,
    pub kind: EventType,
    pub modes: Vec<String>,
    pub shape: Shape,
    /// Modes that words of the clause add: अपील with छोड़ने is one to yield.
    pub mode_when: Vec<(String, Vec<Sym>)>,
    /// Stems of verbs that may carry the noun; empty for any.
    pub light: Vec<Sym>,
    pub with: Vec<Case>,
    pub to: Vec<Slot>,
    pub needs: Needs,
    /// The noun tells of the happening without a verb: बैठक में, यात्रा के दौरान.
    pub nominal: bool,
    /// The noun with its own verb inside: समझौते होने.
    pub bare: bool,
    /// Joining a gathering: the gathering's noun stands beside it.
    pub attend: bool,
    /// Yields to any other event told of the same participants.
    pub weak: bool,
    /// Turns back on the last directed event: its recipient acts, its actor receives.
    pub back: bool,
    /// That it has not happened is news too: भारत ने मान्यता नहीं दी है.
    pub deniable: bool,
    /// One of these must stand in the clause.
    pub words: Vec<Sym>,
    /// Being somewhere: दिल्ली में रहेंगे.
    pub stay: bool,
    /// Holds only after an infinitive in को: हटाने को कहा.
    pub after_infinitive: bool,
    /// With these verbs the subject is the recipient: न्योता मिला.
    pub recipient_subject: Vec<Sym>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    frame: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    #[serde(rename = "type")]
    kind: EventType,
    shape: Shape,
    #[serde(default)]
    modes: Vec<String>,
    #[serde(default)]
    mode_when: std::collections::BTreeMap<String, Vec<String>>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    light: Vec<String>,
    #[serde(default)]
    with: Vec<Case>,
    #[serde(default)]
    to: Vec<String>,
    #[serde(default)]
    needs: Needs,
    #[serde(default)]
    nominal: bool,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    attend: bool,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    back: bool,
    #[serde(default)]
    deniable: bool,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    stay: bool,
    #[serde(default)]
    after_infinitive: bool,
    #[serde(default)]
    recipient_subject: Vec<String>,
}

/// The frame files, in order of precedence.
pub const FILES: [(&str, &str); 3] = [
    ("frames/consult.toml", include_str!("../lang/hi/frames/consult.toml")),
    ("frames/words.toml", include_str!("../lang/hi/frames/words.toml")),
    ("frames/deeds.toml", include_str!("../lang/hi/frames/deeds.toml")),
];

/// Reads all frame files into the pack's trigger tables.
pub fn load(pack: &mut Pack) -> Result<Vec<Frame>, Error> {
    let mut out = Vec::new();
    for (file, text) in FILES {
        let raw: File = toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(0, |s| text[..s.start].matches('\n').count() + 1);
            Error { file, line, what: e.message().to_string() }
        })?;
        for r in raw.frame {
            let n = out.len() as u16;
            for noun in &r.nouns {
                let syms = pack.vocab.add_phrase(noun);
                pack.frame_words.add(&syms, n);
                for s in syms {
                    pack.set_class(s, class::COMMON); // never part of a name
                }
            }
            for verb in &r.verbs {
                let s = pack.vocab.add(verb);
                pack.frame_verbs.entry(s).or_default().push(n);
            }
            let mut to = Vec::new();
            for name in &r.to {
                to.push(match name.as_str() {
                    "gen-head" => Slot::GenHead,
                    "goal" => Slot::Goal,
                    _ => Slot::Of(case_of(name).ok_or_else(|| Error { file, line: 0, what: format!("frame {}: no case {name}", r.id) })?),
                });
            }
            let light = r.light.iter().map(|l| pack.vocab.add(l)).collect();
            let words = r.words.iter().map(|l| pack.vocab.add(l)).collect();
            let recipient_subject = r.recipient_subject.iter().map(|l| pack.vocab.add(l)).collect();
            let mode_when = r.mode_when.iter().map(|(m, words)| (m.clone(), words.iter().map(|w| pack.vocab.add(w)).collect())).collect();
            out.push(Frame {
                mode_when,
                id: r.id,
                kind: r.kind,
                modes: r.modes,
                shape: r.shape,
                light,
                with: r.with,
                to,
                needs: r.needs,
                nominal: r.nominal,
                bare: r.bare,
                attend: r.attend,
                weak: r.weak,
                back: r.back,
                deniable: r.deniable,
                words,
                stay: r.stay,
                after_infinitive: r.after_infinitive,
                recipient_subject,
            });
        }
    }
    Ok(out)
}

fn case_of(name: &str) -> Option<Case> {
    Case::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name)).ok()
}
