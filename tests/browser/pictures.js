// Pictures of the demo's pages, on a desk and on a phone: small files, for the README and docs/using.md.
const fs = require("fs");
const path = require("path");
const { about, demand, desktop, page_new, phone, run, test } = require("./browser.js");

const BYTES_MOST = 150 * 1024;

// The top of the page, and as much below it as the file may hold.
async function picture(page, name) {
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  const width = page.viewportSize().width;
  let height = Math.min(whole, width === phone.width ? 1100 : 1000), bytes;
  do {
    bytes = await page.screenshot({ fullPage: true, clip: { x: 0, y: 0, width, height } });
    height = Math.floor(height * 0.9);
  } while (bytes.length > BYTES_MOST && height > 300);
  demand(bytes.length <= BYTES_MOST, `${name} has ${bytes.length} bytes`);
  fs.writeFileSync(path.join(about.folder, name), bytes);
}

run(async (browser) => {
  fs.mkdirSync(about.folder, { recursive: true });
  const page = await page_new(browser);
  await page.goto(about.site + about.links.demo[0]);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "What matters most" }).waitFor();
  const home = page.url();
  const finding = new URL(await page.locator(".ithaca-first a").first().getAttribute("href"), home).href;
  await page.goto(`${home}/decisions`);
  const decision = page.locator("main a[href*='/decision/']").first();
  const on_a_desk = { decision: new URL(await decision.getAttribute("href"), home).href,
    wins: `${home}/wins` };
  const places = { home, diagnosis: `${home}/diagnosis`, finding };
  for (const [name, address] of Object.entries(places))
    for (const [kind, size] of Object.entries({ desktop, phone }))
      await test(`picture: ${name}-${kind}.png`, async () => {
        await page.setViewportSize(size);
        await page.goto(address);
        await picture(page, `${name}-${kind}.png`);
      });
  for (const [name, address] of Object.entries(on_a_desk))
    await test(`picture: ${name}-desktop.png`, async () => {
      await page.setViewportSize(desktop);
      await page.goto(address);
      await picture(page, `${name}-desktop.png`);
    });
});
