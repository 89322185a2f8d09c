//! Names by their sound: what stays of a word when spelling habits are taken away, in Devanagari and Latin alike.
//!
//! Aspiration, length, nasals and the choice between dental and retroflex vary from outlet to outlet and get lost in Latin.
//! [`skeleton`] keeps consonants only (to say that two names may be one), [`key`] keeps coarse vowels too (to search).

/// Sounds of one letter of Devanagari; `true` for consonants, which carry an inherent vowel.
fn devanagari(c: char) -> Option<(&'static str, bool)> {
    Some(match c {
        '\u{915}' | '\u{916}' => ("K", true),
        '\u{917}' | '\u{918}' => ("G", true),
        '\u{919}' | '\u{91e}' | '\u{923}' | '\u{928}' => ("N", true),
        '\u{91a}' | '\u{91b}' => ("C", true),
        '\u{91c}' | '\u{91d}' => ("J", true),
        '\u{91f}' | '\u{920}' | '\u{924}' | '\u{925}' => ("T", true),
        '\u{921}' | '\u{922}' | '\u{926}' | '\u{927}' => ("D", true),
        '\u{92a}' | '\u{92b}' => ("P", true),
        '\u{92c}' | '\u{92d}' => ("B", true),
        '\u{92e}' => ("M", true),
        '\u{92f}' => ("I", true),
        '\u{930}' => ("R", true),
        '\u{932}' | '\u{933}' => ("L", true),
        '\u{935}' => ("V", true),
        '\u{936}' | '\u{937}' | '\u{938}' => ("S", true),
        '\u{939}' => ("H", true),
        '\u{901}' | '\u{902}' => ("N", false),
        '\u{905}' | '\u{906}' | '\u{93e}' => ("A", false),
        '\u{907}' | '\u{908}' | '\u{90f}' | '\u{910}' | '\u{90d}' | '\u{93f}' | '\u{940}' | '\u{945}' | '\u{947}' | '\u{948}' => {
            ("I", false)
        }
        '\u{909}' | '\u{90a}' | '\u{911}' | '\u{913}' | '\u{914}' | '\u{941}' | '\u{942}' | '\u{949}' | '\u{94b}' | '\u{94c}' => {
            ("U", false)
        }
        '\u{90b}' | '\u{943}' => ("R", false),
        _ => return None,
    })
}

/// Sounds of the Latin letters at the head of `rest`, and how many letters they take.
fn latin(rest: &[char]) -> (&'static str, usize) {
    let next = rest.get(1).copied().unwrap_or(' ');
    match (rest[0], next) {
        ('c', 'h') => ("C", 2),
        ('s', 'h') => ("S", 2),
        ('k', 'h') => ("K", 2),
        ('g', 'h') => ("G", 2),
        ('t', 'h') => ("T", 2),
        ('d', 'h') => ("D", 2),
        ('p', 'h') => ("P", 2),
        ('b', 'h') => ("B", 2),
        ('e', 'e') => ("I", 2),
        ('o', 'o') => ("U", 2),
        ('c', 'e' | 'i' | 'y') => ("S", 1),
        ('c' | 'k' | 'q', _) => ("K", 1),
        ('x', _) => ("KS", 1),
        ('g', _) => ("G", 1),
        ('j' | 'z', _) => ("J", 1),
        ('t', _) => ("T", 1),
        ('d', _) => ("D", 1),
        ('n', _) => ("N", 1),
        ('m', 'b' | 'p') => ("N", 1),
        ('m', _) => ("M", 1),
        ('p' | 'f', _) => ("P", 1),
        ('b', _) => ("B", 1),
        ('r', _) => ("R", 1),
        ('l', _) => ("L", 1),
        ('v' | 'w', _) => ("V", 1),
        ('s', _) => ("S", 1),
        ('h', _) => ("H", 1),
        ('a', _) => ("A", 1),
        ('e' | 'i' | 'y', _) => ("I", 1),
        ('o' | 'u', _) => ("U", 1),
        _ => ("", 1),
    }
}

/// The sound of a folded word: consonants and coarse vowels, `a` left out except at the head, doubles made one.
pub fn key(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut put = |s: &str| {
        for c in s.chars() {
            if (c != 'A' || out.is_empty()) && !out.ends_with(c) {
                out.push(c);
            }
        }
    };
    let chars: Vec<char> = word.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        // Russian names end in -ov, -of or -off
        if at > 0 && matches!(chars[at..], ['\u{92b}'] | ['f'] | ['f', 'f']) {
            put("V");
            break;
        }
        if c.is_ascii_alphabetic() {
            let (s, n) = latin(&chars[at..]);
            put(s);
            at += n;
            continue;
        }
        if c.is_ascii_digit() {
            put(c.encode_utf8(&mut [0; 4]));
        } else if let Some((s, _)) = devanagari(c) {
            put(s);
        }
        at += 1;
    }
    out
}

/// The consonants of a folded word; a vowel at its head counts as one.
pub fn skeleton(word: &str) -> String {
    let key = key(word);
    let mut out = String::with_capacity(key.len());
    for (n, c) in key.chars().enumerate() {
        let vowel = matches!(c, 'A' | 'I' | 'U');
        let c = if vowel { 'A' } else { c };
        if (n == 0 || !vowel) && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use mulaqat::text::fold;

    fn s(w: &str) -> String {
        skeleton(&fold(w))
    }

    #[test]
    fn spellings_of_one_name() {
        for family in [
            vec!["ज़ेलेंस्की", "जेलेंस्की", "ज़ेलेन्स्की", "zelensky"],
            vec!["मैक्रों", "मैक्रॉन", "macron"],
            vec!["अलियेव", "अलीयेव", "aliyev"],
            vec!["पाशिनयान", "पशिन्यान", "पाशिनियान", "pashinyan"],
            vec!["जयशंकर", "jaishankar"],
            vec!["ट्रंप", "ट्रम्प", "trump"],
            vec!["लावरोव", "लावरोफ", "lavrov", "lavroff"],
        ] {
            for other in &family[1..] {
                assert_eq!(s(family[0]), s(other), "{} {other}", family[0]);
            }
        }
        assert_ne!(s("मोदी"), s("पुतिन"));
    }

    #[test]
    fn latin_meets_devanagari() {
        let k = |w: &str| key(&fold(w));
        for (a, b) in [("jaishankar", "जयशंकर"), ("lavrov", "लावरोव"), ("putin", "पुतिन"), ("modi", "मोदी"), ("jinping", "जिनपिंग")]
        {
            assert_eq!(k(a), k(b), "{a} {b}");
        }
        assert_ne!(k("rus"), k("रस"));
    }
}
