//! Foreign text as text: markup is escaped (by maud), and characters that would act are made visible.

use maud::{Escaper, Markup, Render, html};
use std::borrow::Cow;
use std::fmt::Write;

/// Text of articles, publishers, askers: anything that is not ours.
pub struct Text<'t>(pub &'t str);

impl Render for Text<'_> {
    fn render_to(&self, out: &mut String) {
        let _ = Escaper::new(out).write_str(&visible(self.0));
    }
}

/// Text whose direction is its own: what stands beside it is not drawn in.
pub fn bdi(s: &str) -> Markup {
    html! { bdi { (Text(s)) } }
}

/// Control characters as their pictures; marks of direction, tags and the like as U+FFFD. The joiners of Indic scripts stay.
pub fn visible(s: &str) -> Cow<'_, str> {
    if !s.chars().any(acts) {
        return s.into();
    }
    s.chars().map(shown).collect::<String>().into()
}

/// The character that stands for another where it would act.
pub fn shown(c: char) -> char {
    match c {
        _ if !acts(c) => c,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ => '\u{fffd}',
    }
}

fn acts(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        // direction: marks, embeddings, overrides, isolates
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => true,
        // line and paragraph separators, byte order mark, interlinear annotation, tags, what is no character
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        '\u{fdd0}'..='\u{fdef}' => true,
        c => u32::from(c) & 0xfffe == 0xfffe,
    }
}

/// The address, when a browser may be sent there.
pub fn web(url: &str) -> Option<&str> {
    let lower = url.get(..8)?.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts() {
        let text = |s| Text(s).render().into_string();
        assert_eq!(text("<script>alert(\"1\")</script>&"), "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;");
        assert_eq!(text("a\u{202e}b\u{1b}[31m\u{0}"), "a\u{fffd}b\u{241b}[31m\u{2400}");
        assert_eq!(text("क्‍ष ज़"), "क्‍ष ज़");
        assert_eq!(web("javascript:alert(1)"), None);
        assert_eq!(web("HTTPS://x.example/"), Some("HTTPS://x.example/"));
        assert_eq!(web("http"), None);
    }
}
