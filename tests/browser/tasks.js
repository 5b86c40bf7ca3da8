// What people come for, from signing in to giving a finding to somebody: by keyboard alone, without
// JavaScript, on a phone.
const { about, demand, link_for, page_new, phone, run, sign_in, test } = require("./browser.js");

const TABS_MOST = 150;
const chosen = "operations manager, GP federation";

async function focused(page) {
  return page.evaluate(() => {
    const at = document.activeElement, look = getComputedStyle(at), box = at.getBoundingClientRect();
    const label = at.labels && at.labels[0] ? at.labels[0].textContent : "";
    const beside = at.labels && at.labels[0] ? getComputedStyle(at.labels[0], "::before") : null;
    const shown = (style) => style && (style.boxShadow !== "none" ||
      (style.outlineStyle !== "none" && style.outlineWidth !== "0px"));
    return {
      tag: at.tagName, name: (label || at.innerText || "").trim().replace(/\s+/g, " "),
      id: at.id, is_shown: Boolean(shown(look) || shown(beside)),
      is_in_sight: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
  });
}

// Presses Tab until it stands on what is asked for; every stop must be seen.
async function tab_to(page, what) {
  for (let n = 0; n < TABS_MOST; n++) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (at.tag === "BODY")
      continue;
    demand(at.is_shown && at.is_in_sight, `nobody sees that ${at.tag} "${at.name}" has the focus`);
    if (what(at))
      return at;
  }
  throw new Error(`not reached in ${TABS_MOST} steps: ${what}`);
}

async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

async function says(page, words) {
  const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
  demand(text.includes(words), `"${words}" is not on ${page.url()}:\n${text.slice(0, 1500)}`);
}

async function is_understood(page) {
  for (const words of ["What to do", "What it means", "The records it rests on",
    "Where this comes from", "How long"])
    await says(page, words);
}

async function by_keyboard(browser) {
  const page = await page_new(browser);
  await page.goto(link_for("lead"));
  await tab_to(page, (at) => at.tag === "BUTTON" && at.name === "Sign in");
  await enter(page);
  const first = await tab_to(page, () => true);
  demand(first.name === "Skip to main content", `the first stop is "${first.name}"`);
  await page.keyboard.press("Enter");
  await tab_to(page, (at) => at.tag === "A");
  const title = (await focused(page)).name;
  const inside = await page.evaluate(() => document.activeElement.closest("main") !== null);
  demand(inside, `behind the skip link comes "${title}"`);
  await page.goto(`${about.site}/p/harbour`);
  await tab_to(page, (at) => at.name === "Diagnosis");
  await enter(page);
  await tab_to(page, (at) => at.tag === "A" && /last word/i.test(at.name));
  await enter(page);
  await is_understood(page);
  await tab_to(page, (at) => at.tag === "INPUT" && at.id.startsWith("what"));
  await page.keyboard.press("ArrowDown");
  demand((await focused(page)).name === "Give it to somebody", "arrows do not choose");
  await tab_to(page, (at) => at.tag === "SELECT");
  await page.keyboard.type("network");
  const chosen = await page.locator("#person").evaluate((at) => at.selectedOptions[0].text);
  demand(/^network/i.test(chosen), `typing chose "${chosen}"`);
  await tab_to(page, (at) => at.tag === "BUTTON" && at.name === "Save what you decided");
  await enter(page);
  await says(page, "What you decided is written down");
  await says(page, `Given to ${chosen}`);
  demand(!page.complaints.length, page.complaints.join("\n"));
}

// The same with a finger or a mouse; the link in the diagnosis tells which finding.
async function by_pointing(browser, options, link, name) {
  const page = await sign_in(browser, "lead", options);
  const press = (at) => (options.hasTouch ? at.tap() : at.click());
  const menu_open = async () => {
    if (options.hasTouch)
      await press(page.getByText("Menu", { exact: true }));
  };
  await press(page.getByRole("link", { name: "Ithaca", exact: true })); // a password can wait
  await page.getByRole("heading", { name: "What matters most" }).waitFor();
  await menu_open();
  await press(page.getByRole("link", { name: "Diagnosis", exact: true }).first());
  await press(page.getByRole("link", { name: link }).first());
  await page.getByRole("heading", { level: 1, name: link }).waitFor();
  await is_understood(page);
  await page.getByLabel("Give it to somebody").check({ force: true });
  await page.getByLabel("Who sees to it?").selectOption({ label: name });
  await press(page.getByRole("button", { name: "Save what you decided" }));
  await page.getByText("What you decided is written down").waitFor(); // a tap does not wait
  await says(page, `Given to ${name}`);
  await menu_open();
  await press(page.getByRole("button", { name: "Sign out" }));
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.goBack();
  await page.reload();
  demand(new URL(page.url()).pathname === "/sign-in", `after signing out, ${page.url()} is still shown`);
  demand(!page.complaints.length, page.complaints.join("\n"));
}

// A double click on a form that is slow to answer.
async function twice(browser) {
  const page = await sign_in(browser, "lead");
  await page.goto(about.site + about.finding);
  const before = await page.getByText("Accepted").count();
  await page.getByLabel("Accept it").check({ force: true });
  await page.getByRole("button", { name: "Save what you decided" }).dblclick();
  await page.getByText("What you decided is written down").waitFor();
  const lines = await page.locator("main li > strong", { hasText: "Accepted" }).count();
  demand(before === 0 && lines === 1, `it was written down ${lines} times`);
}

async function two_windows(browser) {
  const page = await sign_in(browser, "lead"), other = await page.context().newPage();
  const address = about.site + about.finding;
  await page.goto(address);
  await other.goto(address);
  for (const [window, reason] of [[page, "Not before the spring"], [other, "Not before the summer"]]) {
    await window.getByLabel("Set it aside for a time").check({ force: true });
    await window.getByLabel("Why?").fill(reason);
    await window.getByLabel("When will you look at it again?").fill("31 March 2990");
    await window.getByRole("button", { name: "Save what you decided" }).click();
  }
  await says(page, "What you decided is written down");
  await says(other, "Somebody else has decided meanwhile");
  demand(await other.getByLabel("Why?").inputValue() === "Not before the summer",
    "what was typed is lost");
}

// The links of a page on paper: nothing but what helps there.
async function on_paper(browser) {
  const page = await sign_in(browser, "lead");
  await page.goto(`${about.site}/p/harbour/diagnosis`);
  await page.emulateMedia({ media: "print" });
  demand(!await page.getByRole("button", { name: "Sign out" }).isVisible(), "a button on paper");
  demand(await page.getByRole("heading", { level: 1 }).isVisible(), "no heading on paper");
}

// A page for each /Type /Page of Chromium's PDF.
async function framework_on_two_sheets(browser) {
  const page = await sign_in(browser, "lead"), edge = "12mm";
  await page.goto(`${about.site}/p/harbour/framework`);
  for (const format of ["A4", "Letter"]) {
    const pdf = await page.pdf({ format, margin: { top: edge, bottom: edge, left: edge, right: edge } });
    const sheets = pdf.toString("latin1").match(/\/Type \/Page\b/g).length;
    demand(sheets === 2, `on ${format} the framework takes ${sheets} sheets`);
  }
}

async function in_colours_of_their_own(browser) {
  const page = await sign_in(browser, "lead");
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  await page.goto(`${about.site}/p/harbour/diagnosis`);
  await says(page, "Alignment");
}

run(async (browser) => {
  await test("by keyboard alone, from signing in to giving a finding to somebody",
    () => by_keyboard(browser));
  await test("a form that is sent twice is done once", () => twice(browser));
  await test("two windows: the second is told of the first", () => two_windows(browser));
  await test("the same without JavaScript", () => by_pointing(browser,
    { javaScriptEnabled: false }, /A decider whom nobody tells/, chosen));
  await test("the same on a phone, with a finger", () => by_pointing(browser,
    { viewport: phone, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }, /without a messenger/, chosen));
  await test("on paper", () => on_paper(browser));
  await test("the framework fills two sheets", () => framework_on_two_sheets(browser));
  await test("in colours of their own", () => in_colours_of_their_own(browser));
});
