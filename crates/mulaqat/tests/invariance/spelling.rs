//! Ways of writing one text: what a typist, a keyboard or a house style changes, and no reader notices.

use crate::words::in_word;

/// Letters that have a code point of their own with the nukta: base, letter.
const NUKTA: [(char, char); 11] = [
    ('\u{915}', '\u{958}'),
    ('\u{916}', '\u{959}'),
    ('\u{917}', '\u{95a}'),
    ('\u{91c}', '\u{95b}'),
    ('\u{921}', '\u{95c}'),
    ('\u{922}', '\u{95d}'),
    ('\u{92b}', '\u{95e}'),
    ('\u{92f}', '\u{95f}'),
    ('\u{928}', '\u{929}'),
    ('\u{930}', '\u{931}'),
    ('\u{933}', '\u{934}'),
];

pub fn nukta_decomposed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match NUKTA.iter().find(|(_, whole)| *whole == c) {
            Some((base, _)) => out.extend([*base, '\u{93c}']),
            None => out.push(c),
        }
    }
    out
}

pub fn nukta_precomposed(text: &str) -> String {
    NUKTA.iter().fold(text.to_string(), |t, (base, whole)| t.replace(&format!("{base}\u{93c}"), &whole.to_string()))
}

pub fn no_nukta(text: &str) -> String {
    nukta_decomposed(text).replace('\u{93c}', "")
}

pub fn chandrabindu_as_anusvara(text: &str) -> String {
    text.replace('\u{901}', "\u{902}")
}

/// यहां → यहाँ: at the end of words, where it is a nasal vowel for certain and its sign has room above the line.
pub fn anusvara_as_chandrabindu(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut it = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = it.next() {
        let last = it.peek().is_none_or(|&next| !in_word(next));
        out.push(if c == '\u{902}' && last && matches!(before, 'ा' | 'ु' | 'ू') { '\u{901}' } else { c });
        before = c;
    }
    out
}

/// The nasal letter that is written as a half letter before a consonant: that of the consonant's own row.
fn nasal_of(consonant: char) -> Option<char> {
    Some(match consonant {
        'क'..='घ' => 'ङ',
        'च'..='झ' => 'ञ',
        'ट'..='ढ' => 'ण',
        'त'..='ध' => 'न',
        'प'..='भ' => 'म',
        _ => return None,
    })
}

/// हिंदी → हिन्दी. Half ङ and ञ are left out: nobody writes them so today.
pub fn anusvara_as_half_nasal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut it = text.chars().peekable();
    while let Some(c) = it.next() {
        match it.peek().and_then(|&next| nasal_of(next)) {
            Some(nasal) if c == '\u{902}' && !matches!(nasal, 'ङ' | 'ञ') => out.extend([nasal, '\u{94d}']),
            _ => out.push(c),
        }
    }
    out
}

/// सम्बन्ध → संबंध
pub fn half_nasal_as_anusvara(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let next = chars.get(i + 2).and_then(|&c| nasal_of(c));
        // a word does not begin with anusvara
        if chars.get(i + 1) == Some(&'\u{94d}') && next == Some(chars[i]) && i > 0 && in_word(chars[i - 1]) {
            out.push('\u{902}');
            i += 2;
        } else {
            out.push(chars[i]);
            i += 1;
        }
    }
    out
}

pub fn danda_as_stop(text: &str) -> String {
    text.replace('।', ".")
}

/// Finite verbs as short as an initial, which end sentences all the same.
const SHORT_VERBS: [&str; 13] = ["है", "हो", "था", "थे", "थी", "की", "दी", "ली", "पी", "गए", "गई", "आए", "आई"];
/// Abbreviations longer than an initial. Those of one or two code points (डॉ., एस.) need no list.
const ABBREVIATIONS: [&str; 7] = ["प्रो", "श्री", "लेफ्टि", "ब्रिगे", "मेजर", "स्व", "पंडित"];

/// True when the full stop at byte `i` ends a sentence, and belongs to no number, initial or abbreviation.
pub fn ends_sentence(text: &str, i: usize) -> bool {
    let (before, after) = (&text[..i], &text[i + 1..]);
    let word = before.rsplit(|c: char| !in_word(c)).next().unwrap_or_default();
    let devanagari = !word.is_empty() && word.chars().all(|c| matches!(c, '\u{900}'..='\u{97f}') && !c.is_numeric());
    let closed = after.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | ')'));
    // after another stop a short word is an initial: के. पी.
    let earlier = before[..before.len() - word.len()].trim_end();
    let initials = earlier.ends_with('.') && !earlier.ends_with("..");
    let short = word.chars().count() < 3 && (initials || !SHORT_VERBS.contains(&word));
    devanagari && closed && !short && !ABBREVIATIONS.contains(&word)
}

pub fn stop_as_danda(text: &str) -> String {
    text.char_indices().map(|(i, c)| if c == '.' && ends_sentence(text, i) { '।' } else { c }).collect()
}

/// Digits that are no part of a Latin word (X5, COP28).
fn digits(text: &str, digit: fn(char) -> Option<char>) -> String {
    let chars: Vec<char> = text.chars().collect();
    let latin = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '@' | '_'));
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let end = (i..chars.len()).find(|&j| !chars[j].is_numeric()).unwrap_or(chars.len());
        let free = !(latin(i.checked_sub(1).and_then(|p| chars.get(p))) || latin(chars.get(end)));
        out.extend(chars[i..end].iter().map(|&c| digit(c).filter(|_| free).unwrap_or(c)));
        out.extend(chars.get(end));
        i = end + 1;
    }
    out
}

pub fn devanagari_digits(text: &str) -> String {
    digits(text, |c| c.to_digit(10).and_then(|d| char::from_u32(0x966 + d)))
}

pub fn latin_digits(text: &str) -> String {
    digits(text, |c| matches!(c, '०'..='९').then(|| char::from(b'0' + (c as u32 - 0x966) as u8)))
}

pub fn zwj(text: &str) -> String {
    text.replace('\u{94d}', "\u{94d}\u{200d}")
}

pub fn zwnj(text: &str) -> String {
    text.replace('\u{94d}', "\u{94d}\u{200c}")
}

/// Two spaces for one, and some at the end of each line.
pub fn extra_spaces(text: &str) -> String {
    text.replace(' ', "  ").replace('\n', "  \n")
}

pub fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

#[test]
fn spellings() {
    assert_eq!(no_nukta("ज़रूर क़तर"), "जरूर कतर");
    assert_eq!(nukta_precomposed("ज\u{93c}"), "\u{95b}");
    assert_eq!(nukta_decomposed(&nukta_precomposed("बड\u{93c}ा")), "बड\u{93c}ा");
    assert_eq!(anusvara_as_chandrabindu("यहां नीतियों में हूं, शांति"), "यहाँ नीतियों में हूँ, शांति");
    assert_eq!(anusvara_as_half_nasal("हिंदी ट्रंप नहीं अंक"), "हिन्दी ट्रम्प नहीं अंक");
    assert_eq!(half_nasal_as_anusvara("सम्बन्ध जन्म सम्मान"), "संबंध जन्म सम्मान");
    assert_eq!(stop_as_danda("डॉ. एस. जयशंकर आए. 3.5 फीसदी. के. पी. ओली गए."), "डॉ. एस. जयशंकर आए। 3.5 फीसदी। के. पी. ओली गए।");
    assert_eq!(stop_as_danda("“ठीक है.” वह... गए.\n1. आया"), "“ठीक है।” वह... गए।\n1. आया");
    assert_eq!(devanagari_digits("18 नवंबर, 2025 COP28 जी-20"), "१८ नवंबर, २०२५ COP28 जी-२०");
    assert_eq!(latin_digits("२४.५"), "24.5");
}
