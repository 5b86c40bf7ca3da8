// A programme from nothing to its first diagnosis, as somebody new to it would: whoever looks after the site
// begins it and invites its lead, who answers the questions. Every click, every field and every choice counts.
const { about, demand, page_new, run, sign_in, test } = require("./browser.js");

const ACTIONS_MOST = 60;
const DAY = 24 * 3600 * 1000;

const organisations = [
  "Hillside Hospital Trust", "Hillside Council", "Riverside Practices, primary care",
  "Carers Together, voluntary sector"];
const people = [
  "Medical director, Hospital, doctor", "Operations manager, Hospital, manager",
  "Chief executive, Hospital, manager", "Programme manager, Hospital, manager",
  "Head of adult social care, Council, social worker", "Director of adult services, Council, manager",
  "Finance officer, Council, officer", "Clinical lead, Riverside, GP", "Practice manager, Riverside, manager",
  "District nurse, Riverside, nurse", "Carer representative, Carers, carer", "Charity manager, Carers, manager"];
const seats = ["Medical director", "Operations manager", "Programme manager", "Head of adult social care",
  "Clinical lead", "District nurse", "Carer representative", "Charity manager"];
const decisions = ["Name the service", "Start the pilot, 1 March 2026", "Share the care record",
  "Pay for the night service", "Move the clinic"];
const leads = ["Programme manager, programme lead, 3", "Medical director, clinical lead, 0",
  "Nobody, management lead, Hospital"];

// What a person does, counted.
function counted(page) {
  const walk = { page, actions: 0 };
  const one = (what) => async (...given) => { walk.actions++; await what(...given); };
  walk.press = one((name) => page.getByRole("button", { name }).click());
  walk.follow = one((name) => page.getByRole("link", { name }).first().click());
  walk.fill = one((label, text) => page.getByLabel(label).fill(text));
  walk.choose = one((label, option) => page.getByLabel(label, { exact: true }).selectOption({ label: option }));
  walk.choose_in = one((group, label, option) => page.getByRole("group", { name: group, exact: true })
    .getByLabel(label, { exact: true }).selectOption({ label: option }));
  walk.tick = one((label) => page.getByLabel(label).check({ force: true }));
  walk.save = () => walk.press("Save and go on");
  walk.heading = (name) => page.getByRole("heading", { level: 1, name }).waitFor();
  return walk;
}

async function is_begun(browser) {
  const keeper = counted(await sign_in(browser, "administrator"));
  await keeper.page.goto(`${about.site}/site`);
  await keeper.fill("What is it called?", "Falls prevention");
  await keeper.fill("When did the work begin?", "March 2025");
  await keeper.press("Begin it");
  await keeper.page.getByText("The programme has begun.").waitFor();
  await keeper.fill("Name", "Network manager");
  await keeper.fill("E-mail address", "network@example.org");
  await keeper.press("Invite them");
  await keeper.heading("Pass this link on to Network manager");
  return { actions: keeper.actions, link: await keeper.page.locator(".ithaca-link code").innerText() };
}

async function team_is_told(walk) {
  await walk.heading("Which team leads the change?");
  await walk.fill("What is it there to do?", "Fewer falls among people over 75");
  await walk.choose("What may it decide?", "Recommends: somebody else decides on its advice");
  for (const seat of seats)
    await walk.tick(new RegExp(`^${seat} \\(`));
  await walk.choose("Who chairs it?", "Nobody, or it is not settled");
  await walk.choose("Who has a vote?", "Everybody who sits in it");
  await walk.choose("How often does it mean to meet?", "Every four weeks");
  await walk.fill("When did it last meet?", new Date(Date.now() - 90 * DAY).toISOString().slice(0, 10));
  await walk.tick("It has not met again since that day");
  await walk.tick("These are all who sit in it, and no other team leads the change");
  await walk.save();
}

async function deciders_are_told(walk) {
  const all = "For all of them together", chief = "Chief executive", team = "Falls prevention team";
  await walk.heading("Who has the last word on each?");
  await walk.page.getByText("Through the last answer:").waitFor(); // beside the form
  await walk.choose_in("Name the service", all, team);
  await walk.choose_in("Start the pilot", all, team);
  await walk.choose_in("Start the pilot", "Hillside Hospital Trust", chief);
  await walk.choose_in("Share the care record", "Hillside Hospital Trust", chief);
  await walk.choose_in("Share the care record", "Hillside Council", "Nobody can say");
  await walk.choose_in("Share the care record", "Riverside Practices", "Clinical lead");
  await walk.choose_in("Share the care record", "Carers Together", "It does not concern them");
  await walk.choose_in("Pay for the night service", "Hillside Hospital Trust", chief);
  await walk.choose_in("Pay for the night service", "Hillside Council", "Director of adult services");
  await walk.choose_in("Pay for the night service", "Riverside Practices", "Clinical lead");
  await walk.choose_in("Move the clinic", all, "Nobody can say");
  await walk.save();
}

async function vision_is_told(walk) {
  await walk.heading("What have the partners agreed?");
  await walk.choose("Is it written down what they want to bring about together?",
    "They speak of it, but it is not written down");
  await walk.choose("Is it built round the people who use services?", "Partly: it mentions them");
  await walk.choose("Hillside Hospital Trust", "Agreed");
  await walk.choose("Hillside Council", "Not asked");
  await walk.save();
}

async function questions_are_answered(walk) {
  await walk.heading("Which organisations take part?");
  await walk.fill("Organisations, one on each line", organisations.join("\n"));
  await walk.save();
  await walk.heading("Who are the people?");
  await walk.fill("People, one on each line", people.join("\n"));
  await walk.save();
  await team_is_told(walk);
  await walk.heading("Which decisions are still to be taken?");
  await walk.fill("Decisions, one on each line", decisions.join("\n"));
  await walk.save();
  await deciders_are_told(walk);
  await walk.heading("Who tells those who decide?");
  await walk.choose("Hillside Hospital Trust: Chief executive", "Medical director");
  await walk.choose("Hillside Council: Director of adult services", "Nobody does");
  await walk.save();
  await walk.heading("Who leads, and have they time for it?");
  await walk.fill("Those who lead, one on each line", leads.join("\n"));
  await walk.save();
  await vision_is_told(walk);
}

async function from_nothing(browser) {
  const begun = await is_begun(browser), walk = counted(await page_new(browser));
  await walk.page.goto(begun.link);
  await walk.press("Sign in");
  await walk.follow("Ithaca"); // a password can wait
  await walk.follow("Begin here");
  await walk.heading("Begin here");
  await walk.follow("Begin");
  await questions_are_answered(walk);
  await walk.heading("Your first diagnosis");
  await walk.page.getByRole("heading", { name: "Look at these first" }).waitFor();
  const said = (await walk.page.locator("main").innerText()).replace(/\s+/g, " ");
  const actions = begun.actions + walk.actions;
  demand(actions <= ACTIONS_MOST, `it takes ${actions} actions`);
  for (const words of ["What it means:", "What to do now:", "So far nobody but you can see it"])
    demand(said.includes(words), `"${words}" is not there:\n${said}`);
  await walk.follow("Read the whole diagnosis");
  const whole = (await walk.page.locator("main").innerText()).replace(/\s+/g, " ");
  for (const words of ["It is not settled who finally decides “Share the care record” in Hillside Council",
    "It is not settled who finally decides “Move the clinic”",
    "More than one has the last word on “Start the pilot” in Hillside Hospital Trust",
    "Nobody carries messages to Director of adult services in Hillside Council",
    "It is not clear who chairs Falls prevention team", "Falls prevention team means to meet every 28 days",
    "A decision on “Start the pilot” was needed by"])
    demand(whole.includes(words), `"${words}" is not found:\n${whole}`);
  demand(!walk.page.complaints.length, walk.page.complaints.join("\n"));
  console.log(`   ${actions} actions, ${begun.actions} of them by whoever looks after the site`);
}

run(async (browser) => {
  await test("a programme from nothing to its first diagnosis", () => from_nothing(browser));
});
