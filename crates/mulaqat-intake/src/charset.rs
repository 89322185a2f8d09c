//! Bytes to text: which encoding a page is in, and its text.
//!
//! The order is the web's own (byte-order mark, then HTTP or the archive, then the page), with one difference: valid UTF-8 with
//! Devanagari in it is UTF-8, whatever else it is declared to be. Old templates declare Latin-1 and their pages are not.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// How far into a page its declaration is looked for. The standard says 1024; real pages put scripts before it.
const PRESCAN: usize = 8192;

/// The encoding of a page; `declared` is the charset that HTTP or an archive gave.
pub fn encoding(bytes: &[u8], declared: Option<&str>) -> &'static Encoding {
    if let Some((found, _)) = Encoding::for_bom(bytes) {
        return found;
    }
    let head = &bytes[..bytes.len().min(PRESCAN)];
    if let Some(found) = wide(head) {
        return found;
    }
    let label = |l: &str| Encoding::for_label(l.trim().as_bytes());
    // a declaration that could be read byte by byte is itself no UTF-16
    let inside = || in_page(head).and_then(|l| label(&l)).map(|e| if e == UTF_16LE || e == UTF_16BE { UTF_8 } else { e });
    let said = declared.and_then(label).or_else(inside);
    match said {
        Some(e) if e == UTF_8 || e == UTF_16LE || e == UTF_16BE => e,
        _ if crate::hindi::utf8_devanagari(bytes, 8) >= 8 && valid_utf8(bytes) => UTF_8,
        Some(e) => e,
        None if valid_utf8(bytes) => UTF_8,
        None => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(head, true);
            detector.guess(None, Utf8Detection::Allow)
        }
    }
}

/// Text in `encoding`, a byte-order mark left out. What is no text becomes U+FFFD: half a page is still a page.
pub fn decode<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Cow<'a, str> {
    encoding.decode(bytes).0
}

fn valid_utf8(bytes: &[u8]) -> bool {
    // a page cut off by a limit may end inside a character
    std::str::from_utf8(bytes).map_or_else(|e| e.error_len().is_none(), |_| true)
}

/// UTF-16 without a mark: markup begins with ASCII, every other byte of which is zero.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [b'<', 0, b, 0, ..] if *b != 0 => Some(UTF_16LE),
        [0, b'<', 0, b, ..] if *b != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// The label after `charset=` in a `<meta>`, or after `encoding=` in an XML declaration.
fn in_page(head: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    if text.trim_start().starts_with("<?xml") {
        let declaration = text.split("?>").next().unwrap_or_default();
        if let Some(found) = after(declaration, "encoding") {
            return Some(found);
        }
    }
    text.split("<meta").skip(1).find_map(|tag| after(tag.split('>').next().unwrap_or_default(), "charset"))
}

/// The value after `name =`, quoted or not.
fn after(text: &str, name: &str) -> Option<String> {
    let rest = text.split_once(name)?.1.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    (!label.is_empty()).then_some(label)
}

/// The charset of a `Content-Type`.
pub fn of_content_type(content_type: &str) -> Option<String> {
    after(&content_type.to_ascii_lowercase(), "charset")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HINDI: &str = "<p>भारत और रूस के विदेश मंत्री मिले</p>";

    fn name(bytes: &[u8], declared: Option<&str>) -> &'static str {
        encoding(bytes, declared).name()
    }

    #[test]
    fn what_is_declared_where() {
        assert_eq!(name(b"<p>caf\xe9", Some("windows-1252")), "windows-1252");
        assert_eq!(name(b"<meta charset=\"iso-8859-2\"><p>\xe9", None), "ISO-8859-2");
        let equiv = b"<META http-equiv=Content-Type content='text/html; charset=Shift_JIS'>";
        assert_eq!(name(equiv, None), "Shift_JIS");
        assert_eq!(name(equiv, Some("koi8-r")), "KOI8-R", "HTTP goes before the page");
        assert_eq!(name(b"<?xml version='1.0' encoding='windows-1251'?><rss/>", None), "windows-1251");
        assert_eq!(name(b"<p>x", Some("no-such-charset")), "UTF-8");
        assert_eq!(of_content_type("text/html; Charset=\"UTF-8\"").as_deref(), Some("utf-8"));
        assert_eq!(of_content_type("text/html"), None);
    }

    #[test]
    fn hindi_in_utf8_is_utf8() {
        assert_eq!(name(HINDI.as_bytes(), Some("iso-8859-1")), "UTF-8");
        assert_eq!(name(format!("<meta charset=windows-1252>{HINDI}").as_bytes(), None), "UTF-8");
        assert_eq!(name(&HINDI.as_bytes()[..HINDI.len() - 6], Some("iso-8859-1")), "UTF-8");
    }

    #[test]
    fn utf16_with_a_mark_and_without() {
        let wide =
            |be: bool| -> Vec<u8> { HINDI.encode_utf16().flat_map(|u| if be { u.to_be_bytes() } else { u.to_le_bytes() }).collect() };
        for be in [false, true] {
            let bytes = wide(be);
            assert_eq!(decode(&bytes, encoding(&bytes, None)), HINDI);
            let marked = [if be { vec![0xfe, 0xff] } else { vec![0xff, 0xfe] }, bytes].concat();
            assert_eq!(decode(&marked, encoding(&marked, Some("utf-8"))), HINDI);
        }
        assert_eq!(name(format!("<meta charset=utf-16>{HINDI}").as_bytes(), None), "UTF-8");
    }
}
