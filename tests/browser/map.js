// The map with a script: larger and smaller by keyboard, whose ties, from where; and without one.
const { about, demand, run, sign_in, test } = require("./browser.js");

const chosen = "gp-manager";

async function map_open(page) {
  await page.goto(`${about.site}/p/harbour/map`);
  await page.locator("#map-frame svg").waitFor();
}

const width_of = (page) => page.locator("#map-frame svg").evaluate((svg) => Number(svg.getAttribute("width")));
const said = (page) => page.locator("#map-said").innerText();
const is_quiet = (page, key) => page.locator(`g[data-person="${key}"]`).evaluate((group) =>
  group.classList.contains("ithaca-map__quiet"));

async function size_by_keyboard(page) {
  await map_open(page);
  await page.locator("#map-frame").focus();
  const first = await width_of(page);
  for (const key of ["+", "+"])
    await page.keyboard.press(key);
  const larger = await width_of(page);
  demand(larger > 1.5 * first, `from ${first} to ${larger}`);
  demand(/\d+ % as wide as the page/.test(await said(page)), "nobody hears of the size");
  demand(await page.locator("#map-frame").evaluate((frame) => frame.scrollWidth > frame.clientWidth),
    "it cannot be moved");
  await page.keyboard.press("-");
  demand(await width_of(page) < larger, "it did not become smaller");
  await page.keyboard.press("0");
  const whole = await page.locator("#map-frame").evaluate((frame) => frame.scrollWidth - frame.clientWidth);
  demand(whole <= 1, `the whole map is ${whole} px too wide`);
  await page.keyboard.press("Control+0");
  await page.getByRole("button", { name: "Larger" }).press("Enter");
  demand(await width_of(page) > first, "the button does nothing");
}

async function ties_of_one(page) {
  await map_open(page);
  const people = await page.locator("#map-people tbody tr").count();
  demand(await page.locator("g[data-person]").count() === people, "not everybody is in the picture");
  await page.locator("#map-person").selectOption(chosen);
  demand(/is tied to \d+ people/.test(await said(page)), await said(page));
  demand(!await is_quiet(page, chosen), "who was chosen steps back");
  const names = await page.locator(`tr[data-key="${chosen}"] details p`).textContent();
  const quiet = await page.$$eval("#map-people tbody tr", (rows) => rows.map((row) => ({
    name: row.querySelector("th").firstChild.data.trim(),
    is_quiet: document.querySelector(`g[data-person="${row.dataset.key}"]`)
      .classList.contains("ithaca-map__quiet") })));
  for (const person of quiet.filter((each) => each.is_quiet))
    demand(!names.includes(person.name), `${person.name} is tied, and steps back`);
  demand(quiet.some((each) => each.is_quiet), "nobody steps back");
  const lines = await page.$$eval('g[data-is="edge"]:not(.ithaca-map__quiet)', (all) => all.length);
  demand(lines > 5 && lines < await page.locator('g[data-is="edge"]').count(), `${lines} lines`);
  await page.locator("#map-person").selectOption("");
  demand(!await page.locator(".ithaca-map__quiet").count(), "somebody still steps back");
  await page.locator(`g[data-person="${chosen}"]`).click();
  demand(await page.locator("#map-person").inputValue() === chosen, "a click does nothing");
}

async function from_one_place(page) {
  await map_open(page);
  await page.locator("#map-place").selectOption({ index: 1 });
  const shown = await page.locator("#map-people tbody tr:visible").count();
  const all = await page.locator("#map-people tbody tr").count();
  demand(shown > 0 && shown < all, `${shown} of ${all}`);
  demand((await said(page)).startsWith(`${shown} of ${all} people are shown`), await said(page));
  const clear = await page.locator("g[data-person]:not(.ithaca-map__quiet)").count();
  demand(clear === shown, `${clear} in the picture, ${shown} in the table`);
}

async function nothing_but_a_drawing(page) {
  const evil = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
    viewBox="0 0 10 10" onload="evil()"><script>evil()</script><style>* { color: red }</style>
    <g class="node" onclick="evil()" style="fill:red"><title>A &lt;b&gt; [${chosen}]</title>
    <polygon points="0,0 1,1 1,0"/><a xlink:href="javascript:evil()"><text>x</text></a>
    <image href="http://evil.example/x.png"/><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">p</p>
    </foreignObject><use href="#x"/></g></svg>`;
  await page.route("**/map.svg", (route) => route.request().resourceType() === "fetch"
    ? route.fulfill({ contentType: "image/svg+xml", body: evil }) : route.continue());
  await map_open(page);
  const html = await page.locator("#map-frame svg").evaluate((svg) => svg.outerHTML);
  for (const word of ["evil", "script", "style", "onclick", "foreign", "href", "<use"])
    demand(!html.includes(word), `"${word}" came through: ${html}`);
  demand(html.includes("A &lt;b&gt;"), html);
  const told = page.complaints.filter((each) => !/Content Security Policy/.test(each)); // what it stopped
  demand(!told.length, told.join("\n"));
}

run(async (browser) => {
  const page = await sign_in(browser, "lead");
  for (const [name, body] of Object.entries({ size_by_keyboard, ties_of_one, from_one_place,
    nothing_but_a_drawing }))
    await test(`map: ${name.replaceAll("_", " ")}`, () => body(page));
  await test("map: without JavaScript the picture and the table are there", async () => {
    const plain = await sign_in(browser, "team", { javaScriptEnabled: false });
    await plain.goto(`${about.site}/p/harbour/map`);
    demand(await plain.locator("#map-frame img").isVisible(), "there is no picture");
    demand(!await plain.locator("#map-tools").isVisible(), "there are tools that do nothing");
    demand(await plain.locator("#map-people tbody tr").count() > 20, "there is no table");
  });
  await test("map: where the script cannot have the picture it stays as it is", async () => {
    const other = await sign_in(browser, "team");
    await other.route("**/map.svg", (route) => route.request().resourceType() === "fetch"
      ? route.fulfill({ status: 404, body: "" }) : route.continue());
    await other.goto(`${about.site}/p/harbour/map`, { waitUntil: "networkidle" });
    demand(await other.locator("#map-frame img").isVisible(), "there is no picture");
    demand(!await other.locator("#map-tools").isVisible(), "there are tools that do nothing");
  });
});
