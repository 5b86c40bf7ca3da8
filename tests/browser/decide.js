// The form of a decision: its path is drawn as it is typed, by keyboard; and without JavaScript.
const { about, barriers, demand, run, sign_in, test } = require("./browser.js");

const NEW = `${about.site}/p/harbour/decisions/new`;
const who = '[name="who:commissioner:1"]', by = '[name="by:commissioner:1"]';
const resources = "Director of resources, Ansel Bay Commissioning Board";

async function begin(page, title) {
  await page.goto(NEW);
  await page.locator("#title").fill(title);
  await page.getByLabel("Ansel Bay Commissioning Board").check();
  await page.getByRole("button", { name: "Ask about these" }).press("Enter");
  await page.locator(who).waitFor();
}

const summary = (page) => page.locator("#path-summary").innerText();

async function says(page, words) {
  await page.locator("#path-summary", { hasText: words }).waitFor();
}

// Nothing that keeps anybody out, at no width.
async function open_to_all(page) {
  for (const width of [1280, 360, 320]) {
    await page.setViewportSize({ width, height: 740 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    demand(wide <= width, `at ${width} px it is ${wide} wide`);
    const found = await barriers(page);
    demand(!found.length, `at ${width} px: ${found.join("\n")}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function drawn_as_it_is_typed(page) {
  await begin(page, "Share the cars");
  await says(page, "Nobody decides in Ansel Bay Commissioning Board.");
  await page.locator(who).focus();
  await page.keyboard.type(resources);
  await says(page, "Nobody tells Director of resources.");
  demand(await page.locator("#path-said").textContent() === await summary(page), "nobody hears of it");
  demand(await page.locator("#path-drawn svg rect").count() === 3, "there are not three boxes");
  demand(await page.locator(who).evaluate((field) => field === document.activeElement), "the focus is lost");
  await page.keyboard.press("Tab"); // which right they have
  await page.keyboard.press("Tab");
  await page.keyboard.type("Adviser on joint work, care region");
  await says(page, "Nothing is missing on the way to those who decide.");
  demand(page.url().endsWith("#who"), "the page went elsewhere");
}

async function typed_text_is_only_text(page) {
  await begin(page, "Share the vans");
  await page.locator(who).fill('<img src=x onerror="evil()"><script>evil()</script>"><svg onload=evil()>');
  await says(page, "onerror");
  const inside = await page.locator("#path-drawn").evaluate((drawn) =>
    [...drawn.querySelectorAll("*")].filter((each) => ["img", "script"].includes(each.localName) ||
      each.getAttributeNames().some((name) => name.startsWith("on"))).length);
  demand(inside === 0, "what was typed became more than text");
}

async function nothing_but_a_drawing(page) {
  await begin(page, "Share the bicycles");
  await page.route("**/decisions/path", (route) => route.fulfill({ contentType: "text/html", body:
    `<div id="path-drawn" onclick="evil()"><p id="path-summary">There <a href="javascript:evil()">x</a></p>
     <script>evil()</script><iframe src="/"></iframe><svg onload="evil()"><use href="#x"/></svg></div>` }));
  await page.locator(who).fill("Anybody");
  await says(page, "There");
  const html = await page.locator("#path-drawn").evaluate((drawn) => drawn.outerHTML);
  for (const word of ["evil", "script", "iframe", "href", "<use", "onclick"])
    demand(!html.includes(word), `"${word}" came through: ${html}`);
  await page.unroute("**/decisions/path");
}

async function enter_saves_nothing(page) {
  await begin(page, "Share the boats");
  await page.locator("#title").press("Enter");
  await page.waitForURL(/#path$/);
  demand(await page.locator("#title").inputValue() === "Share the boats", "what was typed is lost");
}

async function asked_and_saved(page) {
  await begin(page, "Share the trains");
  await page.locator(who).fill("Keeper of the keys");
  await page.getByRole("button", { name: "Save", exact: true }).press("Enter");
  await page.locator(".nhsuk-error-summary").waitFor();
  await open_to_all(page);
  await page.getByLabel("Who is “Keeper of the keys”?").selectOption("+post");
  await page.getByRole("button", { name: "Save", exact: true }).press("Enter");
  await page.waitForURL(/saved=1/);
  await open_to_all(page);
  const words = await page.locator("main").innerText();
  demand(words.includes("Decides: Keeper of the keys Cannot be told yet"), words);
  await page.getByRole("link", { name: "Change this" }).press("Enter");
  await page.locator("#title").waitFor();
  await open_to_all(page);
}

run(async (browser) => {
  const page = await sign_in(browser, "lead");
  for (const [name, body] of Object.entries({ drawn_as_it_is_typed, typed_text_is_only_text,
    nothing_but_a_drawing, enter_saves_nothing, asked_and_saved }))
    await test(`decide: ${name.replaceAll("_", " ")}`, async () => {
      page.complaints.splice(0);
      await body(page);
      const told = page.complaints.filter((each) => !/Content Security Policy/.test(each)); // what it stopped
      demand(!told.length, told.join("\n"));
    });
  await test("decide: without JavaScript a button draws, adds and keeps", async () => {
    const plain = await sign_in(browser, "lead", { javaScriptEnabled: false });
    await begin(plain, "Share the planes");
    await plain.locator(who).fill(resources);
    await plain.getByRole("button", { name: "Add another in Ansel Bay Commissioning Board" }).click();
    await plain.locator('[name="who:commissioner:2"]').fill("Director of commissioning");
    await plain.locator("#path-look").click();
    await says(plain, "Nobody tells Director of resources.");
    demand(await plain.locator('[name="who:commissioner:2"]').inputValue() === "Director of commissioning",
      "what was typed is lost");
    await plain.locator(by).fill("Adviser on joint work, care region");
    await plain.getByRole("button", { name: "Save", exact: true }).click();
    await plain.waitForURL(/decision\/share-the-planes\?saved=1/);
    await says(plain, "Nothing is missing");
  });
});
