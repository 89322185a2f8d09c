//! HTTP messages as archives keep them: header fields, chunks, content encodings.

use crate::limit::Bounded;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// Header fields, in order; names as written.
#[derive(Debug, Default, Clone)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Of `name: value` lines, folded ones joined. Lines that are none are left out: archives keep what servers send.
    pub fn parse(lines: &[u8]) -> Fields {
        let mut fields: Vec<(String, String)> = vec![];
        for line in lines.split(|b| *b == b'\n') {
            let line = String::from_utf8_lossy(line);
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_string(), value.trim().to_string()));
            }
        }
        Fields(fields)
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// The media type, lower case, without parameters.
    pub fn media_type(&self) -> String {
        self.get("content-type").unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }
}

/// Where the header of a message ends and its body begins.
pub fn header_end(bytes: &[u8]) -> Option<(usize, usize)> {
    let crlf = memchr::memmem::find(bytes, b"\r\n\r\n").map(|i| (i, i + 4));
    let lf = memchr::memmem::find(bytes, b"\n\n").map(|i| (i, i + 2));
    [crlf, lf].into_iter().flatten().min()
}

/// A response: its status, fields and body, the body still as it was sent.
pub struct Response<'a> {
    pub status: u16,
    pub fields: Fields,
    body: &'a [u8],
}

impl<'a> Response<'a> {
    pub fn parse(bytes: &'a [u8]) -> Option<Response<'a>> {
        let (end, body) = header_end(bytes).unwrap_or((bytes.len(), bytes.len()));
        let (first, rest) = bytes[..end].split_at(memchr::memchr(b'\n', &bytes[..end]).unwrap_or(end));
        let first = std::str::from_utf8(first).ok()?;
        let mut words = first.split_ascii_whitespace();
        if !words.next()?.starts_with("HTTP/") {
            return None;
        }
        Some(Response { status: words.next()?.parse().ok()?, fields: Fields::parse(rest), body: &bytes[body..] })
    }

    /// The body as the page it was, of at most `limit` bytes.
    pub fn body(&self, limit: u64) -> Result<Vec<u8>, String> {
        let chunked = self.fields.get("transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked"));
        // some archives keep the field and join the chunks
        let mut body = if chunked { joined(self.body).unwrap_or_else(|| self.body.to_vec()) } else { self.body.to_vec() };
        let encodings = self.fields.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
        for encoding in encodings.rsplit(',').map(str::trim) {
            body = match encoding {
                "" | "identity" | "utf-8" | "none" => body,
                // some archives keep the field and unpack the body
                "gzip" | "x-gzip" if !body.starts_with(&[0x1f, 0x8b]) => body,
                "gzip" | "x-gzip" => unpacked(MultiGzDecoder::new(&body[..]), limit)?,
                // the name means zlib, and many servers send it without its wrapping
                "deflate" => match unpacked(ZlibDecoder::new(&body[..]), limit) {
                    Ok(body) => body,
                    Err(_) => unpacked(DeflateDecoder::new(&body[..]), limit)?,
                },
                "br" => unpacked(brotli_decompressor::Decompressor::new(&body[..], 4096), limit)?,
                other => return Err(format!("content encoding {other} is not known; write the archive without it")),
            };
        }
        Ok(body)
    }
}

/// Unpacks what was packed; what came before an early end is kept, as browsers do.
fn unpacked(reader: impl Read, limit: u64) -> Result<Vec<u8>, String> {
    let mut out = vec![];
    match Bounded::new(reader, limit).read_to_end(&mut out) {
        Ok(_) => Ok(out),
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof && !out.is_empty() => Ok(out),
        Err(e) => Err(format!("its body cannot be unpacked ({e}); it may be damaged")),
    }
}

/// The chunks of a body joined; `None` when it is not in chunks. One cut off keeps what is there.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![];
    loop {
        let Some(end) = memchr::memchr(b'\n', body) else { return (!out.is_empty()).then_some(out) };
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(&body[..size.min(body.len())]);
        body = body.get(size..).unwrap_or_default();
        body = body.strip_prefix(b"\r\n").or(body.strip_prefix(b"\n")).unwrap_or(body);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        let fields = Fields::parse(b"Content-Type: Text/HTML; charset=x\r\nnonsense\r\nX: a\r\n  b\r\n: \r\n");
        assert_eq!(fields.media_type(), "text/html");
        assert_eq!(fields.get("x"), Some("a b"));
        assert_eq!(fields.get("y"), None);
    }

    #[test]
    fn chunks() {
        assert_eq!(joined(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n").unwrap(), b"abcde");
        assert_eq!(joined(b"ff\r\nabc").unwrap(), b"abc", "cut off");
        assert_eq!(joined(b"<html>\n"), None);
        assert_eq!(joined(b""), None);
        assert_eq!(joined(b"ffffffffffffffff\r\nabc").unwrap(), b"abc");
    }

    #[test]
    fn encodings_that_are_not_what_they_say() {
        let response = |head: &str, body: &str| {
            let bytes = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{body}");
            Response::parse(bytes.as_bytes()).unwrap().body(100)
        };
        assert_eq!(response("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", "<p>plain").unwrap(), b"<p>plain");
        assert!(response("Content-Encoding: zstd", "x").unwrap_err().starts_with("content encoding zstd"));
        assert!(response("Content-Encoding: br", "not brotli at all").is_err());
    }
}
