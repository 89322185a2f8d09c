//! The frame of every page: head, navigation, search, footer.

use crate::assets::version;
use crate::reply::Reply;
use crate::text::Text;
use crate::visit::{Theme, Visit};
use crate::words::Lang;
use maud::{DOCTYPE, Markup, html};

/// The places of the navigation, by path and words.
const PLACES: [(&str, &str); 6] = [
    ("/timeline", "nav.timeline"),
    ("/coming", "nav.coming"),
    ("/network", "nav.network"),
    ("/who", "nav.who"),
    ("/ask", "nav.ask"),
    ("/read", "nav.read"),
];

/// A page with a title.
pub fn page(v: &Visit, title: &str, body: Markup) -> Reply {
    Reply::html(frame(v, title, body))
}

pub fn frame(v: &Visit, title: &str, body: Markup) -> Markup {
    let lang = v.lang.code();
    html! {
        (DOCTYPE)
        html lang=(lang) data-theme=(v.theme.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content=(match v.theme { Theme::Auto => "light dark", t => t.code() });
                title { @if !title.is_empty() { (Text(title)) " · " } (v.t("site.name")) }
                link rel="stylesheet" href={ "/assets/style.css?v=" (version()) };
                link rel="icon" type="image/svg+xml" href={ "/assets/icon.svg?v=" (version()) };
                link rel="alternate" type="application/atom+xml" href="/changes.atom" title=(v.t("front.changed"));
                script src={ "/assets/script.js?v=" (version()) } defer {}
            }
            body {
                a.skip href="#main" { (v.t("nav.skip")) }
                header.top {
                    div.wrap {
                        a.brand href="/" { (mark()) span lang="hi" { (crate::words::say(Lang::Hi, "site.name")) } span.hidden { ": " (v.t("nav.home")) } }
                        nav.places aria-label=(v.t("nav.places")) {
                            ul {
                                @for (path, key) in PLACES {
                                    li { a href=(path) aria-current=[here(v, path)] { (crate::words::find(v.lang, key).unwrap_or(key)) } }
                                }
                            }
                        }
                        div.prefs {
                            a.lang href=(v.here("lang", v.lang.other().code())) lang=(v.lang.other().code()) hreflang=(v.lang.other().code()) {
                                (crate::words::say(v.lang.other(), "lang.own"))
                            }
                            (themes(v))
                        }
                    }
                }
                main #main tabindex="-1" { div.wrap { (body) } }
                footer.foot {
                    div.wrap {
                        p { (v.t("foot.about")) }
                        ul {
                            li { a href="/changes.atom" { (v.t("foot.atom")) } }
                            li { a href="/upcoming.ics" { (v.t("foot.ics")) } }
                            li { a href="/api" { (v.t("foot.api")) } }
                        }
                    }
                }
            }
        }
    }
}

fn here(v: &Visit, path: &str) -> Option<&'static str> {
    if v.path == path {
        return Some("page");
    }
    v.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')).then_some("true")
}

/// Two circles that meet.
fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 32 20" width="32" height="20" aria-hidden="true" focusable="false" {
            circle.one cx="11" cy="10" r="8.5" {}
            circle.two cx="21" cy="10" r="8.5" {}
        }
    }
}

fn themes(v: &Visit) -> Markup {
    html! {
        ul.themes aria-label=(v.t("theme.label")) {
            @for t in Theme::ALL {
                li {
                    a href=(v.here("theme", t.code())) aria-current=[(t == v.theme).then_some("true")] title=(v.term("theme", t.code())) {
                        span.hidden { (v.term("theme", t.code())) }
                        (sign(t))
                    }
                }
            }
        }
    }
}

fn sign(t: Theme) -> Markup {
    html! {
        svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" {
            @match t {
                Theme::Auto => { circle.line cx="8" cy="8" r="5.5" {} path.full d="M8 2.5a5.5 5.5 0 0 1 0 11z" {} }
                Theme::Light => { circle.full cx="8" cy="8" r="3" {} path.line d="M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.5 1.5M11.5 11.5 13 13M3 13l1.5-1.5M11.5 4.5 13 3" {} }
                Theme::Dark => { path.full d="M13 10.5A6 6 0 0 1 5.5 3a5.5 5.5 0 1 0 7.5 7.5z" {} }
            }
        }
    }
}
