//! Statements: who is reported to have said what, in quotation marks or after कि.

use crate::clauses;
use crate::events::{ClauseInfo, Reading, Story};
use crate::grammar::{Phrase, Sentence};
use crate::lang::{BodyKind, sign};
use crate::record::{EntityType, Medium};

/// Somebody's words, as tokens of the text.
#[derive(Debug, Clone)]
pub struct Said {
    pub speaker: usize,
    pub direct: bool,
    pub medium: Option<Medium>,
    pub from: usize,
    pub to: usize,
}

pub fn find(story: &Story, reading: &Reading) -> Vec<Said> {
    let mut out: Vec<Said> = Vec::new();
    let parsed = story.parsed;
    let mut medium: Option<(usize, Medium)> = None;
    for (n, s) in parsed.sentences.iter().enumerate() {
        if s.quote.is_some() {
            continue;
        }
        let said_before = out.len();
        let named = medium_of(story, s);
        let mut quoted = false;
        for i in &s.items {
            if let Phrase::Quote(q) = i.phrase
                && let Some(speaker) = reading.speakers[q].filter(|&e| speaks(story, e))
            {
                let quote = parsed.quotes[q];
                let mut to = quote.close;
                while to > quote.open + 1 && story.text.tokens[to - 1].punct == ',' {
                    to -= 1;
                }
                quoted = true;
                out.push(Said { speaker, direct: true, medium: None, from: quote.open + 1, to });
            }
        }
        if let Some(said) = reported(story, reading, n, s, quoted) {
            out.push(said);
        } else if let Some(said) = according_to(story, reading, n, s).or_else(|| said_last(story, s)) {
            out.push(said);
        }
        for said in &mut out[said_before..] {
            said.medium = named.or(medium.filter(|m| m.0 == said.speaker).map(|m| m.1));
            if let Some(m) = said.medium {
                medium = Some((said.speaker, m));
            }
        }
        if out.len() == said_before
            && let (Some(m), Some(info)) = (named, of_sentence(&reading.clauses, n).first())
            && let Some(&e) = info.subject.first()
        {
            medium = Some((e, m));
        }
    }
    out
}

/// The clauses of one sentence; they are in order of the text.
fn of_sentence(clauses: &[ClauseInfo], n: usize) -> &[ClauseInfo] {
    let from = clauses.partition_point(|c| c.sentence < n);
    &clauses[from..from + clauses[from..].partition_point(|c| c.sentence == n)]
}

/// Nobody without a name speaks; news media report rather than speak.
fn speaks(story: &Story, e: usize) -> bool {
    let ent = &story.names.entities[e];
    match ent.kind {
        EntityType::Place => false,
        EntityType::Organization => !ent
            .listed
            .is_some_and(|b| matches!(story.pack.bodies[b as usize].kind, BodyKind::Agency | BodyKind::Outlet | BodyKind::Platform)),
        _ => true,
    }
}

fn medium_of(story: &Story, s: &Sentence) -> Option<Medium> {
    let f = clauses::signs(story.text, story.pack, s.from, s.to.min(s.from + 60));
    [
        (sign::SOCIAL_MEDIA, Medium::SocialMedia),
        (sign::PRESS_RELEASE, Medium::PressRelease),
        (sign::PRESS_CONFERENCE, Medium::PressConference),
        (sign::INTERVIEW, Medium::Interview),
        (sign::SPEECH, Medium::Speech),
    ]
    .into_iter()
    .find(|(bit, _)| f & bit != 0)
    .map(|(_, m)| m)
}

/// X ने कहा कि …: the words up to the end of the sentence.
fn reported(story: &Story, reading: &Reading, n: usize, s: &Sentence, quoted: bool) -> Option<Said> {
    let mut infos = of_sentence(&reading.clauses, n).iter().peekable();
    while let Some(info) = infos.next() {
        let next_is_content = infos.peek().is_some_and(|c| c.clause.content && !info.clause.content);
        if !next_is_content || !story.says(&s.items, &info.clause) {
            continue;
        }
        // कहा जा रहा है कि: nobody says it
        let Some(speaker) = info.subject.first().copied().filter(|&e| speaks(story, e)) else { continue };
        let mut first = infos.peek()?.clause.items.start;
        while matches!(s.items.get(first).map(|i| &i.phrase), Some(Phrase::Punct(_))) {
            first += 1;
        }
        let Some(item) = s.items.get(first) else { continue };
        if quoted && matches!(item.phrase, Phrase::Quote(_)) {
            return None;
        }
        // the word कि itself is left out; marks at the end too
        let from = item.from;
        let to = trim(story, from, s.to);
        return (to > from).then_some(Said { speaker, direct: false, medium: None, from, to });
    }
    None
}

/// X के मुताबिक …, उनके मुताबिक …, बयान के मुताबिक …: the rest of the sentence.
fn according_to(story: &Story, reading: &Reading, n: usize, s: &Sentence) -> Option<Said> {
    let told =
        reading.sayers[reading.sayers.partition_point(|t| t.sentence < n)..].iter().take_while(|t| t.sentence == n).find(|t| t.item < 4)?;
    let e = told.who;
    if !speaks(story, e) || story.names.entities[e].kind == EntityType::Country {
        return None;
    }
    let mut first = told.item + 1;
    while first < s.items.len() && matches!(s.items[first].phrase, Phrase::Punct(_)) {
        first += 1;
    }
    let from = s.items.get(first)?.from;
    let to = trim(story, from, s.to);
    (to > from + 2).then_some(Said { speaker: e, direct: false, medium: None, from, to })
}

/// …, X ने बताया: what goes before the last clause.
fn said_last(story: &Story, s: &Sentence) -> Option<Said> {
    let speaker = story.said_last(s).filter(|&e| speaks(story, e))?;
    let k = s.items.iter().rposition(|i| matches!(i.phrase, Phrase::Punct(',')))?;
    if s.items[..k].iter().any(|i| matches!(i.phrase, Phrase::Quote(_))) {
        return None;
    }
    let (from, to) = (s.from, trim(story, s.from, s.items[k].from));
    (to > from + 2).then_some(Said { speaker, direct: false, medium: None, from, to })
}

fn trim(story: &Story, from: usize, mut to: usize) -> usize {
    while to > from && matches!(story.text.tokens[to - 1].punct, '\u{964}' | '.' | '!' | '\u{965}' | ',' | '"' | '\u{201d}' | '\u{2019}') {
        to -= 1;
    }
    to
}
