/* The form of a decision draws its path while it is filled in. Without this there is a button that
   does so; what is drawn is worked out by the server either way. */
(() => {
  "use strict";
  const form = document.getElementById("decide");
  const said = document.getElementById("path-said");
  if (!form || !said) return;

  /* Names come from what is typed. Only what a drawing needs is copied, so that whatever a name may
     hold can neither load nor run anything. */
  const ELEMENTS = new Set(["div", "p", "ul", "li", "strong", "svg", "g", "title", "rect", "line", "polygon", "text"]);
  const ATTRIBUTES = new Set(["id", "class", "viewBox", "role", "aria-label", "x", "y", "x1", "y1", "x2", "y2",
    "width", "height", "rx", "points"]);
  const copyOf = (from) => {
    const to = document.createElementNS(from.namespaceURI, from.localName);
    for (const { name, value } of from.attributes) if (ATTRIBUTES.has(name)) to.setAttribute(name, value);
    for (const child of from.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) to.append(child.data);
      else if (ELEMENTS.has(child.localName)) to.append(copyOf(child));
    }
    return to;
  };

  const PAUSE = 400;
  let waiting, asked;

  const draw = async () => {
    if (asked) asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.path, {
        method: "POST", body: new URLSearchParams(new FormData(form)), signal: asked.signal,
      });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("path-drawn");
      if (!fresh) return;
      document.getElementById("path-drawn").replaceWith(copyOf(fresh));
      const summary = document.getElementById("path-summary").textContent;
      if (said.textContent !== summary) said.textContent = summary;
    } catch {
      /* The drawing stays as it was; the button still works. */
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, PAUSE);
  });
})();
