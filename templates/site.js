// Comfort only: every page works without this script. It asks whether there is a newer state, brings it in without
// moving the page, empties the page when the vault is locked, and answers to a few keys.
(() => {
  "use strict";
  const EVERY = 2000;
  /** How long the second key of two may take. */
  const PAUSE = 2000;
  let busy = false;

  /** Takes every word off the screen. */
  const empty = () => {
    document.title = "throughline";
    document.body.replaceChildren();
  };

  const locked = (status) => status === 423 || status === 403;

  const leave = () => {
    empty();
    location.reload();
  };

  const ask = async (path) => {
    const answer = await fetch(path, { cache: "no-store", credentials: "same-origin", redirect: "error" });
    if (locked(answer.status)) {
      leave();
      return null;
    }
    return answer.ok || answer.status === 404 ? answer.text() : null;
  };

  const all = (selector) => [...document.querySelectorAll(selector)];
  const FOCUSABLE = "main a[href], main summary, main [tabindex]";

  /** A way to find an element of the old page again in the new one. */
  const nameOf = (element) => {
    if (!element || !document.querySelector("main")?.contains(element)) return null;
    const at = all(FOCUSABLE).indexOf(element);
    return at < 0 ? null : { href: element.getAttribute("href"), at };
  };

  const find = ({ href, at }) => {
    const same = all(FOCUSABLE).filter((element) => element.getAttribute("href") === href);
    const there = all(FOCUSABLE)[at];
    return same.includes(there) ? there : same[0];
  };

  const openFolds = () => all("details[open][data-fold]").map((fold) => fold.dataset.fold);

  const sideways = () => all(".lanes, .wide").map((box) => box.scrollLeft);

  /** Puts the newer page in place of the older one; scroll, folds and focus stay. */
  const bringIn = (text) => {
    const newer = new DOMParser().parseFromString(text, "text/html");
    const [from, to] = [newer.querySelector("main"), document.querySelector("main")];
    if (!from || !to) return;
    const kept = { x: scrollX, y: scrollY, folds: openFolds(), boxes: sideways(), focus: nameOf(document.activeElement) };
    to.replaceWith(document.adoptNode(from));
    document.title = newer.title;
    document.body.dataset.stamp = newer.body.dataset.stamp;
    for (const fold of all("details[data-fold]")) fold.open = kept.folds.includes(fold.dataset.fold);
    all(".lanes, .wide").forEach((box, at) => (box.scrollLeft = kept.boxes[at] ?? 0));
    if (kept.focus) find(kept.focus)?.focus({ preventScroll: true });
    scrollTo(kept.x, kept.y);
  };

  /** Whether somebody is filling in a form: it must not be taken away under their hands. */
  const filling = () =>
    all("main input").some((field) => field.value !== field.defaultValue) ||
    document.activeElement?.closest?.("main form") != null;

  const look = async () => {
    if (busy || document.hidden) return;
    busy = true;
    try {
      const stamp = await ask("/pulse");
      if (stamp !== null && stamp.trim() !== document.body.dataset.stamp && !filling()) {
        // Nobody asked for this: it must not keep the vault open.
        const page = await ask(`${location.pathname}?still`);
        if (page !== null) bringIn(page);
      }
    } catch {
      // The program is not there for the moment; the next look will tell.
    } finally {
      busy = false;
    }
  };

  addEventListener("pageshow", (event) => {
    if (event.persisted) leave();
  });

  // Keys.

  const go = (path) => location.assign(path);

  /** The address of the client whom the page is about, if it is about one. */
  const client = () => document.querySelector("[data-client]")?.dataset.client;

  const toClient = (rest) => {
    if (client()) go(client() + rest);
  };

  const search = () => {
    const field = document.querySelector("main input[type=search]");
    if (field) field.select();
    else go("/search/");
  };

  /** Down or up a list of notes, or from a note to the one after or before it. */
  const step = (by) => {
    const notes = all("main .card h3 > a[href^='/notes/']");
    if (notes.length === 0) {
      document.querySelector(`main a[rel=${by > 0 ? "next" : "prev"}][href^='/notes/']`)?.click();
      return;
    }
    const at = notes.indexOf(document.activeElement);
    (at < 0 ? notes[0] : notes[at + by])?.focus();
  };

  const range = () =>
    (document.querySelector("[data-range] [aria-current=page]") ?? document.querySelector("[data-range] a"))?.focus();

  const veil = () => document.documentElement.classList.toggle("veiled");

  /** What can be pressed: the keys, what they do in words, and the doing. About lists the same. */
  const KEYS = [
    ["/", "search", search],
    ["j", "next note, or down a list of notes", () => step(1)],
    ["k", "note before, or up a list of notes", () => step(-1)],
    ["g h", "today", () => go("/")],
    ["g c", "clients", () => go("/clients/")],
    ["g t", "themes", () => go("/themes/")],
    ["g s", "search", () => go("/search/")],
    ["g n", "the notes of this client", () => toClient("")],
    ["g p", "before the session with this client", () => toClient("prepare/")],
    ["g f", "this client’s patterns: what was found", () => toClient("patterns/")],
    ["t", "choose the time that is shown", range],
    ["p", "blur the page, and blur it no more", veil],
    ["?", "this list", () => help()],
  ];

  const made = (name, words, ...inside) => {
    const element = document.createElement(name);
    element.append(...(words ? [words] : []), ...inside);
    return element;
  };

  const help = () => {
    const old = document.querySelector("dialog.help");
    if (old) {
      old.close();
      return;
    }
    const dialog = made("dialog");
    dialog.className = "help";
    const heading = made("h2", "Keys");
    heading.id = "help-heading";
    dialog.setAttribute("aria-labelledby", heading.id);
    const list = made("dl");
    for (const [keys, words] of KEYS) {
      list.append(made("div", "", made("dt", "", ...keys.split(" ").map((key) => made("kbd", key))), made("dd", words)));
    }
    const close = made("button", "Close");
    close.addEventListener("click", () => dialog.close());
    dialog.append(heading, list, close);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  /** Keys that do something on the page beside the client: no way leads from there to anybody else. */
  const QUIET = ["p"];

  let before = "";
  let since = 0;
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    if (document.querySelector("dialog[open]") && event.key !== "?") return;
    const two = before && event.timeStamp - since < PAUSE ? `${before} ${event.key}` : event.key;
    [before, since] = [event.key === "g" && two === "g" ? "g" : "", event.timeStamp];
    const found = KEYS.find(([keys]) => keys === two);
    if (!found || (document.body.classList.contains("screen") && !QUIET.includes(two))) return;
    event.preventDefault();
    found[2]();
  });

  // On paper folds are open; they are as they were afterwards.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });

  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY);

  // The newest end of a timeline is the one to see first where not all of it fits.
  for (const box of all(".newest")) box.scrollLeft = box.scrollWidth;
})();
