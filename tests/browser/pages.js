// Every page, as everybody who may see it: valid HTML, no barrier that axe knows, nothing that scrolls
// sideways, nothing from elsewhere, and light.
const { HtmlValidate } = require("html-validate");
const { about, barriers, demand, desktop, page_new, phone, run, sign_in, test } = require("./browser.js");

// The table of the grid is no table for the eye on a phone: its roles say that it still is one.
const validator = new HtmlValidate({
  root: true, extends: ["html-validate:recommended"],
  rules: { "no-redundant-role": "off", "prefer-native-element": "off", "long-title": "off" },
});
const FIRST_LOAD = 100000, LATER_LOAD = 25000; // bytes

function faults(html) {
  const report = validator.validateStringSync(html);
  return report.results.flatMap((result) => result.messages).map((message) =>
    `${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
}

async function width_of(page, width) {
  await page.setViewportSize({ width, height: phone.height });
  return page.evaluate(() => document.documentElement.scrollWidth);
}

// `html` is what came; of some pages it is seen only in the browser.
async function look_at(page, html) {
  await page.setViewportSize(desktop);
  const told = faults(html).concat(await barriers(page));
  for (const width of [360, 320]) {
    const wide = await width_of(page, width);
    if (wide > width)
      told.push(`at ${width} px it is ${wide} px wide`);
  }
  told.push(...await barriers(page));
  const headings = await page.locator("h1").count();
  if (headings !== 1)
    told.push(`it has ${headings} main headings`);
  if (!await page.title())
    told.push("it has no title");
  told.push(...page.complaints.splice(0));
  demand(!told.length, told.join("\n"));
}

async function page_test(page, name, address, status) {
  await test(name, async () => {
    const answer = await page.goto(about.site + address);
    const type = answer.headers()["content-type"] || "";
    demand(answer.status() === status, `${address}: ${answer.status()}`);
    if (type.startsWith("text/html"))
      await look_at(page, await answer.text());
    else
      demand(type.startsWith(address.endsWith(".svg") ? "image/svg+xml" : "text/plain"), `${address} is ${type}`);
  });
}

async function error_test(page, name, press) {
  await test(name, async () => {
    await page.goto(about.site + about.finding);
    const [answer] = await Promise.all([page.waitForNavigation(), press()]);
    demand([400, 409].includes(answer.status()), `it answered ${answer.status()}`);
    await page.getByRole("alert").waitFor();
    await look_at(page, await answer.text());
  });
}

async function weight_test(browser) {
  await test("the first page is light, and the next ones lighter", async () => {
    const page = await sign_in(browser, "lead");
    await page.context().clearCookies({ name: "nothing" });
    const weigh = async (address) => {
      let sum = 0;
      const add = async (request) => {
        if (request.resourceType() === "image") // pictures do not count
          return;
        const sizes = await request.sizes();
        sum += sizes.responseBodySize + sizes.responseHeadersSize;
      };
      page.on("requestfinished", add);
      await page.goto(about.site + address, { waitUntil: "networkidle" });
      page.off("requestfinished", add);
      return sum;
    };
    const all = [];
    for (const [name, address] of Object.entries(about.pages.lead))
      all.push([name, await weigh(address)]);
    const heavy = all.filter(([, bytes]) => bytes > LATER_LOAD);
    demand(!heavy.length, `more than ${LATER_LOAD} bytes: ${heavy}`);
    const fresh = await sign_in(browser, "lead");
    const cookies = await fresh.context().cookies();
    const other = await page_new(browser);
    await other.context().addCookies(cookies);
    let sum = 0;
    other.on("requestfinished", async (request) => {
      const sizes = await request.sizes();
      sum += sizes.responseBodySize + sizes.responseHeadersSize;
    });
    await other.goto(`${about.site}/p/harbour`, { waitUntil: "networkidle" });
    demand(sum > 1000 && sum < FIRST_LOAD, `the first page has ${sum} bytes`);
  });
}

// What finds nothing must be able to find something.
async function tools_test(page) {
  await test("what looks at pages sees what is wrong with one", async () => {
    const bad = "<!DOCTYPE html><html><head><title>x</title></head><body><p><div></p>" +
      "<img src='/x'><input><h1>a</h1><div style='width:900px'>b</div></body></html>";
    await page.setContent(bad);
    demand(faults(bad).length > 2, "html-validate is asleep");
    demand((await barriers(page)).length > 2, "axe is asleep");
    demand(await width_of(page, 320) > 320, "nothing is ever too wide");
    page.complaints.splice(0);
  });
}

run(async (browser) => {
  const stranger = await page_new(browser);
  await tools_test(stranger);
  await page_test(stranger, "sign in", "/sign-in", 200);
  await page_test(stranger, "a link", about.links.mentor[0], 200);
  await page_test(stranger, "a link that is spent", "/link/none", 404);
  await page_test(stranger, "nothing there", "/nothing", 404);
  const roles = Object.keys(about.pages);
  const see = async () => {
    for (let role; (role = roles.shift());) {
      const page = await sign_in(browser, role);
      for (const [name, address] of Object.entries(about.pages[role]))
        await page_test(page, `${name} as ${role}`, address, 200);
    }
  };
  await Promise.all([see(), see()]); // for each of two processors
  await page_test(await sign_in(browser, "nobody"), "programmes of somebody who takes part in none",
    "/", 200);
  const lead = await sign_in(browser, "lead");
  await page_test(lead, "a programme that is not theirs", "/p/other", 404);
  for (const show of ["undecided", "mine", "aside"])
    await page_test(lead, `diagnosis: ${show}`, `/p/harbour/diagnosis?show=${show}`, 200);
  for (const asked of ["organisations", "team", "decisions", "who-decides", "who-tells", "who-leads", "vision", "diagnosis"])
    await page_test(lead, `to begin with: ${asked}`, `/p/harbour/start/${asked}`, 200);
  const save = () => lead.getByRole("button", { name: "Save what you decided" }).click();
  await error_test(lead, "a finding, nothing chosen", save);
  await error_test(lead, "a finding, set aside without a reason", async () => {
    await lead.getByLabel("Set it aside for a time").check();
    await save();
  });
  await weight_test(browser);
});
