//! A person's title, said again or left out where the article has given it before.

use crate::articles::{Article, Changed, titles};
use crate::pack::{HONORIFICS, OF_COUNTRIES};
use crate::spelling::ends_sentence;
use crate::words::{edited, one_of, quotations};
use std::ops::Range;

/// What a bare name must be followed by, lest the title fall on something longer: ट्रंप प्रशासन, मोदी सरकार.
const AFTER_NAME: &str = "ने को से के का की में पर और भी तथा";
/// What may stand before a title that is left out: nothing that belongs to the title (पूर्व, चीन के).
const BEFORE_TITLE: &str = "ने को से और में पर कि साथ तथा";

/// A later mention of somebody whose title was given, outside quotations.
struct Later<'a> {
    /// Words of the title that stands here too, if any.
    again: Option<Range<usize>>,
    /// Words of the name.
    from: usize,
    to: usize,
    /// The title that the article gave before.
    title: &'a str,
}

fn later_mentions(article: &Article) -> Vec<Later<'_>> {
    let (text, words) = (article.text(), &article.words);
    let quoted = quotations(text);
    let mut out = vec![];
    for person in article.persons() {
        let mut given = None;
        for &(from, to) in article.mentions(person) {
            let here = article.title_before(from);
            match (given, here) {
                (Some(title), again) if !quoted.iter().any(|q| q.contains(&words[from].start)) => {
                    out.push(Later { again, from, to, title })
                }
                (None, Some(t)) => {
                    // the whole title as gold has it, and none of the past
                    let whole: Vec<&str> = words[t.clone()].iter().map(|w| w.folded.as_str()).collect();
                    let past = one_of(article.before(t.start, 1), "पूर्व तत्कालीन दिवंगत");
                    if past || !titles(person).any(|title| title == whole) {
                        break;
                    }
                    given = Some(&text[words[t.start].start..words[t.end - 1].end]);
                }
                _ => {}
            }
        }
    }
    out
}

/// A bare name gets the title back.
pub fn added(article: &Article) -> Option<Changed> {
    let words = &article.words;
    let bare = |m: &Later| {
        let spaced = m.from == 0 || article.gap(m.from).ends_with([' ', '\n']);
        let before = article.before(m.from, 1);
        m.again.is_none() && spaced && !HONORIFICS.contains(before) && !OF_COUNTRIES.contains(before)
    };
    let alone = |m: &Later| article.is(m.to, AFTER_NAME) && article.gap(m.to) == " ";
    let later = later_mentions(article).into_iter().filter(|m| bare(m) && alone(m));
    let edits = later.map(|m| (words[m.from].start..words[m.from].start, format!("{} ", m.title)));
    article.with_text(edited(article.text(), edits.collect()))
}

/// A name that had a title again goes without. An honorific between them stays: राष्ट्रपति श्री बोरिक → श्री बोरिक.
pub fn dropped(article: &Article) -> Option<Changed> {
    let (text, words) = (article.text(), &article.words);
    let free = |title: &Range<usize>| {
        let before = text[..words[title.start].start].trim_end_matches(' ');
        let stop = before.ends_with('.') && ends_sentence(text, before.len() - 1);
        let first = stop || before.is_empty() || before.ends_with(['\n', '।', '?', '!', ',']);
        let after_other_phrase = title.start > 0 && article.is(title.start - 1, BEFORE_TITLE) && article.gap(title.start) == " ";
        let of_country = words[title.clone()].iter().any(|w| OF_COUNTRIES.contains(&w.folded));
        (first || after_other_phrase) && !of_country
    };
    let titles = later_mentions(article).into_iter().filter_map(|m| m.again).filter(free);
    let cuts = titles.map(|t| (words[t.start].start..words[t.end].start, String::new()));
    article.with_text(edited(text, cuts.collect()))
}

#[test]
fn titles_come_and_go() {
    let people = serde_json::json!([
        {"id": "e1", "type": "person", "name": "व्लादिमीर पुतिन", "aliases": ["पुतिन"], "roles": [{"title": "राष्ट्रपति", "of": "RUS"}]}
    ]);
    let article = |text: &str| crate::articles::article(text, people.clone());
    let bare = "रूस के राष्ट्रपति व्लादिमीर पुतिन आए। पुतिन ने कहा, “पुतिन को सुनो।” पुतिन प्रशासन चुप रहा।";
    let again = "रूस के राष्ट्रपति व्लादिमीर पुतिन आए। राष्ट्रपति पुतिन ने कहा, “पुतिन को सुनो।” पुतिन प्रशासन चुप रहा।";
    assert_eq!(added(&article(bare)).unwrap().document.text, again);
    assert_eq!(dropped(&article(again)).unwrap().document.text, bare);
    assert!(dropped(&article(bare)).is_none(), "the first title stays");
}
