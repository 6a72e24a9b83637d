// The list of sections on "Link to a section": a filter as you type, buttons that copy (links.js does it), and the QR
// code on demand. Without scripts it is a plain table of addresses and codes. It is the longest list of the guide, so
// buttons are made when their part of it comes near the window, and words are read when somebody types.
(() => {
  "use strict";

  const list = document.querySelector(".guide-sections");
  const pages = [...(list?.querySelectorAll(".guide-sections__page") ?? [])];
  if (!pages.length) return;

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // Each row or item begins with the link to its permanent page; all of them stand in one folder, `site`.
  const linkOf = (row) => row.querySelector("a");
  const idOf = (link) => link.pathname.split("/").at(-2);
  const first = list.querySelector("tbody tr");
  const site = first?.cells[1].textContent.slice(0, -`${idOf(linkOf(first))}/`.length);

  // Buttons

  const makeCopyButton = (form, text, title) => {
    const words = `Copy ${form}`;
    const button = make("button", { type: "button", class: "guide-button", "aria-label": `${words}: ${title}` }, words);
    button.dataset.copy = text;
    return button;
  };

  const addCodeButton = (cell, id, title) => {
    const link = linkOf(cell);
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

  const addButtons = (row) => {
    const link = linkOf(row);
    const title = link.textContent;
    const address = `${site}${idOf(link)}/`;
    const html = make("a", { href: address }, title).outerHTML;
    const markdown = `[${title.replace(/[\\`*_[\]<>]/g, "\\$&")}](${address})`;
    const forms = [["address", address], ["Markdown", markdown], ["HTML", html]];
    const buttons = forms.map(([form, text]) => makeCopyButton(form, text, title));
    row.cells[1].append(make("div", { class: "guide-sections__forms" }, ...buttons));
    addCodeButton(row.cells[2], idOf(link), title);
  };

  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      for (const row of target.querySelectorAll("tbody tr")) addButtons(row);
    }
  }, { rootMargin: "50% 0px" });

  for (const page of pages) {
    watcher.observe(page);
    page.querySelector("details")?.addEventListener("toggle", (event) => {
      for (const item of event.target.querySelectorAll("li")) {
        const link = linkOf(item);
        item.append(makeCopyButton("address", `${site}${idOf(link)}/`, link.textContent));
      }
    }, { once: true });
  }
  list.classList.add("guide-sections--live");

  // Filter

  const readGroup = (page) => {
    const title = page.querySelector("caption").textContent.toLowerCase();
    const read = (row) => {
      const link = linkOf(row);
      return { row, words: `${link.textContent} ${idOf(link)} ${title}`.toLowerCase() };
    };
    const [headed, rest] = ["tbody tr", "li"].map((rows) => [...page.querySelectorAll(rows)].map(read));
    return { page, title, headed, rest, table: page.querySelector("table"), more: page.querySelector("details") };
  };
  const countShown = (rows, wanted) => {
    for (const { row, words } of rows) row.hidden = !wanted.every((word) => words.includes(word));
    return rows.filter(({ row }) => !row.hidden).length;
  };
  const field = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const status = make("p", { class: "guide-filter__status", role: "status" });
  const words = make("span", { class: "guide-filter__label" }, "Words of the heading, or the page");
  const every = list.querySelectorAll("tbody tr, li").length;
  let groups = null; // read when they are first asked for
  let timer = 0;

  const apply = () => {
    groups ??= pages.map(readGroup);
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const order = [[], [], []]; // first pages whose own title fits, then those with a section that does, then the rest
    let count = 0;
    for (const { page, title, headed, rest, table, more } of groups) {
      const [fit, others] = [headed, rest].map((rows) => countShown(rows, wanted));
      count += fit + others;
      page.hidden = !(fit + others);
      table.classList.toggle("guide-sections__table--empty", !fit);
      const isNamed = wanted.every((word) => title.includes(word));
      order[isNamed ? 0 : fit ? 1 : 2].push(page);
      if (more) {
        more.hidden = !others;
        more.open = others > 0 && wanted.length > 0;
      }
    }
    list.append(...order.flat());
    clearTimeout(timer); // told once the reader stops typing
    timer = setTimeout(() => { status.textContent = `${count} of ${every} places shown`; }, 300);
  };

  const search = { class: "guide-filter guide-sections__filter", role: "search", "aria-label": "Filter the sections" };
  list.before(make("div", search, make("label", {}, words, field), status));
  status.textContent = `${every} of ${every} places shown`;
  field.addEventListener("input", apply);
})();
