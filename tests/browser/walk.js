// A lead's month, walked as people do it, on a desktop and on a phone: a meeting from planning to its minutes, an action
// reported back, a win shared, a finding that closes since a record changed, a list brought in and undone; and what was
// learned: from a finding to its evidence, the competence, written up, agreed to by somebody else, given, and taken at
// another site.
const fs = require("fs");
const { about, desktop, demand, page_new, phone, run, sign_in, test } = require("./browser.js");

const site = `${about.site}/p/harbour`;

async function press(page, name) {
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name, exact: true }).first().click()]);
}

async function follow(page, name) {
  await Promise.all([page.waitForNavigation(), page.getByRole("link", { name }).first().click()]);
}

async function says(page, words) {
  const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
  demand(text.includes(words), `“${words}” is not on ${page.url()}:\n${text.slice(0, 1500)}`);
}

async function fits(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  demand(wide <= 0, `${page.url()} is ${wide} pixels too wide`);
}

function in_days(n) {
  return new Date(Date.now() + n * 86400000).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

async function meeting(page, mark) {
  await page.goto(`${site}/meetings`);
  await follow(page, "Plan a meeting");
  await page.getByLabel("Which team meets?").selectOption({ label: "Harbour project team" });
  await page.getByLabel("On which day?").fill(in_days(0));
  await page.getByLabel("When does it begin?").fill("2pm");
  await page.getByLabel("When does it end?").fill("3.30pm");
  await page.getByLabel("Where?").fill(`Room ${mark}`);
  await page.getByLabel("What else is to be spoken about?").fill("The winter rota");
  await press(page, "Plan it");
  await says(page, "It is planned");
  await says(page, "14:00 to 15:30");
  await fits(page);
  await follow(page, "Send it into people's calendars");
  await fits(page);
  await page.getByRole("button", { name: /^Send (this mail|these \d+ mails)$/ }).click();
  await page.waitForURL(/sent=1/);
  await says(page, "It is on its way");
  await follow(page, "Back to the meeting");
  await follow(page, "Hold the meeting: write down what happens");
  await fits(page);
  await page.locator("[name^='presence:']").first().selectOption({ index: 1 });
  const old = page.locator("[name^='outcome:']").first();
  demand(await old.count(), "no earlier action is on the agenda");
  const reported = (await old.getAttribute("name")).slice("outcome:".length);
  await old.selectOption({ label: "Done" });
  await page.locator(`[name="words:${reported}"]`).fill(`It went well, ${mark}`);
  await page.getByLabel("Another decision (1)").fill(`Meet at nine, ${mark}`);
  await page.locator("[name='action:1']").fill(`Ask the wards, ${mark}`);
  await page.locator("[name='owner:1']").selectOption({ index: 1 });
  await page.locator("[name='due:1']").fill(in_days(30));
  await page.getByLabel("What else was said?").fill("The rota **holds** until March.");
  await press(page, "Close the meeting");
  await says(page, "The meeting is closed");
  await says(page, `Meet at nine, ${mark}`);
  await says(page, `Ask the wards, ${mark}`);
  await says(page, `It went well, ${mark}`);
  demand((await page.getByLabel("The minutes as text").inputValue()).includes(`Ask the wards, ${mark}`), "no letter to send");
  await fits(page);
  await page.goto(`${site}/record/action/${reported}`);
  await says(page, `It went well, ${mark}`);
}

async function win(page, mark) {
  await page.goto(`${site}/wins`);
  await follow(page, "Mark a win");
  await page.getByLabel("What is better than before?").fill(`First patients home on a Sunday, ${mark}`);
  await page.getByRole("button").filter({ hasText: /mark|save|write/i }).last().click();
  await page.waitForLoadState();
  await says(page, `First patients home on a Sunday, ${mark}`);
  demand((await page.getByLabel("Copy this into an e-mail").inputValue()).startsWith("Good news"), "nothing to share");
  await press(page, "We marked it together today");
  await says(page, "Marked together");
  await fits(page);
}

// On a desktop the quarrel over the budget is settled, on a phone the team gets its project manager: one finding each.
async function finding_closes(page, mark) {
  await page.goto(`${site}/diagnosis`);
  const found = page.locator("a[href*='/finding/A5']").first();
  demand(await found.count(), "no decision is overdue");
  const address = await found.getAttribute("href");
  await page.goto(about.site + address);
  const title = await page.locator("h1").innerText();
  const records = page.locator("a[href*='/record/decision/']").first();
  await page.goto(about.site + (await records.getAttribute("href")).replace(/(\?|#|$)/, "/correct$1").replace("/correct/correct", "/correct"));
  await page.locator("#f-taken").fill(in_days(-1));
  await page.locator("#f-state").selectOption("taken");
  await page.locator("#reason").fill(`Decided at last, ${mark}`);
  await page.locator("form button[type=submit]").filter({ hasText: /save/i }).first().click();
  await page.waitForLoadState();
  for (let i = 0; ; i++) {
    await page.goto(about.site + address);
    if (/This finding has closed/.test(await page.locator("main").innerText()))
      break;
    demand(i < 60, `“${title}” did not close`);
    await page.waitForTimeout(1000);
  }
}

async function list(page, mark) {
  await page.goto(`${site}/bring`);
  await page.locator("#file").setInputFiles({ name: `log-${mark}.csv`, mimeType: "text/csv",
    buffer: Buffer.from(`Action,Owner,Due,Status\nPaint the door ${mark},network manager,31/03/2027,open\nBuy a kettle ${mark},TBC,,open\n`) });
  await page.getByRole("button", { name: "Look at it" }).click();
  await page.waitForFunction(() => !/looks again/.test(document.body.innerText), null, { timeout: 60000 });
  for (let i = 0; i < 5; i++) {
    const open = page.locator("form select.ithaca-wide:visible");
    if (await page.getByRole("button", { name: "Save all of this", exact: true }).count())
      break;
    for (const choice of await open.all())
      if (await choice.inputValue() === "?") // nothing chosen yet
        await choice.selectOption({ index: 1 });
    await page.getByRole("button", { name: "Go on with these answers" }).click();
    await page.waitForLoadState();
    await page.waitForFunction(() => !/looks again/.test(document.body.innerText), null, { timeout: 60000 });
  }
  await fits(page);
  await page.getByRole("button", { name: "Save all of this", exact: true }).first().click();
  await page.waitForLoadState();
  await page.waitForFunction(() => !/looks again/.test(document.body.innerText), null, { timeout: 60000 });
  await page.goto(`${site}/actions?show=all`);
  const address = page.url();
  for (let i = 0; i < 20 && !(await page.locator("main").innerText()).includes(`Paint the door ${mark}`); i++) {
    const next = page.getByRole("link", { name: /next|after|more/i });
    if (!await next.count())
      break;
    await next.first().click();
    await page.waitForLoadState();
  }
  await says(page, `Paint the door ${mark}`);
  await page.goto(`${site}/bring`);
  await page.locator(`a:has-text("log-${mark}.csv")`).first().click();
  await page.waitForLoadState();
  await press(page, "Undo this");
  await page.waitForFunction(() => !/looks again/.test(document.body.innerText), null, { timeout: 60000 });
  await page.goto(address);
  demand(!(await page.locator("main").innerText()).includes(`Paint the door ${mark}`), "it was not undone");
}

async function learned(browser, page, mark, options) {
  await page.goto(`${site}/finding/A2%2Fshared-budget`);
  await page.locator("h3:has-text('Competences that it calls for') + ul a").first().click();
  await page.waitForLoadState();
  demand(/\/library\/competences\//.test(page.url()), `no competence: ${page.url()}`);
  await fits(page);
  await page.goto(`${site}/finding/A2%2Fshared-budget`);
  await page.locator("h3:has-text('What happened elsewhere') + ul a").first().click();
  await page.waitForLoadState();
  await says(page, "What was offered");
  await fits(page);
  await page.goto(`${site}/finding/A2%2Fshared-budget`);
  await follow(page, "Write up what happened");
  const title = `One budget holder was named, ${mark}`;
  await page.getByLabel("What happened, in one line").fill(title);
  await page.getByLabel("In which circumstances?").fill("Two boards decided on one budget. Each waited for the other.");
  await page.getByLabel("What was offered, or done?").fill("The resources director of the commissioning board, Talvia Quorlin, asked both chairs to lunch.");
  await page.getByLabel("How did people take it?").fill("They found that neither wanted it. One gave it up gladly.");
  await page.getByLabel("What good came of it?").fill("It was decided within a month.");
  await page.getByLabel("Who says so?").fill("The network manager and a finance manager");
  await fits(page);
  await press(page, "Save it");
  await says(page, "It is saved. Ask somebody else who was there to agree.");
  await fits(page);
  const address = page.url().replace(/\?.*/, "");
  const second = await sign_in(browser, "team", options);
  await second.goto(address);
  await press(second, "I agree: it was so");
  await says(second, "you agree".replace("you", "You"));
  await second.context().close();
  await page.goto(`${site}/learned`);
  await follow(page, "Exchange what was learned with other sites");
  await page.getByLabel(title).check();
  await page.getByRole("button", { name: "See what would go" }).click();
  await page.waitForLoadState();
  await fits(page);
  const offered = page.getByLabel("What was offered, or done?");
  await offered.fill((await offered.inputValue()).replace(/, [^,]*Quorlin,/, ","));
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Make the file" }).click()]);
  const content = fs.readFileSync(await file.path());
  demand(content.includes(title) && !content.includes("Quorlin"), "the file is not what was seen");
  const other = await (await browser.newContext(options)).newPage();
  await other.goto(about.other + about.others.pop());
  await other.getByRole("button").last().click();
  await other.waitForLoadState();
  await other.goto(`${about.other}/p/harbour/learned`);
  await other.getByRole("link", { name: "Exchange what was learned with other sites" }).click();
  await other.locator("#file").setInputFiles({ name: file.suggestedFilename(), mimeType: "application/json", buffer: content });
  await press(other, "Look into it");
  await says(other, title);
  await says(other, "It was not changed since it was signed");
  await press(other, "Keep it here");
  await says(other, "It is kept here");
  await other.goto(`${about.other}/p/harbour/learned`);
  await follow(other, title);
  await says(other, "From elsewhere");
  await fits(other);
  await other.context().close();
}

run(async (browser) => {
  for (const [name, viewport, mark] of [["on a desktop", desktop, "one"], ["on a phone", phone, "two"]]) {
    const page = await sign_in(browser, "lead", { viewport });
    await (await sign_in(browser, "team", { viewport })).context().close(); // an account that is in use can be invited
    await test(`a meeting from planning to its minutes, ${name}`, () => meeting(page, mark));
    await test(`a win is shared, ${name}`, () => win(page, mark));
    if (mark === "one")
      await test(`a finding closes since a record changed, ${name}`, () => finding_closes(page, mark));
    await test(`a list is brought in and undone, ${name}`, () => list(page, mark));
    await test(`from a finding to another site, ${name}`, () => learned(browser, page, mark, { viewport }));
    demand(!page.complaints.length, page.complaints.join("\n"));
  }
});
