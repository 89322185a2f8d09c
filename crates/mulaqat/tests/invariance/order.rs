//! The same things said in another order.

use crate::articles::{Article, Changed, forms};
use crate::pack::{HONORIFICS, OF_COUNTRIES, TITLES};
use crate::spelling::ends_sentence;
use crate::words::{Phrases, Word, edited, folded, in_word, one_of, quotations, words};
use mulaqat::record::EntityType;

const WEEKDAYS: &str = "सोमवार मंगलवार बुधवार गुरुवार गुरूवार बृहस्पतिवार शुक्रवार शनिवार रविवार";
const MONTHS: &str = "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर अक्तूबर नवंबर दिसंबर";
const DAYS: &str = "एक दो तीन चार पांच छह सात आठ नौ दस ग्यारह बारह";
const PARTS_OF_DAY: &str = "सुबह दोपहर शाम रात तड़के देर";
/// After these the phrase before them says when or where something else was: शनिवार को जारी बयान, दिल्ली में हुई बैठक.
const PARTICIPLES: &str = "हुए हुई हुआ हुईं जारी आयोजित वाले वाली वाला होने स्थित रहे रही रहा बंद चल मौजूद तैनात आए गए बने बनी बैठे बसे फंसे दिए";
/// Somebody sent to a place, so that the place may belong to the title.
const SENT: &str = "राजदूत उच्चायुक्त प्रतिनिधि दूत प्रभारी";

fn number(w: Option<&Word>) -> bool {
    w.is_some_and(|w| w.folded.chars().all(|c| c.is_ascii_digit()) || one_of(&w.folded, DAYS))
}

/// First bytes of the sentences that stand outside quotations.
fn sentences(text: &str) -> Vec<usize> {
    let quoted = quotations(text);
    let mut out = vec![];
    let mut ended = true;
    for (i, c) in text.char_indices() {
        match c {
            '\n' | '।' | '?' | '!' => ended = true,
            '.' => ended = ends_sentence(text, i),
            ' ' | '”' | '"' | '’' => {}
            _ => {
                if ended && in_word(c) && !quoted.iter().any(|q| q.contains(&i)) {
                    out.push(i);
                }
                ended = false;
            }
        }
    }
    out
}

/// What an article says at its words, as far as reordering must know.
struct Reader<'a> {
    article: &'a Article,
    entities: Phrases,
    places: Phrases,
}

impl<'a> Reader<'a> {
    fn new(article: &'a Article) -> Reader<'a> {
        let all = &article.gold.entities;
        let places = all.iter().filter(|e| matches!(e.kind, EntityType::Place | EntityType::Country));
        Reader { article, entities: all.iter().flat_map(forms).collect(), places: places.flat_map(forms).collect() }
    }

    fn end_of(&self, phrases: &Phrases, at: usize) -> Option<usize> {
        phrases.at(self.article.text(), &self.article.words, at).map(|f| f.to)
    }

    /// The word after ने, when a plain noun phrase in ने begins at `at`.
    fn subject(&self, at: usize) -> Option<usize> {
        let a = self.article;
        if a.is(at, "उन्होंने उसने इन्होंने") {
            return Some(at + 1);
        }
        let mut i = at;
        while i < a.words.len() && i < at + 14 {
            if i > at && !matches!(a.gap(i), " " | ". " | "-" | ".") {
                return None;
            }
            let word = &a.words[i].folded;
            let linked = i > at && a.is(i, "के की का और एवं तथा पूर्व");
            let known = linked || HONORIFICS.contains(word) || OF_COUNTRIES.contains(word);
            if word == "ने" {
                return (i > at).then_some(i + 1);
            }
            i = self.end_of(&self.entities, i).or_else(|| self.end_of(&TITLES, i)).or(known.then_some(i + 1))?;
        }
        None
    }

    /// The word after one phrase of time (सोमवार को, 5 मई 2025 को, मई 2024 में) or place (पेरिस में, यहां) at `at`.
    fn phrase(&self, at: usize) -> Option<usize> {
        let a = self.article;
        if a.is(at, "यहां") {
            return Some(at + 1);
        }
        if let Some(end) = self.end_of(&self.places, at) {
            return (a.is(end, "में") && a.gap(end) == " ").then_some(end + 1);
        }
        let (mut i, mut dated) = (at, false);
        if a.is(i, WEEKDAYS) {
            i += 1;
            dated = true;
        }
        let days = (i..i + 2).take_while(|&j| number(a.words.get(j))).count();
        let month = i + days;
        let year = number(a.words.get(month + 1));
        if a.is(month, MONTHS) && (days > 0 || year) {
            i = month + 1 + usize::from(year);
            dated = true;
        }
        while a.is(i, PARTS_OF_DAY) {
            i += 1;
        }
        let plain = |j: usize| a.gap(j).chars().all(|c| matches!(c, ' ' | ',' | '(' | ')' | '-'));
        (dated && a.is(i, "को में") && (at + 1..=i).all(plain)).then_some(i + 1)
    }

    /// Up to two phrases of time or place in a row.
    fn phrases(&self, at: usize) -> Option<usize> {
        let one = self.phrase(at)?;
        Some(self.phrase(one).filter(|_| self.article.gap(one) == " ").unwrap_or(one))
    }

    /// True when the phrases before `at` belong to the verb of the sentence, as far as the next words tell.
    fn goes_on(&self, at: usize) -> bool {
        let a = self.article;
        let stressed = a.is(at, "ही भी तक");
        at < a.words.len() && a.gap(at) == " " && !stressed && !(at..at + 5).any(|i| a.is(i, PARTICIPLES))
    }
}

/// Finds the end of what begins at a word.
type Half<'a> = fn(&Reader<'a>, usize) -> Option<usize>;

/// X ने सोमवार को Y … ↔ सोमवार को X ने Y …
pub fn subject_and_time(article: &Article) -> Option<Changed> {
    let (text, words) = (article.text(), &article.words);
    let r = Reader::new(article);
    let halves: [(Half, Half); 2] = [(Reader::subject, Reader::phrases), (Reader::phrases, Reader::subject)];
    let swapped = |start: usize| {
        let from = words.binary_search_by_key(&start, |w| w.start).ok()?;
        let (middle, end) = halves.iter().find_map(|(first, second)| {
            let middle = first(&r, from).filter(|&m| m < words.len() && article.gap(m) == " ")?;
            let end = second(&r, middle).filter(|&e| r.goes_on(e))?;
            (from..end).all(|i| !article.is(i, SENT)).then_some((middle, end))
        })?;
        let slice = |from: usize, to: usize| &text[words[from].start..words[to - 1].end];
        Some((start..words[end - 1].end, format!("{} {}", slice(middle, end), slice(from, middle))))
    };
    let edits = sentences(text).into_iter().filter_map(swapped).collect();
    article.with_text(edited(text, edits))
}

/// Words in the first sentence of a paragraph that tie it to what stands before.
const REFERRING: &str = "वह वे यह ये इस उस इन उन इसी उसी इसके उसके इनके उनके इससे उससे इसका उसका इसकी उसकी उन्होंने उसने इसने उन्हें इन्हें उनका उनकी दोनों तीनों चारों वहां यहां वहीं यहीं तब फिर इसमें उसमें इनमें उनमें उनसे इनसे इसे उसे ऐसे ऐसी बाद पहले हालांकि लेकिन दूसरी बीच अगले भी दौरान";
/// A paragraph that begins with them goes on about one told before.
const TOLD: &str = "बैठक दौरे यात्रा मुलाकात समझौते वार्ता बातचीत सम्मेलन बयान";

fn is_bullet(line: &str) -> bool {
    line.starts_with(['•', '-', '*', '●', '–'])
}

/// A heading does not.
fn ends(line: &str) -> bool {
    line.trim_end().ends_with(['।', '.'])
}

/// The first sentence refers to nothing before it.
fn stands_alone(line: &str) -> bool {
    let first = sentences(line).get(1).map_or(line, |&next| &line[..next]);
    // "meanwhile" refers to nobody
    let list = folded(first.trim_start_matches("इस बीच"));
    !list.iter().any(|w| one_of(w, REFERRING)) && !list.first().is_some_and(|w| one_of(w, TOLD))
}

/// A paragraph that quotes nobody, says its date, and leaves no title without a name.
fn is_background(article: &Article, line: &str) -> bool {
    let list = words(line);
    let year = |w: &Word| w.folded.len() == 4 && w.folded.chars().all(|c| c.is_ascii_digit());
    let day = list.windows(2).any(|w| number(Some(&w[0])) && one_of(&w[1].folded, MONTHS));
    (day || list.iter().any(year)) && is_plain(article, line)
}

/// A paragraph that stands alone, quotes nobody, and leaves no title without a name or a country.
fn is_plain(article: &Article, line: &str) -> bool {
    let list = words(line);
    let titles: Phrases = article.persons().flat_map(|p| &p.roles).map(|r| r.title.as_str()).collect();
    let bare = |i: usize, end: usize| {
        let whose = i > 0 && (OF_COUNTRIES.contains(&list[i - 1].folded) || one_of(&list[i - 1].folded, "के की का"));
        !whose && list.get(end).is_some_and(|w| one_of(&w.folded, "ने को से के का की में पर भी"))
    };
    let title_at = |i: usize| TITLES.at(line, &list, i).or_else(|| titles.at(line, &list, i));
    let bare_title = (0..list.len()).any(|i| title_at(i).is_some_and(|f| bare(i, f.to)));
    stands_alone(line) && !line.contains(['“', '"', '‘', '\'']) && !bare_title
}

/// Two paragraphs of background, one after the other, change places.
pub fn background(article: &Article) -> Option<Changed> {
    let text = article.text();
    let mut lines: Vec<&str> = text.split('\n').collect();
    let full: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].trim().is_empty()).collect();
    let fair = |n: usize| {
        let (a, b) = (lines[full[n]], lines[full[n + 1]]);
        let whole = if is_bullet(a) { is_bullet(b) } else { ends(a) && ends(b) && ends(lines[full[n - 1]]) && !is_bullet(b) };
        let next = full.get(n + 2).is_none_or(|&i| stands_alone(lines[i]));
        // whoever is in both has been introduced before them
        let before: String = lines[..full[n]].join("\n");
        let known = article.persons().all(|p| {
            let inside = |line: &str| forms(p).any(|f| line.contains(f));
            !(inside(a) && inside(b)) || before.contains(&p.name)
        });
        whole && next && known && is_plain(article, a) && is_background(article, b)
    };
    let last = (1..full.len().saturating_sub(1)).rev().find(|&n| fair(n))?;
    lines.swap(full[last], full[last + 1]);
    article.with_text(lines.join("\n"))
}

#[test]
fn only_phrases_of_the_main_verb_are_moved() {
    let entities = serde_json::json!([
        {"id": "e1", "type": "person", "name": "एस. जयशंकर"},
        {"id": "e2", "type": "place", "name": "पेरिस"}
    ]);
    let swapped = |text: &str| subject_and_time(&crate::articles::article(text, entities.clone())).map(|c| c.document.text);
    let (first, last) = (
        "विदेश मंत्री एस. जयशंकर ने सोमवार (5 मई, 2025) को पेरिस में उनसे भेंट की।",
        "सोमवार (5 मई, 2025) को पेरिस में विदेश मंत्री एस. जयशंकर ने उनसे भेंट की।",
    );
    assert_eq!(swapped(first).as_deref(), Some(last));
    assert_eq!(swapped(last).as_deref(), Some(first));
    assert_eq!(swapped("एस. जयशंकर ने सोमवार को जारी बयान में यह कहा।"), None);
    assert_eq!(swapped("एस. जयशंकर ने सोमवार को ही यह कहा।"), None);
    assert_eq!(swapped("“एस. जयशंकर ने सोमवार को यह कहा।”"), None);
}
