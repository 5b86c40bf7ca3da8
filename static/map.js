/* The map of who is tied to whom, to be looked at closely: larger and smaller, the ties of one person,
   those of one organisation or sector. Without it the picture, and the table that says the same, are
   there as they are. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const frame = document.getElementById("map-frame");
  const tools = document.getElementById("map-tools");
  const said = document.getElementById("map-said");
  const image = frame && frame.querySelector("img");
  const rows = [...document.querySelectorAll("#map-people tbody tr")];
  if (!image || !tools) return;

  /* ---- the picture becomes part of the page ---- */

  /* Names come from people's records. Only what a drawing needs is copied, so that whatever a name may
     hold can neither load nor run anything. */
  const ELEMENTS = new Set(["svg", "g", "title", "desc", "path", "polygon", "polyline", "ellipse", "text"]);
  const ATTRIBUTES = new Set(["viewBox", "transform", "d", "points", "x", "y", "cx", "cy", "rx", "ry", "fill",
    "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "text-anchor"]);

  const copyOf = (from) => {
    const to = document.createElementNS(SVG, from.localName);
    for (const { name, value } of from.attributes) if (ATTRIBUTES.has(name)) to.setAttribute(name, value);
    if (["node", "edge"].includes(from.getAttribute("class"))) to.dataset.is = from.getAttribute("class");
    for (const child of from.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) to.append(child.data);
      else if (child.namespaceURI === SVG && ELEMENTS.has(child.localName)) to.append(copyOf(child));
    }
    return to;
  };

  const pictureOf = (text) => {
    const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    if (root.localName !== "svg" || root.namespaceURI !== SVG) throw new Error("no picture");
    const picture = copyOf(root);
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", image.alt);
    return picture;
  };

  /* ---- who is who in it ---- */

  /* Of a person "NAME [KEY]"; of a team "Team: NAME [KEY]"; of a tie the names of both with "->"
     between them, and behind each perhaps the side at which the line begins: ":e". */
  const titleOf = (group) => group.querySelector("title").textContent;

  const read = (picture) => {
    const groups = (is) => [...picture.querySelectorAll(`g[data-is="${is}"]`)];
    const nodes = new Map(groups("node").map((group) => [titleOf(group), group]));
    const people = new Map();
    for (const row of rows)
      for (const [title, group] of nodes)
        if (title.endsWith(` [${row.dataset.key}]`) && group.querySelector("polygon")) {
          people.set(row.dataset.key, group);
          group.dataset.person = row.dataset.key;
        }
    const ties = groups("edge").map((group) => {
      const title = titleOf(group);
      for (const [from, node] of nodes) {
        const rest = title.startsWith(from) && title.slice(from.length).match(/^(?::\w+)?->([^]*)$/);
        const to = rest && (nodes.get(rest[1]) || nodes.get(rest[1].replace(/:\w+$/, "")));
        if (to) return { group, ends: [node, to] };
      }
      return { group, ends: [] };
    });
    return { nodes: [...nodes.values()], people, ties };
  };

  const start = (picture) => {
    const map = read(picture);
    const person = document.getElementById("map-person");
    const place = document.getElementById("map-place");

    /* ---- size ---- */

    const MOST = 6, STEP = 1.25, READABLE = 704;
    const box = picture.getAttribute("viewBox").split(/[ ,]+/).map(Number);
    let width = Math.max(frame.clientWidth, READABLE);

    const show = () => {
      picture.setAttribute("width", width);
      picture.setAttribute("height", (width * box[3]) / box[2]);
    };
    /* What is in the middle, or where somebody points, stays there. */
    const resize = (to, x = frame.clientWidth / 2, y = frame.clientHeight / 2) => {
      const before = width;
      width = Math.min(Math.max(to, frame.clientWidth / 2, 200), frame.clientWidth * MOST);
      const left = ((frame.scrollLeft + x) * width) / before - x;
      const top = ((frame.scrollTop + y) * width) / before - y;
      show();
      frame.scrollTo(left, top);
      said.textContent = `The map is ${Math.round((100 * width) / frame.clientWidth)} % as wide as the page.`;
    };
    const larger = () => resize(width * STEP);
    const smaller = () => resize(width / STEP);
    const whole = () => resize(frame.clientWidth);

    /* ---- what is shown, and what steps back ---- */

    const isFrom = (row) => {
      const slash = place.value.indexOf("/");
      return !place.value || row.dataset[place.value.slice(0, slash)] === place.value.slice(slash + 1);
    };
    const tiesOf = (node) => map.ties.filter((tie) => tie.ends.includes(node));
    /* A person, those tied to them, and those who meet them in a team. */
    const around = (node) => {
      const near = new Set([node]), drawn = new Set();
      const take = (tie) => {
        drawn.add(tie.group);
        tie.ends.forEach((end) => near.add(end));
      };
      tiesOf(node).forEach(take);
      for (const team of [...near]) if (!team.dataset.person) tiesOf(team).forEach(take);
      return { near, drawn };
    };
    const wordsOf = (row) => {
      const name = row.querySelector("th").firstChild.data.trim();
      const count = row.querySelector(".nhsuk-details__summary-text");
      if (!count) return `${name} is tied to nobody in the records.`;
      const n = count.firstChild.data.trim();
      return `${name} is tied to ${n} ${n === "1" ? "person" : "people"}; the others step back. The table below names them.`;
    };

    const choose = () => {
      const chosen = map.people.get(person.value), ties = chosen && around(chosen);
      const from = new Set(rows.filter(isFrom).map((row) => map.people.get(row.dataset.key)));
      const isQuiet = (node) => (ties && !ties.near.has(node)) || (node.dataset.person && !from.has(node));
      for (const node of map.nodes) {
        node.classList.toggle("ithaca-map__quiet", Boolean(isQuiet(node)));
        node.classList.toggle("ithaca-map__chosen", node === chosen);
      }
      for (const tie of map.ties)
        tie.group.classList.toggle("ithaca-map__quiet",
          ties ? !ties.drawn.has(tie.group) : tie.ends.some((end) => isQuiet(end)));
      for (const row of rows) row.hidden = !isFrom(row);
      const row = rows.find((each) => each.dataset.key === person.value);
      const shown = rows.filter((each) => !each.hidden).length;
      said.textContent = row ? wordsOf(row)
        : place.value ? `${shown} of ${rows.length} people are shown; the others step back.` : "";
    };

    /* Within the map only: the page stays where it is. */
    const reach = () => {
      const chosen = map.people.get(person.value);
      if (!chosen) return;
      const at = chosen.getBoundingClientRect(), seen = frame.getBoundingClientRect();
      frame.scrollBy(at.x + at.width / 2 - seen.x - seen.width / 2, at.y + at.height / 2 - seen.y - seen.height / 2);
    };

    /* ---- what people do ---- */

    frame.addEventListener("keydown", (event) => {
      const does = { "+": larger, "=": larger, "-": smaller, "−": smaller, 0: whole }[event.key];
      if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      does();
    });
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const at = frame.getBoundingClientRect();
      resize(event.deltaY < 0 ? width * STEP : width / STEP, event.clientX - at.x, event.clientY - at.y);
    }, { passive: false });
    frame.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "mouse" || event.buttons !== 1) return;
      frame.scrollBy(-event.movementX, -event.movementY);
    });
    picture.addEventListener("click", (event) => {
      const group = event.target.closest("g[data-person]");
      if (!group) return;
      person.value = person.value === group.dataset.person ? "" : group.dataset.person;
      choose();
    });
    document.getElementById("map-in").addEventListener("click", larger);
    document.getElementById("map-out").addEventListener("click", smaller);
    document.getElementById("map-whole").addEventListener("click", whole);
    person.addEventListener("change", () => {
      choose();
      reach();
    });
    place.addEventListener("change", choose);

    frame.classList.add("ithaca-map");
    image.replaceWith(picture);
    tools.hidden = false;
    show();
    choose();
  };

  fetch(image.src, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))))
    .then((text) => start(pictureOf(text)))
    .catch(() => {}); /* the picture stays as it is */
})();
