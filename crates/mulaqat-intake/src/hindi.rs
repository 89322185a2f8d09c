//! Is it Hindi? Cheap tests first: most of an archive is not, and must cost next to nothing.
//!
//! 1. [`may_be_hindi`]: are there Devanagari characters among the bytes at all? Needs no decoding and no parsing.
//! 2. [`is_hindi`]: is the text mostly Devanagari, and are its function words those of Hindi? Marathi, Nepali, Sanskrit and
//!    others share the script and most nouns, but not `data/function_words.tsv`.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr_iter, memmem};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Devanagari characters without which a page is not worth parsing: less than the shortest paragraph of news.
const ENOUGH: usize = 40;

/// Of its letters, so many must be Devanagari for a text to be Hindi.
const SHARE: f64 = 0.4;

/// Words of a text that are looked at. The rest of it is no other language.
const WORDS: usize = 2000;

/// Of so few words, a single function word decides.
const FEW: usize = 12;

/// So few words may lack any, as headlines do.
const HEADLINE: usize = 6;

/// Could there be Hindi text in a page of these bytes? Says no only when it is certain.
pub fn may_be_hindi(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let found = if encoding == UTF_16LE {
        wide_devanagari(bytes, 1)
    } else if encoding == UTF_16BE {
        wide_devanagari(bytes, 0)
    } else if encoding == UTF_8 {
        utf8_devanagari(bytes, ENOUGH)
    } else {
        0
    };
    // old pages in any encoding write letters as &#2361; or &#x939;, and JSON-LD as \u0939
    found >= ENOUGH || found + written_out(bytes) >= ENOUGH
}

/// Devanagari characters in UTF-8, at most `enough`: U+0900–U+097F is E0 A4 80 – E0 A5 BF.
pub(crate) fn utf8_devanagari(bytes: &[u8], enough: usize) -> usize {
    let second = |&i: &usize| matches!(bytes.get(i + 1), Some(0xa4 | 0xa5));
    memchr_iter(0xe0, bytes).filter(second).take(enough).count()
}

/// Code units 09xx in UTF-16 whose high byte stands at odd (little-endian) or even places.
fn wide_devanagari(bytes: &[u8], high: usize) -> usize {
    let devanagari = |unit: &&[u8]| unit[high] == 9 && unit[1 - high] < 0x80;
    bytes.chunks_exact(2).filter(devanagari).take(ENOUGH).count()
}

/// Devanagari characters written as numbers: decimal 2304–2431, hexadecimal 900–97f.
fn written_out(bytes: &[u8]) -> usize {
    static REFERENCE: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("&#"));
    static ESCAPE: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("\\u09"));
    let reference = |i: &usize| {
        let rest = &bytes[i + 2..bytes.len().min(i + 9)];
        let digits = |from: usize, len: usize| rest.get(from..from + len).and_then(|d| std::str::from_utf8(d).ok());
        match rest.first() {
            Some(b'x' | b'X') => {
                let from = 1 + rest[1..].iter().take_while(|b| **b == b'0').count();
                digits(from, 3).and_then(|d| u32::from_str_radix(d, 16).ok()).is_some_and(|n| (0x900..0x980).contains(&n))
            }
            _ => digits(0, 4).and_then(|d| d.parse::<u32>().ok()).is_some_and(|n| (0x900..0x980).contains(&n)),
        }
    };
    let references = REFERENCE.find_iter(bytes).filter(reference).take(ENOUGH).count();
    if references >= ENOUGH {
        return references;
    }
    let escape = |i: &usize| matches!(bytes.get(i + 4), Some(b'0'..=b'7'));
    references + ESCAPE.find_iter(bytes).filter(escape).take(ENOUGH).count()
}

/// The function words of each language, from the data file.
static FUNCTION_WORDS: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    let lines = include_str!("../data/function_words.tsv").lines().filter(|l| !l.starts_with('#'));
    let words = |line: &'static str| line.split_once('\t').map_or("", |(_, words)| words).split(' ');
    lines.enumerate().flat_map(|(language, line)| words(line).map(move |w| (w, language))).collect()
});

/// Languages that a word list may hold; Hindi is the first.
const LANGUAGES: usize = 8;

/// Is this text Hindi?
pub fn is_hindi(text: &str) -> bool {
    let (mut devanagari, mut other) = (0usize, 0usize);
    for c in text.chars().take(WORDS * 10) {
        if in_words(c) {
            devanagari += 1;
        } else if c.is_alphabetic() {
            other += 1;
        }
    }
    if devanagari == 0 || (devanagari as f64) < SHARE * (devanagari + other) as f64 {
        return false;
    }
    let mut counts = [0usize; LANGUAGES];
    let mut all = 0;
    for word in text.split(|c| !in_words(c)).filter(|w| !w.is_empty()).take(WORDS) {
        all += 1;
        if let Some(language) = FUNCTION_WORDS.get(word) {
            counts[*language] += 1;
        }
    }
    let (hindi, others) = (counts[0], counts[1..].iter().max().copied().unwrap_or(0));
    if all < FEW {
        return hindi > others || (all < HEADLINE && others == 0);
    }
    hindi > 2 * others && hindi * 100 >= 6 * all
}

/// Devanagari, but for the two dandas, which end sentences.
fn in_words(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{963}' | '\u{966}'..='\u{97f}' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const HINDI: &str = "रूस के विदेश मंत्री सर्गेई लावरोव ने मंगलवार को मॉस्को में भारत के विदेश मंत्री एस. जयशंकर से मुलाकात की।";

    #[test]
    fn bytes_of_hindi_in_any_writing() {
        let wide =
            |be: bool| -> Vec<u8> { HINDI.encode_utf16().flat_map(|u| if be { u.to_be_bytes() } else { u.to_le_bytes() }).collect() };
        let written = |f: fn(char) -> String| HINDI.chars().map(f).collect::<String>().into_bytes();
        assert!(may_be_hindi(HINDI.as_bytes(), UTF_8));
        assert!(may_be_hindi(&wide(false), UTF_16LE));
        assert!(may_be_hindi(&wide(true), UTF_16BE));
        assert!(may_be_hindi(&written(|c| format!("&#{};", c as u32)), encoding_rs::WINDOWS_1252));
        assert!(may_be_hindi(&written(|c| format!("&#x{:04X};", c as u32)), encoding_rs::WINDOWS_1252));
        assert!(may_be_hindi(&written(|c| format!("\\u{:04x}", c as u32)), UTF_8));
    }

    #[test]
    fn other_bytes() {
        for text in ["English only", "বাংলা ভাষায় লেখা একটি দীর্ঘ বাক্য যা হিন্দি নয়", "हिन्दी | English", "&#2361;&#", "\\u09", "&#x", ""]
        {
            assert!(!may_be_hindi(text.as_bytes(), UTF_8), "{text}");
        }
        assert!(!may_be_hindi("中文".repeat(100).as_bytes(), UTF_8));
    }

    #[test]
    fn hindi_is_hindi() {
        for text in [
            HINDI,
            "भारत-रूस वार्ता: मॉस्को में जयशंकर",
            "पुतिन भारत आएंगे",
            "PM Modi ने कहा कि भारत और रूस के बीच बातचीत जारी है।",
            "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए।",
        ] {
            assert!(is_hindi(text), "{text}");
        }
    }

    #[test]
    fn other_languages_in_devanagari_are_not() {
        for text in [
            // Marathi
            "सर्व मानवी व्यक्ती जन्मतः स्वतंत्र आहेत व त्यांना समान प्रतिष्ठा व समान अधिकार आहेत. त्यांना विचारशक्ती व सदसद्विवेकबुद्धी लाभलेली आहे व त्यांनी एकमेकांशी बंधुत्वाच्या भावनेने आचरण करावे.",
            "परराष्ट्र मंत्री एस. जयशंकर यांनी मंगळवारी मॉस्को येथे रशियाचे परराष्ट्र मंत्री सर्गेई लाव्हरोव्ह यांची भेट घेतली. दोन्ही नेत्यांमध्ये चर्चा झाली असे सूत्रांनी सांगितले आहे.",
            // Nepali
            "सबै व्यक्तिहरू जन्मजात स्वतन्त्र हुन् ती सबैको समान अधिकार र महत्व छ। निजहरूमा विचार शक्ति र सद्विचार भएकोले निजहरूले आपसमा भातृत्वको भावना बाट व्यवहार गर्नु पर्छ।",
            "परराष्ट्रमन्त्रीले मंगलबार काठमाडौंमा भारतीय विदेशमन्त्रीसँग भेटवार्ता गरेका छन्। भेटमा द्विपक्षीय सम्बन्धका विषयमा छलफल भएको थियो र दुवै पक्ष सहमत भए।",
            // Sanskrit
            "सर्वे मानवाः स्वतन्त्राः समुत्पन्नाः वर्तन्ते अपि च, गौरवदृशा अधिकारदृशा च समानाः एव वर्तन्ते। एते सर्वे चेतना-तर्क-शक्तिभ्यां सुसम्पन्नाः सन्ति। अपि च, सर्वेऽपि बन्धुत्व-भावनया परस्परं व्यवहरन्तु।",
            // Bhojpuri
            "भारत के विदेश मंत्री मास्को गइल बाड़े आ ओहिजा रूस के विदेश मंत्री से बात कइल चाहत बाड़े। एह भेंट में कई गो समझौता होखे के उमेद बा, जवना पर दुनो देश राजी बा।",
            // not mostly Devanagari
            "The word मुलाकात means a meeting in Hindi, and this is an English sentence about it.",
            "12345 …",
            "",
        ] {
            assert!(!is_hindi(text), "{text}");
        }
    }
}
