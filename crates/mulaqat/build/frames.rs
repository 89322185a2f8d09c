//! Reads the frame files of a language pack.

use crate::frames::{Frame, Needs, Shape, Slot};
use crate::lang::{Case, Error, class};
use crate::load::Loader;
use crate::record::EventType;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Frames {
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
    mode_when: BTreeMap<String, Vec<String>>,
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

/// In order of precedence.
const FILES: [&str; 3] = ["frames/consult.toml", "frames/words.toml", "frames/deeds.toml"];

/// Reads all frame files into the trigger tables.
pub fn load(p: &mut Loader) -> Result<Vec<Frame>, Error> {
    let mut out = Vec::new();
    for name in FILES {
        let file = p.file(name)?;
        let raw: Frames = file.toml()?;
        for r in raw.frame {
            let n = out.len() as u16;
            for noun in &r.nouns {
                let syms = p.pack.vocab.add_phrase(noun);
                p.frame_words.add(&syms, n);
                for s in syms {
                    p.set_class(s, class::COMMON); // never part of a name
                }
            }
            for verb in &r.verbs {
                let s = p.pack.vocab.add(verb);
                p.pack.frame_verbs.entry(s).or_default().push(n);
            }
            let mut to = Vec::new();
            for name in &r.to {
                to.push(match name.as_str() {
                    "gen-head" => Slot::GenHead,
                    "goal" => Slot::Goal,
                    _ => Slot::Of(case_of(name).ok_or_else(|| file.wrong(file.line(&r.id), format!("frame {}: no case {name}", r.id)))?),
                });
            }
            let light = r.light.iter().map(|l| p.pack.vocab.add(l)).collect();
            let words = r.words.iter().map(|l| p.pack.vocab.add(l)).collect();
            let recipient_subject = r.recipient_subject.iter().map(|l| p.pack.vocab.add(l)).collect();
            let mode_when = r.mode_when.iter().map(|(m, words)| (m.clone(), words.iter().map(|w| p.pack.vocab.add(w)).collect())).collect();
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
