// Comfort only: every page works without this script. It asks whether there is a newer state, brings it in without
// moving the page, empties the page when the vault is locked, and blurs it on request.
(() => {
  "use strict";
  const EVERY = 2000;
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

  /** A way to find an element of the old page again in the new one. */
  const nameOf = (element) => {
    if (!element || !document.querySelector("main")?.contains(element)) return null;
    const all = document.querySelectorAll("main a[href], main summary, main [tabindex]");
    const at = [...all].indexOf(element);
    return at < 0 ? null : { href: element.getAttribute("href"), at };
  };

  const find = ({ href, at }) => {
    const all = [...document.querySelectorAll("main a[href], main summary, main [tabindex]")];
    const same = all.filter((element) => element.getAttribute("href") === href);
    return same.includes(all[at]) ? all[at] : same[0];
  };

  const openFolds = () => [...document.querySelectorAll("details[open][data-fold]")].map((fold) => fold.dataset.fold);

  const sideways = () => [...document.querySelectorAll(".lanes, .wide")].map((box) => box.scrollLeft);

  /** Puts the newer page in place of the older one; scroll, folds and focus stay. */
  const bringIn = (text) => {
    const newer = new DOMParser().parseFromString(text, "text/html");
    const [from, to] = [newer.querySelector("main"), document.querySelector("main")];
    if (!from || !to) return;
    const kept = { x: scrollX, y: scrollY, folds: openFolds(), boxes: sideways(), focus: nameOf(document.activeElement) };
    to.replaceWith(document.adoptNode(from));
    document.title = newer.title;
    document.body.dataset.stamp = newer.body.dataset.stamp;
    for (const fold of document.querySelectorAll("details[data-fold]")) {
      fold.open = kept.folds.includes(fold.dataset.fold);
    }
    document.querySelectorAll(".lanes, .wide").forEach((box, at) => (box.scrollLeft = kept.boxes[at] ?? 0));
    if (kept.focus) find(kept.focus)?.focus({ preventScroll: true });
    scrollTo(kept.x, kept.y);
  };

  /** Whether somebody is filling in a form: it must not be taken away under their hands. */
  const filling = () =>
    [...document.querySelectorAll("main input")].some((field) => field.value !== field.defaultValue) ||
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

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
    if (event.key === "p") document.documentElement.classList.toggle("veiled");
    if (event.key === "/") {
      event.preventDefault();
      const field = document.querySelector("main input[type=search]");
      if (field) field.select();
      else location.assign("/search/");
    }
  });

  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY);

  // The newest end of a timeline is the one to see first where not all of it fits.
  for (const box of document.querySelectorAll(".newest")) box.scrollLeft = box.scrollWidth;
})();
