// Makes pages quicker to use; every page works without it.
"use strict";

// What stands in the text and what is said of it light up together.
function joinMarks() {
  const marked = [...document.querySelectorAll("[data-of]")];
  if (!marked.length) return;
  const light = (ids, on) => {
    for (const m of marked) {
      if (on && m.dataset.of.split(" ").some((id) => ids.includes(id))) m.classList.add("lit");
      else m.classList.remove("lit");
    }
  };
  const ids = (target) => {
    const m = target instanceof Element && target.closest("[data-of]");
    return m ? m.dataset.of.split(" ") : null;
  };
  for (const [enter, leave] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(enter, (e) => { const of = ids(e.target); if (of) light(of, true); });
    document.addEventListener(leave, (e) => { if (ids(e.target)) light([], false); });
  }
}

// The day on which the ledger is looked at, as a slider; results come without loading the page.
function slideDays() {
  const field = document.querySelector(".asof");
  const results = document.getElementById("results");
  if (!field || !field.dataset.first || !results) return;
  const date = field.querySelector("input");
  const form = date.form;
  const day = (s) => Math.round(Date.parse(s + "T00:00:00Z") / 864e5);
  const iso = (n) => new Date(n * 864e5).toISOString().slice(0, 10);
  const first = day(field.dataset.first), last = day(field.dataset.last);
  if (!(last > first)) return;
  const box = document.createElement("div");
  box.className = "slide";
  const label = document.createElement("label");
  label.textContent = field.querySelector("label").textContent + " ";
  label.htmlFor = "as-of-slide";
  const shown = document.createElement("output");
  label.append(shown);
  const slide = document.createElement("input");
  Object.assign(slide, { type: "range", id: "as-of-slide", min: first, max: last, value: date.value ? day(date.value) : last });
  const written = new Intl.DateTimeFormat(document.documentElement.lang + "-IN", { dateStyle: "long", timeZone: "UTC" });
  const tell = () => {
    shown.textContent = written.format(new Date(slide.value * 864e5));
    slide.setAttribute("aria-valuetext", shown.textContent);
  };
  tell();
  box.append(label, slide);
  form.querySelector(".fields").after(box);
  let asked = 0;
  const show = async () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, v]) => v));
    const address = form.getAttribute("action") + (query.size ? "?" + query : "");
    const mine = ++asked;
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("results");
    if (mine !== asked || !fresh) return;
    results.replaceChildren(...fresh.childNodes);
    history.replaceState(null, "", address);
  };
  let wait;
  slide.addEventListener("input", () => {
    date.value = Number(slide.value) === last ? "" : iso(Number(slide.value));
    tell();
    clearTimeout(wait);
    wait = setTimeout(show, 150);
  });
}

// Points of the network can be pulled apart; one that is pointed at shows whom it met.
function network() {
  const svg = document.querySelector("svg.network");
  if (!svg) return;
  const nodes = [...svg.querySelectorAll("[data-node]")];
  const lines = [...svg.querySelectorAll("line[data-a]")];
  const at = nodes.map((n) => n.transform.baseVal.getItem(0).matrix).map((m) => ({ x: m.e, y: m.f }));
  const light = (n) => {
    svg.classList.toggle("some", n !== null);
    const near = new Set([n]);
    for (const l of lines) {
      const joined = n !== null && (Number(l.dataset.a) === n || Number(l.dataset.b) === n);
      l.classList.toggle("lit", joined);
      if (joined) { near.add(Number(l.dataset.a)); near.add(Number(l.dataset.b)); }
    }
    nodes.forEach((m, i) => m.classList.toggle("lit", n !== null && near.has(i)));
  };
  const place = (n) => {
    nodes[n].setAttribute("transform", `translate(${at[n].x} ${at[n].y})`);
    for (const l of lines) {
      if (Number(l.dataset.a) === n) { l.setAttribute("x1", at[n].x); l.setAttribute("y1", at[n].y); }
      if (Number(l.dataset.b) === n) { l.setAttribute("x2", at[n].x); l.setAttribute("y2", at[n].y); }
    }
  };
  nodes.forEach((node, n) => {
    node.addEventListener("mouseenter", () => light(n));
    node.addEventListener("mouseleave", () => light(null));
    node.addEventListener("focus", () => light(n));
    node.addEventListener("blur", () => light(null));
    node.addEventListener("dragstart", (e) => e.preventDefault());
    let from = null, moved = false;
    node.addEventListener("pointerdown", (e) => {
      // a finger scrolls; a mouse or pen pulls
      if (e.pointerType === "touch" || e.button !== 0) return;
      from = { x: e.clientX, y: e.clientY, at: { ...at[n] } };
      moved = false;
    });
    node.addEventListener("pointermove", (e) => {
      if (!from) return;
      const scale = svg.viewBox.baseVal.width / svg.clientWidth;
      const dx = (e.clientX - from.x) * scale, dy = (e.clientY - from.y) * scale;
      if (!moved && Math.hypot(dx, dy) < 5) return;
      if (!moved) node.setPointerCapture(e.pointerId);
      moved = true;
      at[n] = { x: from.at.x + dx, y: from.at.y + dy };
      place(n);
    });
    node.addEventListener("pointerup", () => { from = null; });
    node.addEventListener("pointercancel", () => { from = null; });
    // what was pulled was not clicked
    node.addEventListener("click", (e) => { if (moved) e.preventDefault(); moved = false; });
  });
}

joinMarks();
slideDays();
network();
