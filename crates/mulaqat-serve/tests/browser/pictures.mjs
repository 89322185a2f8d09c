// Takes the pictures in docs/ of a running server: `node pictures.mjs BASE FOLDER ENGAGEMENT ARTICLE PERSON`.
import { chromium } from "playwright-core";

const [base, folder, engagement, article, person] = process.argv.slice(2);
const PICTURES = [
  ["front", "/", "light", "en", 1280, 900],
  ["engagement", `/engagement/${engagement}`, "light", "en", 1280, 1000],
  ["article", `/article/${article}`, "light", "hi", 1280, 760],
  ["network", "/network", "dark", "en", 1280, 1000],
  ["person", `/who/${encodeURIComponent(person)}`, "light", "hi", 1280, 800],
  ["ask", "/ask?q=" + encodeURIComponent("When did Jaishankar visit China?"), "light", "en", 1280, 860],
  ["phone", "/", "dark", "hi", 390, 844],
  ["phone-engagement", `/engagement/${engagement}`, "light", "hi", 390, 844],
];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
for (const [name, path, theme, lang, width, height] of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme, locale: `${lang}-IN` });
  await page.goto(base + path, { waitUntil: "networkidle" });
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.close();
}
await browser.close();
