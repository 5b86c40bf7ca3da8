// From `ithaca demo` to understanding one finding and giving it to somebody.
const { about, demand, page_new, run, test } = require("./browser.js");

run(async (browser) => {
  await test("from the demo's link to giving a finding to somebody", async () => {
    const page = await page_new(browser);
    await page.goto(about.site + about.links.demo[0]);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "What matters most" }).waitFor();
    const first = page.locator(".ithaca-first a").first(), title = await first.innerText();
    await first.click();
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    const text = await page.locator("main").innerText();
    for (const words of ["What to do", "What it means", "The records it rests on",
      "Where this comes from", "Leadership"])
      demand(text.includes(words), `"${words}" is not said of it`);
    await page.getByLabel("Give it to somebody").check({ force: true });
    await page.getByLabel("Who sees to it?").selectOption({ index: 1 });
    await page.getByRole("button", { name: "Save what you decided" }).click();
    await page.getByText("What you decided is written down").waitFor();
    demand(!page.complaints.length, page.complaints.join("\n"));
  });
});
