// What pages gain with scripts on; all of them read well without. Nothing here stores or sends anything, and no text
// becomes markup: the site's policy forbids it. The frame around a page is frame.js.
(() => {
  "use strict";

  const find = (selector, root = document) => [...root.querySelectorAll(selector)];

  const set = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };

  const make = (tag, attributes, ...children) => {
    const element = set(document.createElement(tag), attributes);
    element.append(...children);
    return element;
  };

  /** Definitions of terms on hover, focus and first tap (WCAG 1.4.13: dismissible, hoverable, persistent). */
  function explainTerms() {
    const words = make("span", { id: "guide-tip", role: "tooltip" });
    const more = make("a", { class: "guide-tip__more" }, "Open the glossary");
    const tip = make("div", { class: "guide-tip", hidden: "" }, words, more);
    let open = null; // the link whose definition shows
    let tapped = null; // the link under a finger, unless its definition shows already
    let timer = 0;
    const termOf = (event) => event.target.closest?.("a.guide-term[data-definition]");

    const hide = () => {
      clearTimeout(timer);
      open?.removeAttribute("aria-describedby");
      open = null;
      tip.hidden = true;
    };
    const show = (link, byTouch = false) => {
      hide();
      open = link;
      set(link, { "aria-describedby": words.id });
      words.textContent = link.dataset.definition;
      more.href = link.href;
      more.hidden = !byTouch;
      tip.hidden = false;
      const lines = link.getClientRects();
      const last = lines[lines.length - 1];
      const below = last.bottom + tip.offsetHeight + 8 < innerHeight;
      const line = below ? last : lines[0];
      const rightmost = document.documentElement.clientWidth - tip.offsetWidth - 8;
      tip.style.left = `${Math.max(8, Math.min(line.left, rightmost)) + scrollX}px`;
      tip.style.top = `${(below ? line.bottom + 2 : line.top - tip.offsetHeight - 2) + scrollY}px`;
    };

    const listeners = {
      pointerover(event) {
        if (event.pointerType === "touch") return;
        clearTimeout(timer);
        const link = termOf(event);
        if (link && link !== open) show(link);
        else if (!link && open !== document.activeElement && !tip.contains(event.target)) timer = setTimeout(hide, 250);
      },
      focusin(event) {
        const link = termOf(event);
        if (!link && !tip.contains(event.target)) hide();
        else if (link && link !== open && link.matches(":focus-visible")) show(link);
      },
      focusout(event) {
        if (event.target === open && more.hidden) hide();
      },
      keydown(event) {
        if (event.key === "Escape") hide();
      },
      pointerdown(event) {
        const link = termOf(event);
        tapped = event.pointerType === "touch" && link !== open ? link : null;
        if (!link && !tip.contains(event.target)) hide();
      },
      click(event) {
        if (!tapped || termOf(event) !== tapped) return;
        event.preventDefault();
        show(tapped, true);
        tapped = null;
      },
    };
    (document.querySelector("main") ?? document.body).append(tip);
    for (const [type, listener] of Object.entries(listeners)) document.addEventListener(type, listener);
  }

  /** Says that a page is past its review date, by the reader's clock. */
  function checkReviewDates() {
    for (const review of find(".guide-review[data-next-review]")) {
      const notice = review.querySelector(".guide-review__overdue");
      notice.hidden = new Date() < new Date(`${review.dataset.nextReview}T23:59:59`);
    }
  }

  /** Fills `[data-guide-filter]` with fields that filter the rows of all tables of claims. */
  function filterClaims() {
    const box = document.querySelector("[data-guide-filter]");
    const rows = find("tr[data-verdict][data-article]");
    if (!box || !rows.length) return;

    const field = (name, control) => make("label", {}, make("span", { class: "guide-filter__label" }, name), control);
    const choice = (key, all, words) => {
      const options = new Map();
      for (const row of rows) {
        const value = row.dataset[key];
        if (!options.has(value)) options.set(value, row.querySelector(words).textContent);
      }
      const entries = [["", all], ...[...options].sort(([, a], [, b]) => (a < b ? -1 : 1))];
      return make("select", {}, ...entries.map(([value, label]) => make("option", { value }, label)));
    };
    const text = make("input", { type: "search", autocomplete: "off" });
    const verdict = choice("verdict", "Every verdict", ".guide-verdict");
    const article = choice("article", "Every article", ".guide-claim__article");
    const reset = make("button", { type: "button" }, "Show all claims");
    const status = make("p", { class: "guide-filter__status", role: "status" });
    set(box, { role: "search", "aria-label": "Filter the claims" }).append(
      field("Words to find", text), field("Verdict", verdict), field("Article", article), reset, status);
    box.hidden = false;

    const contents = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    // A table without a row left goes away with its heading and the words between them.
    const sections = [...new Set(rows.map((row) => row.closest("figure")))].map((figure) => {
      const parts = [figure];
      let part = figure.previousElementSibling;
      for (; part && !part.matches("h2, figure"); part = part.previousElementSibling) parts.push(part);
      if (part?.matches("h2")) parts.push(part);
      return { parts, rows: rows.filter((row) => figure.contains(row)) };
    });
    let timer = 0;
    const apply = () => {
      const wanted = text.value.toLowerCase().split(/\s+/);
      for (const row of rows) {
        const fits = (select, key) => !select.value || select.value === row.dataset[key];
        const found = wanted.every((word) => contents.get(row).includes(word));
        row.hidden = !(found && fits(verdict, "verdict") && fits(article, "article"));
      }
      for (const section of sections) {
        const empty = section.rows.every((row) => row.hidden);
        for (const part of section.parts) part.hidden = empty;
      }
      clearTimeout(timer); // told once the reader stops typing
      timer = setTimeout(() => {
        status.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} claims shown`;
      }, 300);
    };
    const showAll = () => {
      text.value = verdict.value = article.value = "";
      apply();
    };
    box.addEventListener("input", apply);
    reset.addEventListener("click", showAll);
    addEventListener("hashchange", () => {
      const target = document.getElementById(location.hash.slice(1));
      if (!target?.closest("[hidden]")) return;
      showAll();
      target.scrollIntoView();
    });
    apply();
  }

  explainTerms();
  checkReviewDates();
  filterClaims();
})();
