// Links to sections, on every page: the sign beside a heading copies its permanent address, and a link to a section
// opens what is folded around it and puts the focus there. Without scripts the sign is a plain link. Any button with
// `data-copy` copies that text; its name, which begins with "Copy", becomes the message. Nothing is stored or sent.
(() => {
  "use strict";

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // Copying

  const note = make("p", { class: "guide-note", role: "status" });
  let timer = 0;

  /** Shows words for a moment, and tells them to screen readers, also when they are the same as before. */
  const tell = (words) => {
    clearTimeout(timer);
    note.textContent = "";
    timer = setTimeout(() => {
      note.textContent = words;
      timer = setTimeout(() => { note.textContent = ""; }, 5000);
    }, 50);
  };

  /** Shows the text selected, for browsers that do not let a page copy. */
  const showToCopy = (button, text) => {
    document.querySelector(".guide-copy")?.remove();
    const words =
      "Your browser does not let this page copy. The text is selected: copy it with Ctrl+C (on a Mac: Command+C).";
    const field = make("input", { type: "text", readonly: "", class: "guide-copy__field" });
    const close = make("button", { type: "button", class: "guide-copy__close" }, "Close");
    const box = make("div", { class: "guide-copy" }, make("label", {}, words, field), close);
    const leave = () => {
      box.remove();
      button.focus();
    };
    field.value = text;
    close.addEventListener("click", leave);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") leave();
    });
    (button.closest("h2, h3") ?? button).after(box);
    field.focus();
    field.select();
  };

  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      showToCopy(button, button.dataset.copy); // not allowed, or not a secure address
      return;
    }
    document.querySelector(".guide-copy")?.remove();
    tell((button.getAttribute("aria-label") ?? button.textContent).replace(/^Copy /, "Copied "));
    button.classList.add("guide-copied");
    setTimeout(() => button.classList.remove("guide-copied"), 2000);
  };

  for (const link of document.querySelectorAll("a.headerlink[data-permanent]")) {
    const title = (link.getAttribute("aria-label") ?? "").replace(/^.*?: /, "");
    const name = `Copy the permanent link to: ${title}`;
    const button = make("button", { type: "button", class: "headerlink", "aria-label": name, title: name });
    button.dataset.copy = link.dataset.permanent;
    button.append(...link.childNodes);
    link.replaceWith(button);
  }
  document.body.append(note);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-copy]");
    if (button) copy(button);
  });

  // Links to a section

  const findTarget = () => {
    try {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      return target?.closest("article") ? target : null;
    } catch {
      return null; // not a fragment that anybody published
    }
  };

  /** Opens what is folded around the section of the address. The browser has scrolled there by itself before. */
  const open = (target) => {
    let folded = false;
    for (let part = target.closest("details"); part; part = part.parentElement.closest("details")) {
      folded ||= !part.open;
      part.open = true;
    }
    if (folded) target.scrollIntoView();
  };

  const focus = (target) => {
    if (!target.matches("a[href], button, input, select, textarea, summary, [tabindex]")) {
      target.tabIndex = -1;
      target.addEventListener("blur", () => target.removeAttribute("tabindex"), { once: true });
    }
    target.focus({ preventScroll: true });
  };

  const land = () => {
    const target = findTarget();
    if (!target) return;
    open(target);
    focus(target);
  };

  addEventListener("hashchange", land);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (link && link.href === location.href) setTimeout(land); // no hashchange: it is where the reader was before
  });
  const visit = performance.getEntriesByType("navigation")[0]?.type;
  if (visit === "reload" || visit === "back_forward") {
    const target = findTarget(); // the reader comes back to where they left, not to the section
    if (target) open(target);
  } else {
    land();
  }
})();
