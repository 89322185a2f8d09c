//! docs/accuracy.md tells what the engine does.
//!
//! Its hand-written parts must stand there to the letter. Of its figures those by layer are compared, and may be off by
//! [`SLACK`]: were every letter compared, no two changes of the engine could land side by side without meeting in this page,
//! while a page that is a hundredth off misleads nobody. `cargo xtask accuracy --check` compares every letter.

#[path = "../examples/accuracy/mistakes.rs"]
mod mistakes;
#[path = "../examples/accuracy/page.rs"]
mod page;
#[path = "../examples/accuracy/sets.rs"]
mod sets;

const SLACK: f64 = 0.02;

/// The page before the section of figures, and the lines of that section.
fn layers(page: &str) -> (&str, Vec<&str>) {
    let (before, rest) = page.split_once("\n## By layer\n").expect("the page has its section of layers");
    (before, rest.split("\n## ").next().unwrap_or(rest).lines().collect())
}

/// Same words, and numbers alike.
fn alike(a: &str, b: &str) -> bool {
    let cells = |l: &str| l.split('|').map(|c| c.trim().to_string()).collect::<Vec<_>>();
    let (a, b) = (cells(a), cells(b));
    let near = |a: &String, b: &String| a == b || matches!((a.parse::<f64>(), b.parse::<f64>()), (Ok(x), Ok(y)) if (x - y).abs() <= SLACK);
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| near(a, b))
}

#[test]
fn the_page_tells_what_the_engine_does() {
    let now = page::write();
    let page = sets::text(&sets::root().join("docs/accuracy.md"));
    let ((intro, figures), (intro_now, figures_now)) = (layers(&page), layers(&now));
    let limits = sets::text(&sets::root().join("docs/accuracy.limits.md"));
    assert!(intro == intro_now && page.ends_with(&limits), "a hand-written part changed; run cargo xtask accuracy");
    let off: Vec<String> = figures
        .iter()
        .zip(&figures_now)
        .filter(|(a, b)| !alike(a, b))
        .map(|(a, b)| format!("stands there {a}\nis now       {b}"))
        .collect();
    assert!(
        off.is_empty() && figures.len() == figures_now.len(),
        "docs/accuracy.md is out of date; run cargo xtask accuracy\n{}",
        off.join("\n")
    );
}
