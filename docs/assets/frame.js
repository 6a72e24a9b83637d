// What the frame around a page gains with scripts on: a menu and folded parts that keys, paper and links can open, a
// choice of light or dark colors. The choice is the one thing kept on the reader's device; nothing is ever sent.
(() => {
  "use strict";

  const KEY = "guide-colors";
  const find = (selector) => [...document.querySelectorAll(selector)];

  /** The menu opens by a label, which no key reaches: a button takes its place. */
  function openMenu() {
    const drawer = document.getElementById("__drawer");
    const nav = document.getElementById("guide-nav");
    if (!drawer || !nav) return;
    const [menu, close] = find("label.guide-menu, label.guide-nav__close").map((label) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = label.className;
      button.append(...label.childNodes);
      label.replaceWith(button);
      return button;
    });
    menu.setAttribute("aria-controls", nav.id);
    const tell = () => menu.setAttribute("aria-expanded", drawer.checked);
    const set = (open) => {
      drawer.checked = open;
      tell();
      (open ? close : menu).focus();
    };
    menu.addEventListener("click", () => set(!drawer.checked));
    close.addEventListener("click", () => set(false));
    drawer.addEventListener("change", tell);
    nav.addEventListener("click", (event) => {
      if (event.target.closest("a[href^='#']")) drawer.checked = false;
      tell();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && drawer.checked) set(false);
    });
    document.addEventListener("focusin", (event) => {
      if (!drawer.checked || nav.contains(event.target)) return;
      drawer.checked = false;
      tell();
    });
    tell();
  }

  /** Light or dark as the device asks, until the reader chooses. */
  function chooseColors() {
    const button = document.querySelector(".guide-colors");
    const device = matchMedia("(prefers-color-scheme: dark)");
    if (!button) return;
    const isDark = () => document.body.dataset.mdColorScheme === "slate";
    const show = (dark) => {
      document.body.dataset.mdColorScheme = dark ? "slate" : "default";
      button.setAttribute("aria-pressed", dark);
    };
    const chosen = () => {
      try {
        return localStorage.getItem(KEY);
      } catch {
        return null; // a browser that keeps nothing
      }
    };
    button.addEventListener("click", () => {
      show(!isDark());
      try {
        localStorage.setItem(KEY, isDark() ? "dark" : "light");
      } catch {
        // then the choice holds for this page
      }
    });
    device.addEventListener("change", () => { if (!chosen()) show(device.matches); });
    addEventListener("storage", (event) => { if (event.key === KEY && event.newValue) show(event.newValue === "dark"); });
    show(isDark());
    button.hidden = false;
  }

  /** Paper shows what is folded, also where style sheets alone cannot unfold it. */
  function openForPaper() {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = find("details:not([open])");
      for (const part of opened) part.open = true;
    });
    addEventListener("afterprint", () => {
      for (const part of opened) part.open = false;
    });
  }

  /** Marks, in the menu, the section being read. */
  function followReader() {
    const links = new Map(find(".guide-nav__sections a").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const headings = find("article :is(h2, h3)[id]").filter((heading) => links.has(heading.id));
    if (!headings.length || !("IntersectionObserver" in window)) return;
    const mark = () => {
      const above = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).pop();
      for (const [id, link] of links) link.classList.toggle("guide-nav__here", id === above?.id);
    };
    const watcher = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
    for (const heading of headings) watcher.observe(heading);
  }

  openMenu();
  chooseColors();
  openForPaper();
  followReader();
})();
