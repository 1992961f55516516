// Opens the pages in Chromium and looks whether they are what they promise: they ask the
// network for nothing, their scripts run without a complaint, filters and tooltips work,
// they fit a telephone, they can be read in the dark, printed whole, and by everybody.
//
//   node scripts/page_in_chromium.mjs MODULES CHROMIUM REPORT.html COMPARISON.html COURSE.html
//
// MODULES is a directory where playwright-core and axe-core are installed (`.ci/run page`
// does that). Ends with 1 and says what is wrong where anything is.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, executablePath, report, comparison, course] = process.argv.slice(2);
const require = createRequire(path.resolve(modules, "package.json"));
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const wrong = [];
const check = (page, what, sound, found = "") => {
  if (!sound) wrong.push(`${page}: ${what}${found === "" ? "" : ` (${found})`}`);
};

const browser = await chromium.launch({
  executablePath,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

/** Opens a file and notes every complaint and every request. */
const open = async (file, { width = 1280, ...rest } = {}) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...rest });
  const page = await context.newPage();
  const name = `${path.basename(file)} at ${width}`;
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) check(name, message.text(), false);
  });
  page.on("pageerror", (error) => check(name, error.message, false));
  const url = pathToFileURL(path.resolve(file)).href;
  page.on("request", (request) => check(name, "asks for something", request.url() === url, request.url()));
  page.setDefaultTimeout(5000);
  await page.goto(url);
  return { page, name, close: () => context.close() };
};

/** Runs a part; what cannot be done at all is wrong too, and the rest is still looked at. */
const part = async (what, run) => {
  try {
    await run();
  } catch (error) {
    check(what, error.message.split("\n")[0], false);
  }
};

const count = (page, selector) => page.locator(selector).count();
const shown = (page, selector) =>
  page.evaluate(
    (all) => [...document.querySelectorAll(all)].filter((one) => one.checkVisibility()).length,
    selector,
  );

/** Texts of a drawing that lie on each other, or are cut off at their window's edge. */
const collisions = (page) =>
  page.evaluate(() => {
    const found = [];
    for (const drawing of document.querySelectorAll("svg.drawing")) {
      if (!drawing.getClientRects().length) continue;
      for (const panel of drawing.querySelectorAll("svg")) {
        const frame = panel.getBoundingClientRect();
        const texts = [...panel.querySelectorAll(":scope > text")].map((text) => ({
          text: text.textContent,
          box: text.getBoundingClientRect(),
        }));
        texts.forEach(({ text, box }, i) => {
          const [x, y, width, height] = panel.getAttribute("viewBox").split(" ").map(Number);
          const scale = drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
          const left = drawing.getBoundingClientRect().left + x * scale;
          const top = drawing.getBoundingClientRect().top + y * scale;
          const over =
            Math.max(left - box.left, box.right - left - width * scale) > 1.5 ||
            Math.max(top - box.top, box.bottom - top - height * scale) > 3.5;
          if (over) found.push(`“${text}” is cut off`);
          for (const other of texts.slice(0, i)) {
            const across =
              Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
            const down =
              Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
            // Boxes have room above and below the letters.
            const line = Math.min(box.height, other.box.height);
            if (across > 1 && down > 0.4 * line) found.push(`“${text}” on “${other.text}”`);
          }
        });
      }
    }
    return found;
  });

/** What is checked of every page at every width and in every light. */
const looks = async (file, options) => {
  const { page, name, close } = await open(file, options);
  const label = options.colorScheme === "dark" ? `${name}, dark` : name;
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  check(label, "scrolls sideways", wide <= 0, `${wide} px`);
  // What a line follows has a chart and no map.
  const drawn =
    file === course ? ".chart svg.drawing .run" : ".map svg.drawing path.land, .map svg.drawing path.new";
  check(label, `has no ${file === course ? "chart" : "map"}`, (await shown(page, drawn)) > 0);
  for (const collision of new Set(await collisions(page))) check(label, collision, false);
  // Content policy forbids scripts of others; the debugger may.
  await page.evaluate(axe);
  // Everything else that axe finds out about thousands of signs takes longer to report than
  // to find.
  const violations = await page.evaluate(async () => {
    const runOnly = ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"];
    return (await axe.run(document, { runOnly, resultTypes: ["violations"] })).violations;
  });
  for (const { id, nodes } of violations) {
    const where = nodes.slice(0, 3).map((node) => `${node.target.join(" ")}: ${node.any.map((one) => one.message).join("; ")}`);
    check(label, `axe ${id}, ${nodes.length} places`, false, where.join(" | "));
  }
  await close();
};

for (const file of [report, comparison, course]) {
  for (const width of [375, 900, 1440]) {
    await part("looks", () => looks(file, { width, colorScheme: "light" }));
  }
  await part("looks", () => looks(file, { width: 1440, colorScheme: "dark" }));
}

// The findings can be filtered, and come back.
await part("findings", async () => {
  const { page, name, close } = await open(report);
  const all = await count(page, ".finding");
  const of = (verdict) => count(page, `.finding.${verdict}`);
  check(name, "shows all findings at first", (await shown(page, ".finding")) === all && all > 0, all);
  await page.uncheck(".of-findings input[value=consistent]");
  const rest = all - (await of("consistent"));
  check(name, "hides consistent findings", (await shown(page, ".finding")) === rest, rest);
  const label = await page.textContent(".of-findings output");
  check(name, "counts what is shown", label === `${rest} of ${all} findings`, label);
  await page.fill(".of-findings input[type=search]", "no finding has these words");
  check(name, "finds nothing", (await shown(page, ".finding")) === 0);
  await page.click(".of-findings button[type=reset]");
  await page.waitForTimeout(50);
  check(name, "shows all again", (await shown(page, ".finding")) === all);
  await page.selectOption(".of-findings select[name=severity]", "error");
  const errors = await count(page, ".finding.error");
  check(name, "filters by severity", (await shown(page, ".finding")) === errors && errors < all);
  await page.click(".counts a[data-verdict=undecided]");
  await page.selectOption(".of-findings select[name=severity]", "");
  check(name, "the counts lead to findings", (await shown(page, ".finding")) === (await of("undecided")));
  await close();
});

// The map can be filtered, and answers to the pointer and to the keyboard.
await part("map", async () => {
  const { page, name, close } = await open(report);
  const rivers = await count(page, ".map .wide .river[data-piece]");
  await page.selectOption(".of-map select[name=surface]", "river");
  const bright = await count(page, ".map .wide [data-piece]:not(.off)");
  check(name, "shows the rivers alone", bright === rivers && rivers > 0, `${bright} of ${rivers}`);
  const label = await page.textContent(".of-map output");
  check(name, "says how long they are", /^\d+ stretches, \d[\d,]* km$/.test(label), label);
  await page.click(".of-map button[type=reset]");
  await page.waitForTimeout(50);
  check(name, "shows all of the line again", (await count(page, ".map .off")) === 0);

  const tip = page.locator(".tip");
  check(name, "says nothing at first", await tip.isHidden());
  const place = await page.evaluate(() => {
    // A target whose middle is not covered by a sign.
    for (const target of document.querySelectorAll(".map .wide .target")) {
      const along = target.getPointAtLength(target.getTotalLength() / 3);
      const { x, y } = new DOMPoint(along.x, along.y).matrixTransform(target.getScreenCTM());
      if (document.elementFromPoint(x, y) === target) return { x, y };
    }
    return null;
  });
  check(name, "has a stretch one can point at", place !== null);
  if (place) {
    await page.mouse.move(place.x, place.y);
    check(name, "shows what one points at", await tip.isVisible());
    const facts = await page.locator(".tip > *").allTextContents();
    check(name, "says name, length, land or water, instrument", facts.length >= 4 && facts.some((fact) => / km$/.test(fact)), facts.join(", "));
    check(name, "lights the stretch", (await count(page, ".map .lit")) > 0);
    await page.mouse.move(5, 5);
    check(name, "is silent when one points elsewhere", await tip.isHidden());
  }
  const stops = await count(page, ".map .wide svg.drawing [tabindex='0']");
  check(name, "is one stop of the tab key", stops === 1, stops);
  await page.locator(".map .wide svg.drawing [tabindex='0']").focus();
  await page.keyboard.press("ArrowRight");
  check(name, "shows what the arrow keys reach", await tip.isVisible());
  await page.keyboard.press("Escape");
  check(name, "is silent after Escape", await tip.isHidden());
  await close();
});

// Without scripts everything is there.
await part("without scripts", async () => {
  const { page, name, close } = await open(report, { javaScriptEnabled: false });
  const all = await count(page, ".finding");
  check(name, "shows all findings without scripts", (await shown(page, ".finding")) === all && all > 0);
  check(name, "keeps filters that cannot work away", (await shown(page, ".filter")) === 0);
  check(name, "has titles on the map", (await count(page, ".map path > title")) > 0);
  await close();
});

// Printed, nothing is missing, whatever was filtered before.
const printed = async (file) => {
  const { page, name, close } = await open(file);
  if (file === report) {
    await page.uncheck(".of-findings input[value=consistent]");
    await page.selectOption(".of-map select[name=surface]", "river");
  }
  await page.emulateMedia({ media: "print" });
  for (const what of ["main section", ".finding", "tbody tr", ".wide svg.drawing", ".timeline li"]) {
    const [all, seen] = [await count(page, what), await shown(page, what)];
    check(name, `prints every ${what}`, all === seen, `${seen} of ${all}`);
  }
  check(name, "prints no filter", (await shown(page, ".filter, nav, .tip")) === 0);
  const faded = await page.evaluate(
    () => [...document.querySelectorAll(".map .off")].filter((line) => getComputedStyle(line).opacity !== "1").length,
  );
  check(name, "prints the whole line", faded === 0, faded);
  const cut = await page.evaluate(
    () => [...document.querySelectorAll(".scroll")].filter((box) => box.scrollWidth > box.clientWidth + 1).length,
  );
  check(name, "prints tables whole", cut === 0, cut);
  const pdf = await page.pdf({ format: "A4" });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
  check(name, "prints on paper", pages.length > 1, `${pages.length} pages`);
  await close();
};
for (const file of [report, comparison, course]) await part("print", () => printed(file));

await browser.close();
if (wrong.length) {
  console.error(wrong.map((one) => `page: ${one}`).join("\n"));
  process.exit(1);
}
console.log("page: report and comparison are sound in Chromium");
