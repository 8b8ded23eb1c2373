// Comfort only: every page works without this script. It asks whether there is a newer state, brings it in without
// moving the page, empties the page when the vault is locked, and answers to a few keys.
(() => {
  "use strict";
  const EVERY = 2000;
  /** How long the second key of two may take. */
  const PAUSE = 2000;
  /** So many looks in vain, and the program is taken to have ended. */
  const IN_VAIN = 3;
  let busy = false;
  let inVain = 0;

  /** Takes every word off the screen. */
  const empty = () => {
    document.title = "throughline";
    document.body.replaceChildren();
  };

  const locked = (status) => status === 423 || status === 403;

  /** Nobody is there to say "locked" any more, so the page goes as it would then. */
  const ended = () => {
    if (document.querySelector(".ended")) return;
    empty();
    const words = made("p", "throughline has ended or does not answer. Nothing is shown any more.");
    words.className = "lead ended";
    document.body.append(made("main", "", words));
  };

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
    all("main option").some((option) => option.selected !== option.defaultSelected && option.index > 0) ||
    document.activeElement?.closest?.("main form") != null;

  const look = async () => {
    if (busy) return;
    busy = true;
    try {
      const stamp = await ask("/pulse");
      if (inVain >= IN_VAIN) leave();
      inVain = 0;
      // A page nobody sees is emptied by a lock as well, but brought up to date only when it is seen.
      if (!document.hidden && stamp !== null && stamp.trim() !== document.body.dataset.stamp && !filling()) {
        // Nobody asked for this: it must not keep the vault open.
        const page = await ask(`${location.pathname}?still`);
        if (page !== null) bringIn(page);
      }
    } catch {
      inVain += 1;
      if (inVain >= IN_VAIN) ended();
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
    ["t", "choose the time that is shown; a mouse may also draw over a part of a timeline", range],
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

  const off = () => document.body.dataset.keys === "off";

  let before = "";
  let since = 0;
  addEventListener("keydown", (event) => {
    if (off() || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
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

  // Drawing over a part of a timeline leads to that part.

  const SVG = "http://www.w3.org/2000/svg";
  const DAY = 86_400_000;
  /** So far the pointer moves before it draws, in pixels: a click on a mark stays a click. */
  const LEAST = 8;

  /** The day at a place of a timeline. */
  const dayAt = ({ first, last, from, until }, x) => {
    const [start, end] = [Date.parse(from), Date.parse(until)];
    const share = Math.min(Math.max((x - first) / Math.max(last - first, 1), 0), 1);
    return new Date(Math.round((start + share * (end - start)) / DAY) * DAY).toISOString().slice(0, 10);
  };

  /** Where a pointer is, in the units of the drawing. */
  const within = (plot, event) => ((event.clientX - plot.getBoundingClientRect().left) * plot.viewBox.baseVal.width) / plot.getBoundingClientRect().width;

  let drawn = null;
  addEventListener("pointerdown", (event) => {
    const plot = event.target.closest?.("[data-stretches] svg.plot");
    if (!plot || event.button !== 0 || event.pointerType === "touch") return;
    drawn = { plot, at: event.clientX, from: within(plot, event), to: null, mark: null };
  });
  addEventListener("pointermove", (event) => {
    if (!drawn || (!drawn.mark && Math.abs(event.clientX - drawn.at) < LEAST)) return;
    if (!drawn.mark) {
      drawn.mark = document.createElementNS(SVG, "rect");
      drawn.mark.setAttribute("class", "drawn");
      drawn.mark.setAttribute("y", 0);
      drawn.mark.setAttribute("height", drawn.plot.viewBox.baseVal.height);
      drawn.plot.append(drawn.mark);
    }
    const { first, last } = drawn.plot.closest("[data-stretches]").dataset;
    drawn.to = Math.min(Math.max(within(drawn.plot, event), Number(first)), Number(last));
    drawn.mark.setAttribute("x", Math.min(drawn.from, drawn.to));
    drawn.mark.setAttribute("width", Math.abs(drawn.to - drawn.from));
  });
  addEventListener("pointerup", () => {
    const done = drawn;
    drawn = null;
    if (!done?.mark) return;
    done.mark.remove();
    const { stretches, ...axis } = done.plot.closest("[data-stretches]").dataset;
    const days = [done.from, done.to].sort((one, other) => one - other).map((x) => dayAt(axis, x));
    // The mark under the pointer is not meant.
    addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
    go(`${stretches}${days[0]}/${days[1]}/`);
  });
  addEventListener("pointercancel", () => {
    drawn?.mark?.remove();
    drawn = null;
  });
  // Links in a drawing would be dragged away instead.
  addEventListener("dragstart", (event) => {
    if (event.target.closest?.("[data-stretches] svg.plot")) event.preventDefault();
  });

  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY);

  // The newest end of a timeline is the one to see first where not all of it fits.
  for (const box of all(".newest")) box.scrollLeft = box.scrollWidth;
})();
