// What the browser tests share: Chromium, signing in, and lines for tests/run.
const fs = require("fs");
const { chromium } = require("playwright-core");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const about = JSON.parse(process.env.PAGES);
const desktop = { width: 1280, height: 900 }, phone = { width: 360, height: 740 };
const counts = { passed: 0, failed: 0 };

// As root, Chromium has no sandbox; the rest keeps it from asking for anything elsewhere.
const flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", ...(process.getuid() === 0 ? ["--no-sandbox"] : [])];

async function start() {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
}

function demand(is, words) {
  if (!is)
    throw new Error(words);
}

async function test(name, body) {
  try {
    await body();
    counts.passed++;
    console.log(`ok browser ${name}`);
  } catch (error) {
    counts.failed++;
    console.log(`FAILED browser ${name}\n${error.message}`);
  }
}

// A page in a browser of its own that tells what went wrong in it: `complaints`.
async function page_new(browser, options) {
  const context = await browser.newContext({ viewport: desktop, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  page.complaints = [];
  page.on("console", (message) => {
    const is_status = message.text().startsWith("Failed to load resource");
    if (["error", "warning"].includes(message.type()) && !is_status)
      page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(about.site + "/"))
      page.complaints.push(`it asks elsewhere: ${request.url()}`);
  });
  return page;
}

// What axe has against the page as it is.
async function barriers(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "target-size": { enabled: true } },
  }));
  return found.violations.map((each) =>
    `${each.id}: ${each.help}\n${each.nodes.slice(0, 3).map((node) => "    " + node.html).join("\n")}`);
}

// Each link lets in once.
function link_for(login) {
  return about.site + about.links[login].pop();
}

async function sign_in(browser, login, options) {
  const page = await page_new(browser, options);
  await page.goto(link_for(login));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator(".ithaca-header__button").first().waitFor({ state: "attached" }); // folded on a phone
  return page;
}

// Runs `tests(browser)`; the last line tells run.py how many passed.
function run(tests) {
  (async () => {
    const browser = await start();
    try {
      await tests(browser);
    } catch (error) {
      counts.failed++;
      console.log(`FAILED browser: ${error.stack}`);
    }
    await browser.close();
    console.log(JSON.stringify(counts));
  })();
}

module.exports = { about, barriers, demand, desktop, link_for, page_new, phone, run, sign_in, test };
