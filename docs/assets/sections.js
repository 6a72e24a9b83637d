// The list of sections on "Link to a section": a filter as you type, buttons that copy (links.js does it), and the QR
// code on demand. Without scripts it is a plain table whose text can be selected.
(() => {
  "use strict";

  const list = document.querySelector(".guide-sections");
  const rows = [...(list?.querySelectorAll("[data-section]") ?? [])];
  if (!rows.length) return;

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // Buttons: each copies the text that stands in its cell

  const addCopyButton = (place, words, text, title) => {
    const name = `${words}: ${title}`;
    const button = make("button", { type: "button", class: "guide-button", "aria-label": name }, words);
    button.dataset.copy = text;
    place.append(button);
  };

  const addCodeButton = (cell, link, id, title) => {
    const state = { "aria-expanded": "false", "aria-label": `Show QR code: ${title}` };
    const button = make("button", { type: "button", class: "guide-button", ...state }, "Show QR code");
    const alt = `QR code of the address of: ${title}`;
    const image = make("img", { class: "guide-sections__code", alt, hidden: "" });
    image.width = image.height = 160;
    link.download = `${id}.svg`;
    link.textContent = "Save QR code";
    link.setAttribute("aria-label", `Save QR code: ${title}`);
    button.addEventListener("click", () => {
      image.src = link.href;
      image.hidden = !image.hidden;
      button.setAttribute("aria-expanded", String(!image.hidden));
    });
    cell.prepend(button, image);
  };

  for (const row of rows) {
    const title = row.querySelector("a").textContent;
    for (const cell of row.querySelectorAll("td")) {
      const code = cell.querySelector("code");
      const form = cell.dataset.label === "Address" ? "address" : cell.dataset.label;
      if (code) addCopyButton(cell, `Copy ${form}`, code.textContent, title);
      else addCodeButton(cell, cell.querySelector("a"), row.dataset.section, title);
    }
  }
  const first = list.querySelector("tr[data-section]");
  const site = first?.querySelector("code").textContent.slice(0, -`${first.dataset.section}/`.length);
  for (const more of list.querySelectorAll("details")) {
    const addButtons = () => {
      for (const item of more.querySelectorAll("li")) {
        addCopyButton(item, "Copy address", `${site}${item.dataset.section}/`, item.querySelector("a").textContent);
      }
    };
    more.addEventListener("toggle", addButtons, { once: true });
  }
  list.classList.add("guide-sections--live");

  // Filter

  const groups = [...list.querySelectorAll(".guide-sections__page")].map((page) => {
    const title = page.querySelector("caption").textContent.toLowerCase();
    const own = rows.filter((row) => page.contains(row)).map((row) => {
      const words = `${row.querySelector("a").textContent} ${row.dataset.section}`.toLowerCase();
      return { row, words: `${words} ${title}` };
    });
    return { page, title, rows: own, table: page.querySelector("table"), more: page.querySelector("details") };
  });
  const field = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const status = make("p", { class: "guide-filter__status", role: "status" });
  const words = make("span", { class: "guide-filter__label" }, "Words of the heading, or the page");
  let timer = 0;

  const apply = () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const order = [[], [], []]; // first pages whose own title fits, then those with a section that does, then the rest
    let count = 0;
    for (const { page, title, rows: own, table, more } of groups) {
      let shown = 0;
      for (const { row, words } of own) {
        row.hidden = !wanted.every((word) => words.includes(word));
        if (!row.hidden) shown += 1;
      }
      count += shown;
      page.hidden = !shown;
      const fits = table.querySelector("tbody tr:not([hidden])") !== null;
      table.classList.toggle("guide-sections__table--empty", !fits);
      const isNamed = wanted.every((word) => title.includes(word));
      order[isNamed ? 0 : fits ? 1 : 2].push(page);
      if (more) {
        const found = more.querySelector("li:not([hidden])") !== null;
        more.hidden = !found;
        more.open = found && wanted.length > 0;
      }
    }
    list.append(...order.flat());
    clearTimeout(timer); // told once the reader stops typing
    timer = setTimeout(() => { status.textContent = `${count} of ${rows.length} places shown`; }, 300);
  };

  const search = { class: "guide-filter guide-sections__filter", role: "search", "aria-label": "Filter the sections" };
  list.before(make("div", search, make("label", {}, words, field), status));
  field.addEventListener("input", apply);
  apply();
})();
