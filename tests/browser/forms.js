// Every form of every kind of record, on a phone without JavaScript: filled in, saved, read again, sent
// twice, changed by two at once; and each by keyboard alone.
const fs = require("fs");
const { about, demand, page_new, phone, run, sign_in, test } = require("./browser.js");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const records = `${about.site}/p/harbour/records`;
// Where the second of all choices, or any words, would contradict what is there: others, counted from the end, or these.
const chosen = {
  post_holder: { post: -1 }, reporting_line: { post: -1 }, coverage: { about: -6 /* Documents */ },
  team_name: { position: "9" }, meeting: { starts: "14:30", ends: "16:00" },
};

// How the form asks: name, what kind of control it is, whether it takes a time or a number.
async function questions(page) {
  return page.locator("form [name^='f-']").evaluateAll((all) => all.map((at) => ({
    name: at.name, id: at.id, tag: at.tagName, type: at.type, value: at.value,
    values: at.options ? [...at.options].map((option) => option.value).filter(Boolean) : [],
    is_number: at.inputMode === "decimal",
    is_time: /For example 31 March 2027/.test(
      (document.getElementById(at.getAttribute("aria-describedby")?.split(" ")[0]) || {}).textContent || ""),
  })));
}

function answer(kind, question, mark) {
  const said = chosen[kind] && chosen[kind][question.name.slice(2)];
  if (said !== undefined)
    return question.values.at(said) || said;
  if (question.tag === "SELECT")
    return question.values[1] || question.values[0] || "";
  if (question.is_number)
    return "2";
  return question.is_time ? "5 January 2026" : `${mark}: “é” <b>&amp; 'one' "two"`;
}

async function fill(page, kind, mark) {
  const filled = {};
  for (const question of await questions(page)) {
    const at = page.locator(`[id="${question.id}"]`);
    if (question.type === "checkbox") {
      if (filled[question.name])
        continue;
      filled[question.name] = question.value;
      await at.check({ force: true });
      continue;
    }
    const value = answer(kind, question, mark);
    filled[question.name] = value;
    if (question.tag === "SELECT")
      await at.selectOption(value);
    else
      await at.fill(value);
  }
  return filled;
}

// As the form stands: the same shape as what `fill` gives.
async function filled_in(page) {
  const all = {};
  for (const at of await page.locator("form [name^='f-']").all()) {
    const name = await at.getAttribute("name"), type = await at.getAttribute("type");
    if (type !== "checkbox")
      all[name] = (await at.inputValue()).replace(/\r\n/g, "\n");
    else if (await at.isChecked())
      all[name] = await at.inputValue();
  }
  return all;
}

async function save(page, name) {
  await page.getByRole("button", { name, exact: true }).click();
  await page.waitForLoadState();
}

async function said(page) {
  return (await page.locator("main").innerText()).replace(/\s+/g, " ");
}

async function count(page, kind) {
  await page.goto(`${records}/${kind}`);
  const of = /\d+ to \d+ of ([\d,]+)/.exec(await said(page));
  if (of)
    return Number(of[1].replace(",", ""));
  const links = await page.locator("main a[href*='/record/']").evaluateAll((all) => all.map((at) => at.href));
  return new Set(links).size;
}

async function barriers(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  demand(!found.violations.length, `${where}: ${found.violations.map((each) => each.help).join("; ")}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  demand(wide <= phone.width, `${where} is ${wide} px wide`);
}

// What is saved reads like what was filled in; an empty form is refused beside its fields.
async function added(page, kind) {
  await page.goto(`${records}/${kind}/add`);
  const asks = await questions(page);
  demand(asks.length > 0, "it asks nothing");
  await save(page, "Add it");
  demand(await page.locator(".nhsuk-error-summary").count() === 1, `empty, it is taken: ${await said(page)}`);
  const filled = await fill(page, kind, `A ${kind}`);
  await page.getByRole("button", { name: "Add it", exact: true }).dblclick(); // sent twice
  await page.locator("main .nhsuk-error-summary, main .nhsuk-notification-banner").waitFor();
  demand(page.url().includes("/record/"), `it was refused: ${await said(page)}`.slice(0, 700));
  const address = page.url().replace(/\?.*/, "");
  await page.goto(`${address}/correct`);
  const stands = await filled_in(page);
  for (const [name, value] of Object.entries(filled))
    demand(stands[name] === value, `${name} was filled in as "${value}", and reads "${stands[name]}"`);
  return address;
}

// Of two who write, the second sees both, and loses nothing.
async function two_at_once(page, other, address, kind) {
  for (const each of [page, other])
    await each.goto(`${address}/correct`);
  await barriers(other, "the form");
  await page.locator("#f-note").fill("What the first writes");
  await save(page, "Save it like this");
  await other.locator("#f-note").fill("What the second writes");
  await save(other, "Save it like this");
  const both = await said(other);
  for (const words of [`A ${kind}: “é”`, "What the first writes", "What the second writes"])
    demand(both.includes(words), `the second does not see "${words}": ${both}`);
  demand(await other.locator("#f-note").inputValue() === "What the second writes", "what was typed is gone");
  await barriers(other, "the page that shows both");
  await save(other, "Save it like this");
  await page.goto(`${address}/correct`);
  demand(await page.locator("#f-note").inputValue() === "What the second writes", "the second did not win knowingly");
}

// Every question is reached by Tab, in their order, and the form is sent by Enter.
async function by_keyboard(page, address) {
  await page.goto(`${address}/correct`);
  const names = new Set((await questions(page)).map((question) => question.name)), seen = [];
  await page.locator("h1").click();
  for (let n = 0; n < 400; n++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const now = document.activeElement, look = getComputedStyle(now);
      const beside = now.labels && now.labels[0] ? getComputedStyle(now.labels[0], "::before") : look;
      const shown = (style) => style.boxShadow !== "none" || (style.outlineStyle !== "none" && style.outlineWidth !== "0px");
      return { name: now.name || "", tag: now.tagName, text: now.innerText || "", is_shown: shown(look) || shown(beside) };
    });
    demand(at.is_shown || at.tag === "BODY", `nobody sees that ${at.tag} ${at.name} has the focus`);
    if (names.has(at.name) && seen[seen.length - 1] !== at.name)
      seen.push(at.name);
    if (at.name === "f-note")
      await page.keyboard.type("By keyboard. ");
    if (at.tag === "BUTTON" && at.text.trim() === "Save it like this")
      break;
  }
  demand(seen.join() === [...names].join(), `Tab comes to ${seen}, not to ${[...names]}`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  demand(!page.url().endsWith("/correct"), `it was not saved: ${await said(page)}`);
  await page.goto(`${address}/correct`);
  demand((await page.locator("#f-note").inputValue()).includes("By keyboard."), "it was not written down");
}

run(async (browser) => {
  const page = await sign_in(browser, "lead", { viewport: phone, isMobile: true, javaScriptEnabled: false });
  const cookies = await page.context().cookies();
  const other = await page_new(browser, { viewport: phone }); // with JavaScript: axe needs it
  const typing = await page_new(browser);
  for (const each of [other, typing])
    await each.context().addCookies(cookies);
  for (const kind of about.kinds)
    await test(`${about.engine}: the form of ${kind}`, async () => {
      const before = await count(page, kind);
      const address = await added(page, kind);
      const after = await count(page, kind);
      demand(after === before + 1, `${after - before} were added by a form that was sent twice`);
      await two_at_once(page, other, address, kind);
      await by_keyboard(typing, address);
      demand(!typing.complaints.length, typing.complaints.join("\n"));
    });
});
