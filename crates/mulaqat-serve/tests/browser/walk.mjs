// Walks every page and flow of a running server in a real browser, with and without scripts, at phone and desk width, in both themes.
// `node walk.mjs BASE ENGAGEMENT ARTICLE HOSTILE`; prints what is wrong, a line each, and how much was looked at at the end.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [base, engagement, article, hostile] = process.argv.slice(2);
const INDIA = "/who/IND";
const PAGES = [
  ["/", 200], ["/timeline", 200], ["/timeline?country=IND&type=visit", 200], ["/timeline?person=nobody-of-this-name", 200], ["/timeline?as_of=2025-07-12&page=2", 200],
  [`/engagement/${engagement}`, 200], [`/engagement/${engagement}?as_of=2025-07-12`, 200],
  [`/article/${article}`, 200], [`/article/${article}?explain=1`, 200], [`/article/${hostile}`, 200], [`/article/${hostile}?explain=1`, 200],
  ["/who", 200], ["/who?kind=person&name=jaishankar", 200], ["/who?name=nobody-of-this-name", 200], [INDIA, 200],
  ["/network", 200], ["/network?context=economic&from=2025-01-01", 200], ["/network?from=1950-01-01&to=1950-01-02", 200],
  ["/coming", 200], ["/coming?as_of=2025-07-12", 200], ["/coming?month=2040-01", 200],
  ["/search", 200], ["/search?q=jaishankar", 200], ["/search?q=nothinglikeit", 200],
  ["/ask", 200], ["/ask?q=" + encodeURIComponent("जयशंकर चीन कब गए?"), 200], ["/ask?q=" + encodeURIComponent("<b>?"), 200],
  ["/read", 200], ["/api", 200],
  ["/nowhere", 404], ["/engagement/0000000000000000", 404], ["/article/none", 404], ["/who/none", 404], ["/timeline?from=never", 400], ["/timeline?status=odd", 400],
];
const problems = [];
let looked = 0, checked = 0;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"] });

async function visitor(options, where) {
  const context = await browser.newContext({ acceptDownloads: false, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const tell = (what) => problems.push(`${where()} ${what}`);
  page.on("console", (m) => {
    // a browser itself logs the status of a page that is meant to have one
    if (["error", "warning"].includes(m.type()) && !/status of 4\d\d/.test(m.text())) tell(`console: ${m.text()}`);
  });
  page.on("pageerror", (e) => tell(`error: ${e}`));
  page.on("dialog", (d) => { tell(`a dialog opened: ${d.message()}`); d.dismiss(); });
  page.on("request", (r) => { if (!r.url().startsWith(base)) tell(`asks outside: ${r.url()}`); });
  page.on("requestfailed", (r) => { if (r.failure()?.errorText !== "net::ERR_ABORTED") tell(`failed: ${r.url()} ${r.failure()?.errorText}`); });
  return { context, page, tell };
}

async function inspect(page, tell, scripts) {
  looked++;
  const wide = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  if (wide[0] > wide[1]) tell(`is ${wide[0]} px wide in a window of ${wide[1]}`);
  const inline = await page.evaluate(() => document.querySelectorAll("script:not([src]), style, [style]").length
    + [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length);
  if (inline) tell(`has ${inline} inline scripts or styles`);
  if (await page.evaluate(() => document.querySelectorAll("h1").length) !== 1) tell("has not one h1");
  if (!scripts) return;
  checked++;
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  for (const v of found.violations.filter((v) => ["serious", "critical"].includes(v.impact))) {
    for (const n of v.nodes.slice(0, 3)) tell(`axe ${v.impact} ${v.id}: ${n.target} ${n.html.slice(0, 160)} ${n.failureSummary.replace(/\s+/g, " ").slice(0, 240)}`);
  }
}

// scripts, width, theme, language; English where its words differ in length and where its names do
const SIGHTS = [
  [true, 390, "light", "hi"], [true, 390, "dark", "hi"], [true, 1440, "light", "hi"], [true, 1440, "dark", "hi"],
  [true, 390, "light", "en"], [true, 1440, "dark", "en"],
  [false, 390, "light", "hi"], [false, 390, "dark", "hi"], [false, 1440, "light", "hi"], [false, 1440, "dark", "hi"],
];

async function walk([scripts, width, theme, lang]) {
  let at = "";
  const where = () => `[${scripts ? "scripts" : "no scripts"} ${width} ${theme} ${lang}] ${at}`;
  const phone = width === 390;
  const { context, page, tell } = await visitor({
    viewport: { width, height: phone ? 844 : 900 }, colorScheme: theme, locale: lang === "hi" ? "hi-IN" : "en-IN",
    javaScriptEnabled: scripts, hasTouch: phone, isMobile: phone,
  }, where);
  for (const [path, status] of PAGES) {
    at = path;
    const answer = await page.goto(base + path);
    if (answer.status() !== status) tell(`has status ${answer.status()}, not ${status}`);
    const policy = answer.headers()["content-security-policy"] ?? "";
    if (!policy.includes("default-src 'none'") || policy.includes("unsafe")) tell(`has the policy ${policy}`);
    if (await page.getAttribute("html", "lang") !== lang) tell("is in the wrong language");
    await inspect(page, tell, scripts);
  }
  await flows(page, tell, scripts, phone, (p) => { at = p; }).catch((e) => tell(e.message.split("\n").slice(0, 4).join(" ")));
  await context.close();
}

const waiting = [...SIGHTS];
await Promise.all([1, 2, 3].map(async () => { while (waiting.length) await walk(waiting.shift()); }));

async function flows(page, tell, scripts, phone, at) {
  // a click returns before its page has come; what must hold then may take a moment
  const must = async (what, test) => {
    let said = "no";
    for (let n = 0; n < 50; n++) {
      try {
        if (await test()) return;
      } catch (e) {
        said = e.message.split("\n")[0];
      }
      await page.waitForTimeout(100);
    }
    tell(`${what}: ${said}`);
  };
  // search, from the front page to an article to a person
  at("flow: search");
  await page.goto(base + "/");
  await page.fill("#q", "jaishankar");
  await page.press("#q", "Enter");
  await must("search finds", async () => page.url().includes("/search?q=jaishankar") && await page.locator(".hits li").count() > 3);
  await page.click(".hits h3 a >> nth=0");
  await must("an article has marked names", async () => await page.locator(".text a.word.person").count() > 0);
  const word = page.locator(".text a.word").first();
  const of = await word.getAttribute("data-of");
  await word.click();
  await must("a name leads to its entry", async () => page.url().endsWith(`#${of}`) && await page.locator(`#${of}:target`).count() === 1);
  await page.locator(`#${of} .back`).click();
  await must("an entry leads back", async () => page.url().endsWith(`#${of}-0`));
  await page.locator("li.person a.name").first().click();
  await must("a person has engagements", async () => page.url().includes("/who/") && await page.locator(".rows .row").count() > 0);
  await page.locator(".rows .row h3 a").first().click();
  await must("an engagement has claims", async () => page.url().includes("/engagement/") && await page.locator(".claim").count() > 0);

  at("flow: filters");
  await page.goto(base + "/timeline");
  await page.fill("#f-country", "चीन");
  await page.click(".filters button");
  await must("the filter holds", async () => page.url().includes("country=") && await page.locator("#results .row").count() > 2);
  const links = await page.locator("#results .row h3 a").count();
  await page.fill("#f-as-of", "2020-01-01");
  await page.click(".filters button");
  await must("an early day knows less", async () => page.url().includes("as_of=2020-01-01") && await page.locator("#results .row").count() < links && await page.locator(".banner").count() === 1);

  at("flow: matrix");
  await page.goto(base + "/network");
  const joined = page.locator(".matrix tbody td a").first();
  const times = Number(await joined.innerText());
  await joined.click();
  // the picture leaves out what did not take place
  await must("a cell leads to its engagements", async () => page.url().includes("with=") && times > 0 && await page.locator("#results .row").count() >= Math.min(times, 40));

  at("flow: paste");
  await page.goto(base + "/read");
  await page.fill("#p-text", "विदेश मंत्री एस. जयशंकर ने मंगलवार को बीजिंग में चीन के विदेश मंत्री वांग यी से मुलाकात की। <script>alert(1)</script>");
  await page.fill("#p-published", "2025-07-16");
  await page.click(".paste button");
  await must("the pasted article is read", async () => await page.locator(".found li.event").count() === 1 && await page.locator(".text").innerText().then((t) => t.includes("<script>alert(1)</script>")));
  await inspect(page, tell, scripts);

  at("flow: ask");
  await page.goto(base + "/");
  await page.fill("#q", "जयशंकर चीन कब गए?");
  await page.click(".askbox .second");
  await must("a question is answered", async () => page.url().includes("/ask?q=") && await page.locator(".answer").count() === 1);

  at("flow: theme and language");
  await page.goto(base + "/coming");
  const lang = await page.getAttribute("html", "lang");
  await page.click(".prefs .lang");
  await page.goto(base + "/timeline");
  await must("the language is kept", async () => await page.getAttribute("html", "lang") !== lang);
  await page.click(".prefs .lang");
  for (const theme of ["dark", "light"]) {
    await page.click(`.themes a[href*="theme=${theme}"]`);
    await page.goto(base + "/coming");
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await must(`${theme} is kept`, async () => await page.getAttribute("html", "data-theme") === theme && (paper === "rgb(15, 20, 26)") === (theme === "dark"));
  }
  await page.click('.themes a[href*="theme=auto"]');

  if (!phone) {
    at("flow: keyboard");
    await page.goto(base + "/");
    await page.keyboard.press("Tab");
    await must("the first stop skips to the content", async () => await page.evaluate(() => document.activeElement.matches(".skip") && getComputedStyle(document.activeElement).outlineStyle !== "none"));
    await page.keyboard.press("Enter");
    await must("and goes there", async () => page.url().endsWith("#main"));
  }
  if (!scripts) return;
  at("flow: slider");
  await page.goto(base + "/timeline");
  const before = await page.locator("#results").innerText();
  await page.focus("#as-of-slide");
  await page.keyboard.press("Home");
  await page.waitForFunction((b) => document.getElementById("results").innerText !== b, before, { timeout: 5000 }).catch(() => tell("the slider changes nothing"));
  await must("the address follows", async () => page.url().includes("as_of="));

  if (phone) return;
  at("flow: marks");
  await page.goto(`${base}/article/${article}`);
  await page.hover(".text a.word.person >> nth=0");
  await must("what belongs together lights up", async () => await page.locator(".found .lit").count() > 0);
  at("flow: network");
  await page.goto(base + "/network");
  const node = page.locator(".network .node").first();
  const was = await node.getAttribute("transform");
  await node.scrollIntoViewIfNeeded();
  const box = await node.locator("circle").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await must("its neighbours light up", async () => await page.locator(".network .node.lit").count() > 1);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 50, { steps: 5 });
  await page.mouse.up();
  await must("a point can be pulled", async () => await node.getAttribute("transform") !== was && page.url().endsWith("/network"));
}

// how much the front page weighs, with all that it needs
{
  const { context, page } = await visitor({}, () => "weight");
  const bodies = [];
  page.on("response", (r) => bodies.push(r.body()));
  await page.goto(base + "/", { waitUntil: "networkidle" });
  const bytes = (await Promise.all(bodies)).reduce((sum, b) => sum + b.length, 0);
  console.log(`the front page weighs ${bytes} bytes`);
  if (bytes >= 150_000 || bytes < 10_000) problems.push(`the front page weighs ${bytes} bytes`);
  await context.close();
}
await browser.close();
for (const p of new Set(problems)) console.log(p);
console.log(`looked at ${looked} pages, ${checked} of them with axe; ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
