/* The home page of a programme by Express and better-sqlite3, for tests/bench-web: the same statements
 * on the same file (they are read from src/), the same session and permission checks, the same markup to
 * the byte (bench-web compares), the same compression. What the page does not show for the programme that
 * is measured (what was decided, what the programme made of the steps) is asked for and not written.
 *
 *     node server.js PORT DATABASE STYLESHEET ICON
 *
 * A session's cookie is hashed with SHA-256: Node.js has none of libsodium's hashes of that length. */
"use strict";
const crypto = require("crypto");
const fs = require("fs");
const path = require("path");
const zlib = require("zlib");
const express = require("express");
const Database = require("better-sqlite3");

const [port, file, stylesheet, icon] = process.argv.slice(2);
const root = path.join(__dirname, "..", "..");
const db = new Database(file, { readonly: true });
db.defaultSafeIntegers(); // ids have 63 bits

/* ---- statements ---- */

const statements = {};
for (const name of ["accounts/accounts", "findings/findings", "home/home", "replies/replies",
  "steps/steps"]) {
  const text = fs.readFileSync(path.join(root, "src", `${name}.sql`), "utf8");
  for (const [, statement, sql] of text.matchAll(/^-- statement (\w+)\n([^]*?;)$/gm)) {
    if (/^\s*(--.*\n\s*)*select/.test(sql)) statements[statement] = sql;
  }
}
const prepared = {};
function all(name, ...values) {
  prepared[name] ??= db.prepare(statements[name].replace(/\$(\d)/g, "@v$1")).raw();
  return prepared[name].all(Object.fromEntries(values.map((value, i) => [`v${i + 1}`, value])));
}

/* ---- words ---- */

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text) => String(text).replace(/[&<>"']/g, (c) => entities[c]);
const html = (strings, ...values) =>
  strings.reduce((out, string, i) => out + (values[i - 1].raw ?? escaped(values[i - 1])) + string);
const raw = (text) => ({ raw: text });
const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December"];
function dayLong(day) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  return parts ? `${+parts[3]} ${months[parts[2] - 1]} ${parts[1]}` : day;
}
const titles = { lead: "programme lead", team: "team member", sponsor: "sponsor", mentor: "mentor",
  evaluator: "evaluator" };
const steps = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => {
  const text = fs.readFileSync(path.join(root, "content", "steps", `s${number}.md`), "utf8");
  return { id: `s${number}`, number, title: /^# (.*)/.exec(text)[1] };
});

/* ---- the diagnosis (src/findings/shown_text.h) ---- */

const counts = { F: 14, P: 14, R: 5, S: 1, B: 1, M: 1, C: 1, O: 4, G: 5, Q: 1, W: 1 };
function shownRead(text) {
  const shown = { findings: [], inOrder: 0, overall: "", outcomes: { direction: 0, alignment: 0, commitment: 0 } };
  const pieces = text.split("\x1f");
  for (let at = 0; at < pieces.length - 1;) {
    const letter = pieces[at][0], first = pieces[at].slice(1);
    if (letter === "F" || letter === "P") {
      shown.findings.push({ id: first, rule: pieces[at + 1], title: pieces[at + 2],
        about: pieces[at + 3], outcome: pieces[at + 5], severity: pieces[at + 6], sentence: pieces[at + 8],
        next: pieces[at + 9], step: pieces[at + 13], matters: [] });
    } else if (letter === "R" && !wide.has(first)) {
      shown.findings.at(-1).matters.push(`${first}/${pieces[at + 1]}`);
    } else if (letter === "O") {
      shown.inOrder++;
    } else if (letter === "W") {
      shown.overall = first;
    } else if (letter === "G") {
      shown.outcomes[pieces[at + 1]] += +pieces[at + 3];
    }
    at += counts[letter];
  }
  return shown;
}
const wide = new Set(["organisation", "team", "person", "coverage", "programme"]);

/* What src/diagnosis/first.c does. */
function firstThings(findings) {
  const chosen = [];
  const readiness = (finding) =>
    (!finding.step ? 2 : chosen.some((one) => one.step === finding.step) ? 1 : 0) +
    (chosen.some((one) => one.matters.some((matter) => finding.matters.includes(matter))) ? 3 : 0);
  for (const severity of ["high", "medium", "low"]) {
    for (let ready = 0; ready < 6; ready++) {
      for (let best; chosen.length < 3; chosen.push(best)) {
        best = undefined;
        for (const finding of findings) {
          if (finding.severity === severity && !chosen.some((one) => one.rule === finding.rule) &&
              readiness(finding) === ready && (!best || (finding.step && finding.step < best.step))) {
            best = finding;
          }
        }
        if (!best) break;
      }
    }
  }
  return chosen;
}

/* ---- the page ---- */

/* What src/findings/advice_pages.c does for those who may correct records. */
const kindsFolder = path.join(root, "src", "record", "kinds");
const kinds = Object.fromEntries(fs.readdirSync(kindsFolder).flatMap((name) =>
  [...fs.readFileSync(path.join(kindsFolder, name), "utf8").matchAll(/\.name = "(\w+)",\s*\.sheet = "([^"]+)"/g)]
    .map(([, kind, sheet]) => [sheet, kind])));
const sheet = Object.keys(kinds).sort((a, b) => b.length - a.length).join("|");
const mention = new RegExp(`on the sheets? ((?:${sheet})(?: and (?:${sheet}))*)`, "g");
const sheetName = new RegExp(sheet, "g");
function advice(key, words) {
  return escaped(words).replace(mention, (_, names) => `in Records, ${names.replace(sheetName, (name) =>
    `<a class="nhsuk-link" href="/p/${key}/records/${kinds[name]}">${name}</a>`)}`);
}

function findingItem(key, finding) {
  const url = `/p/${encodeURIComponent(key)}/finding/${encodeURIComponent(finding.id)}`;
  const title = finding.about ? `${finding.title}: ${finding.about}` : finding.title;
  return html`<li class="ithaca-first__item">
<h3 class="nhsuk-heading-s"><a class="nhsuk-link" href="${url}">${title}</a></h3>
<p class="nhsuk-body">${finding.sentence}</p>
<p class="ithaca-next"><strong>Next:</strong> ${raw(advice(key, finding.next))}</p>
</li>
`;
}

function outcomeItem(key, [outcome, inOrder], findings) {
  const open = findings.filter((finding) => finding.outcome === outcome).length;
  return html`<li><a class="nhsuk-link" href="/p/${key}/diagnosis?outcome=${outcome}#findings">${outcome[0].toUpperCase()}${outcome.slice(1)}: ${open} finding${open === 1 ? "" : "s"}, ${inOrder} in order</a></li>
`;
}

function stepItem(key, step, findings) {
  const open = findings.filter((finding) => finding.step === step.id).length;
  const state = open ? `${open} finding${open === 1 ? "" : "s"}` : "No finding";
  return html`<li class="nhsuk-task-list__item nhsuk-task-list__item--with-link">
<div class="nhsuk-task-list__name-and-hint"><a class="nhsuk-link nhsuk-task-list__link" href="/p/${key}/step/${step.id}" aria-describedby="step-${step.number}">${step.number}. ${step.title}</a></div>
<div class="nhsuk-task-list__status" id="step-${step.number}"><strong class="nhsuk-tag nhsuk-tag--${open ? "orange" : "green"}">${state}</strong></div>
</li>
`;
}

const groups = [["Home", [["", "Home"]]],
  ["Diagnosis", [["/diagnosis", "Diagnosis"], ["/history", "History"], ["/rules", "Rules"]]],
  ["Steps", [["/steps", "Steps"]]],
  ["Library", [["/library", "Library"], ["/learned", "What you learned"]]],
  ["Work", [["/actions", "Actions"], ["/meetings", "Meetings"], ["/wins", "Wins"],
    ["/resources", "Resources"], ["/policies", "Policies"], ["/agreements", "Agreements"], ["/visits", "Visits"]]],
  ["Decisions", [["/decisions", "Decisions"]]],
  ["Map", [["/map", "Map"], ["/whatif", "What if?"]]],
  ["Records", [["/records", "Records"], ["/search", "Search"], ["/documents", "Documents"], ["/coverage", "Coverage"], ["/bring", "Bring a list"]]],
  ["Who takes part", [["/people", "Who takes part"]]]];

function layout(visitor, title, body) {
  const { key } = visitor;
  const list = (items) => `<ul class="ithaca-nav__list">\n${items.join("")}</ul>`;
  const item = (place, words, current) => html`<li class="ithaca-nav__item"><a class="ithaca-nav__link" href="/p/${key}${place}"${raw(current ? ` aria-current="${current}"` : "")}>${words}</a></li>
`;
  const items = (places) => list(places.map(([place, words]) => item(place, words, words === title && "page")));
  const links = items(groups.flatMap(([, places]) => places));
  const here = groups.find(([, places]) => places.some(([, words]) => words === title));
  const row = list(groups.map((group) => item(group[1][0][0], group[0],
    group === here && (group[1][0][1] === title ? "page" : "true"))));
  const within = here && here[1].length > 1 ? html`<nav class="ithaca-nav ithaca-nav--within" aria-label="${here[0]}">
<div class="nhsuk-width-container">${raw(items(here[1]))}</div>
</nav>
` : "";
  const account = html`<form class="ithaca-header__account" method="post" action="/sign-out">
<input type="hidden" name="form-token" value="${visitor.formToken}">
<span><a href="/account">${visitor.name}</a>, ${titles[visitor.role]}</span>
<button class="ithaca-header__button" type="submit">Sign out</button>
</form>`;
  return html`<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>${title} – ${visitor.programme} – Ithaca</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="${icon}" type="image/svg+xml">
<link rel="stylesheet" href="${stylesheet}">
</head>
<body class="ithaca-page">
<a class="nhsuk-skip-link" href="#main">Skip to main content</a>
<header class="ithaca-header">
<div class="nhsuk-width-container ithaca-header__row">
<a class="ithaca-header__wordmark" href="/">Ithaca</a>
<p class="ithaca-header__programme">${visitor.programme}</p>
<div class="ithaca-header__wide">${raw(account)}</div>
<details class="ithaca-menu">
<summary class="ithaca-menu__title">Menu</summary>
<nav aria-label="Menu">${raw(links)}</nav>
${raw(account)}
</details>
</div>
<nav class="ithaca-nav" aria-label="Programme">
<div class="nhsuk-width-container">
${raw(row)}
</div>
</nav>
${raw(within)}</header>
<div class="nhsuk-width-container">
<main class="nhsuk-main-wrapper" id="main" tabindex="-1">
${raw(body)}
</main>
</div>
<footer class="ithaca-footer">
<div class="nhsuk-width-container">
<ul class="ithaca-footer__list"><li><a class="nhsuk-link" href="/p/${key}/privacy">How your data are used</a></li></ul>
<p class="nhsuk-body-s">Ithaca, for the people who lead integrated health and social care. It holds no patient data.</p>
</div>
</footer>
</body>
</html>`;
}

function visitorRead(cookies, key) {
  const token = /(?:^|; )ithaca=([^;]*)/.exec(cookies ?? "")?.[1];
  if (!token) return null;
  const hash = (purpose) => crypto.createHash("sha256").update(`${purpose}\0${token}`).digest("hex");
  const [row] = all("visitor", hash("session"), new Date().toISOString(), key);
  return row && { name: row[4], person: row[3], role: row[6], id: row[9], key: row[10],
    programme: row[11], formToken: hash("form") };
}

function agendaRead(visitor, today) {
  const rows = all("home_agenda", visitor.id);
  const of = (kind) => rows.filter((row) => row[0] === kind).map((row) => JSON.parse(row[1]));
  const held = of("meeting").filter((meeting) => meeting.held_on >= today && (meeting.state ?? "planned") === "planned")
    .sort((a, b) => (a.held_on < b.held_on ? -1 : 1));
  const wins = of("milestone").filter((win) => (win.state ?? "reached") === "reached" && win.reached <= today)
    .sort((a, b) => (a.reached < b.reached ? 1 : -1));
  const [team] = held.length ? all("home_team", visitor.id, held[0].team) : [];
  return { meeting: held[0], team: team && JSON.parse(team[0]).name, win: wins[0] };
}

function home(visitor) {
  const today = new Date().toISOString().slice(0, 10);
  const [row] = all("diagnosis_shown", visitor.id, visitor.role === "lead" ? 1 : 0);
  const shown = shownRead(row[5]);
  const kept = new Map(all("finding_periods", visitor.id).map((period) => [period[1], period]));
  const decided = new Set(all("finding_decisions", visitor.id).map(([id]) => id));
  all("visitor_records", visitor.id, visitor.person);
  const agenda = agendaRead(visitor, today);
  all("step_changes", visitor.id);
  all("replies_new", visitor.id, today);
  const open = shown.findings.filter((finding) => {
    const period = kept.get(finding.id);
    return !(period && (period[7] || decided.has(period[0])));
  });
  const facts = [];
  if (agenda.meeting) {
    facts.push(html`<div class="nhsuk-summary-list__row"><dt class="nhsuk-summary-list__key">Next meeting</dt><dd class="nhsuk-summary-list__value">${dayLong(agenda.meeting.held_on)}, ${agenda.team}</dd></div>
`);
  }
  if (agenda.win) {
    facts.push(html`<div class="nhsuk-summary-list__row"><dt class="nhsuk-summary-list__key">Last win</dt><dd class="nhsuk-summary-list__value">${agenda.win.title} <span class="ithaca-quiet">(${dayLong(agenda.win.reached)})</span></dd></div>
`);
  }
  const first = firstThings(open).map((finding) => findingItem(visitor.key, finding)).join("");
  return layout(visitor, "Home", html`<h1 class="nhsuk-heading-xl"><span class="nhsuk-caption-xl">As of ${dayLong(row[2])}</span> ${visitor.programme}</h1>
<p class="nhsuk-lede-text">${open.length} findings open, ${shown.inOrder} things in order.</p>
<p class="nhsuk-body nhsuk-u-reading-width">${shown.overall}</p>
<ul class="nhsuk-list">
${raw(Object.entries(shown.outcomes).map((each) => outcomeItem(visitor.key, each, open)).join(""))}</ul>
<dl class="nhsuk-summary-list">
${raw(facts.join(""))}</dl>
<h2 class="nhsuk-heading-l">What matters most</h2>
<ol class="ithaca-first">
${raw(first)}</ol>
<p class="nhsuk-body"><a class="nhsuk-link" href="/p/${visitor.key}/diagnosis">The whole diagnosis</a></p>
<h2 class="nhsuk-heading-l">The eight steps</h2>
<ol class="nhsuk-task-list">
${raw(steps.map((step) => stepItem(visitor.key, step, open)).join(""))}</ol>
`);
}

/* ---- serving ---- */

const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const app = express();
app.disable("x-powered-by");
app.disable("etag"); // ours costs no hash of the page
const begin = db.prepare("begin"), commit = db.prepare("commit");

app.get("/p/:programme", (request, response) => {
  begin.run();
  const visitor = visitorRead(request.headers.cookie, request.params.programme);
  const page = visitor?.role ? home(visitor) : null;
  commit.run();
  if (!page) {
    response.redirect(303, "/sign-in");
    return;
  }
  response.set({ "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-cache", Vary: "Accept-Encoding, Cookie",
    "Content-Type": "text/html; charset=utf-8" });
  if ((request.headers["accept-encoding"] ?? "").includes("gzip")) {
    response.set("Content-Encoding", "gzip").end(zlib.gzipSync(page, { level: 1 }));
  } else {
    response.end(page);
  }
});
app.listen(Number(port), "127.0.0.1");
