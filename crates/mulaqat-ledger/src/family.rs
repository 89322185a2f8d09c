//! Families of reprints: documents that share most of their running text have one source.
//!
//! MinHash over shingles of folded words, with bands to find candidates. SimHash was the alternative: it compares whole documents
//! cheaply, but a reprint that drops the last third of a story moves it beyond any useful distance, while the share of common shingles —
//! what MinHash estimates — falls to two thirds, far above the few percent of two reports that were written independently.

use crate::day::Day;
use crate::hash;
use mulaqat::lookup;

/// Words in a shingle: long enough that stock phrases of the trade seldom fill one.
const SHINGLE: usize = 4;
const BANDS: usize = 16;
const ROWS: usize = 3;
const HASHES: usize = BANDS * ROWS;
/// Share of common shingles from which two documents are of one family.
const SHARE: f64 = 0.5;

/// Days within which a copy is reprinted; the same words later are a new report.
pub const REPRINTED: Day = 14;

/// The sketch of a text, 16 bits a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch(Vec<u16>);

impl Sketch {
    /// `None` for a text too short to tell a reprint by.
    pub fn new(text: &str) -> Option<Sketch> {
        let words: Vec<u64> = lookup::words(text).map(|w| hash::quick(&w)).collect();
        if words.len() < 3 * SHINGLE {
            return None;
        }
        let mut least = [u64::MAX; HASHES];
        for s in words.windows(SHINGLE) {
            let h = s.iter().fold(0u64, |h, w| hash::mix(h.rotate_left(17) ^ w));
            // one pass by double hashing: the n-th function is a + n·b
            let (a, b) = (h, hash::mix(h) | 1);
            for (n, l) in least.iter_mut().enumerate() {
                *l = (*l).min(hash::mix(a.wrapping_add(b.wrapping_mul(n as u64))));
            }
        }
        Some(Sketch(least.iter().map(|h| *h as u16).collect()))
    }

    /// Keys of the bands of a report of a day: documents of a family share at least one, nearly always. The period of the report stands
    /// in the upper bits, so that what is written together lies together on the disk, however large the ledger.
    pub fn bands(&self, day: Day) -> impl Iterator<Item = i64> + '_ {
        let period = i64::from(day.div_euclid(REPRINTED));
        self.0.chunks(ROWS).enumerate().map(move |(n, rows)| {
            let h = rows.iter().fold(n as u64 + 1, |h, r| hash::mix(h ^ (u64::from(*r) << 8)));
            (period << 40) | (h >> 24) as i64
        })
    }

    /// Where bands of documents that may be reprints of this one are found: in its period and those beside it.
    pub fn candidates(&self, day: Day) -> impl Iterator<Item = i64> + '_ {
        [-REPRINTED, 0, REPRINTED].into_iter().flat_map(move |off| self.bands(day.saturating_add(off)))
    }

    /// One story, as far as the sketches tell.
    pub fn same_story(&self, other: &Sketch) -> bool {
        let same = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        same as f64 >= SHARE * HASHES as f64
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|h| h.to_le_bytes()).collect()
    }

    pub fn from_bytes(b: &[u8]) -> Option<Sketch> {
        (b.len() == 2 * HASHES).then(|| Sketch(b.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "भारत के विदेश मंत्री एस. जयशंकर ने मंगलवार को बीजिंग में चीन के विदेश मंत्री वांग यी से मुलाकात की। दोनों नेताओं ने सीमा पर शांति बनाए रखने और \
        व्यापार बढ़ाने पर चर्चा की। जयशंकर ने कहा कि दोनों देशों के संबंध सुधर रहे हैं और सीधी उड़ानें फिर शुरू होंगी। बैठक करीब दो घंटे चली।";

    #[test]
    fn reprints_are_a_family() {
        let s = |t: &str| Sketch::new(t).unwrap();
        let cut: String = STORY.split('।').take(3).collect::<Vec<_>>().join("।");
        let other = STORY.replace("मुलाकात", "मुलाक़ात").replace("बीजिंग", "बीजिंग,");
        assert!(s(STORY).same_story(&s(&other)));
        assert!(s(STORY).same_story(&s(&format!("नई दिल्ली, 15 जुलाई (भाषा) {cut}"))));
        let apart = "रूस के राष्ट्रपति व्लादिमीर पुतिन दिसंबर में भारत आएंगे और प्रधानमंत्री नरेंद्र मोदी के साथ शिखर बैठक करेंगे, ऐसा क्रेमलिन ने कहा है।";
        assert!(!s(STORY).same_story(&s(apart)));
        assert_eq!(Sketch::from_bytes(&s(STORY).bytes()), Some(s(STORY)));
    }
}
