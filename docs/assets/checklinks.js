// "Check my links": compares pasted addresses with /ids.json, all in the browser. What is pasted is read as plain text
// only; nothing of it is sent, stored, followed or turned into markup. Links lead to places of /ids.json, nowhere else.
(() => {
  "use strict";

  const box = document.querySelector(".guide-check");
  const root = new URL("../", document.currentScript.src);
  if (!box) return;

  const LONGEST_TEXT = 2_000_000;
  const MOST_RESULTS = 300;
  const MOST_SUGGESTIONS = 30; // addresses for which names are compared, which takes a moment each
  const STATES = {
    unknown: "Unknown",
    retired: "Withdrawn",
    merged: "Merged",
    changed: "Changed",
    moved: "Moved",
    file: "File",
    current: "Current",
  }; // the most urgent first

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  const dates = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const showDate = (day) => dates.format(new Date(day));

  // What the guide knows

  let loading = null;
  const loadIndex = () => {
    loading ??= (async () => {
      const answer = await fetch(new URL("ids.json", root), { credentials: "omit" });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const index = await answer.json();
      const entries = new Map(index.ids.map((entry) => [entry.id, entry]));
      const pages = new Map();
      for (const entry of index.ids) {
        if (!isGone(entry)) pages.set(entry.page, [...(pages.get(entry.page) ?? []), entry]);
      }
      const redirects = new Map(index.redirects.map(({ from, to }) => [from, to.slice(index.url.length - 1)]));
      const sites = [index.url, root.href].map((url) => url.replace(/^https?:\/\/(www\.)?|\/$/g, "").toLowerCase());
      return { index, entries, pages, redirects, sites: [...new Set(sites)] };
    })();
    loading.catch(() => { loading = null; });
    return loading;
  };

  const isGone = (entry) => entry.status === "merged" || entry.status === "retired";

  // What was pasted

  /** What stands after the site's name in an address of this guide, or null. */
  const cutSite = (word, sites) => {
    const small = word.toLowerCase();
    for (const site of sites) {
      const at = small.indexOf(site);
      if (at < 0 || !/(^|[=,;])(https?:)?(\/\/)?(www\.)?$/.test(small.slice(0, at).slice(-80))) continue;
      const rest = word.slice(at + site.length);
      if (rest === "" || /^[/?#]/.test(rest)) return rest.startsWith("/") ? rest : `/${rest}`;
    }
    return null;
  };

  /** The addresses of this guide in a text, each once: what to show, and what stands after the site's name. */
  const findAddresses = (text, { sites, entries }) => {
    const found = new Map();
    const isHtml = text.includes("<");
    let others = 0;
    for (const [part] of text.slice(0, LONGEST_TEXT).matchAll(/[^\s"'<>()[\]{}|\\^`“”‘’«»]+/g)) {
      const word = part.replaceAll("&amp;", "&").replace(/[.,;:!?*_]+$/, "");
      let rest = cutSite(word, sites);
      if (rest === null && !isHtml && /^\/[^/]/.test(word)) rest = word;
      if (rest === null && !isHtml && entries.has(word)) rest = `/s/${word}/`;
      if (rest !== null) found.set(rest, word);
      else if (/^([^:]*=)?https?:\/\//i.test(word)) others += 1;
    }
    return { found, others };
  };

  // What became of it

  const classify = (address, guide, since) => {
    const { entries, pages, redirects } = guide;
    const [path, ...signs] = address.split("#");
    const fragment = decode(signs.join("#").split(":~:")[0]);
    let page = decode(path.split("?")[0]).replace(/index\.html$/, "");
    const file = /^\/s\/([^/]+)\/(qr\.svg|section\.json)$/.exec(page);
    if (file) page = `/s/${file[1]}/`;
    if (/\.\w+$/.test(page) && !/\.html?$/.test(page)) return { state: "file" };
    if (!page.endsWith("/")) page += "/";

    const permanent = /^\/s\/([^/]+)\/$/.exec(page);
    const entry = entries.get(permanent ? permanent[1] : fragment);
    const isNewer = (place) => since !== "" && place.changed !== null && place.changed >= since;
    if (entry && (permanent || entry.page === page || entry.was.includes(page))) {
      if (isGone(entry)) return { state: entry.status, entry };
      const moved = !permanent && entry.page !== page;
      if (isNewer(entry)) return { state: "changed", entry, moved };
      return { state: moved ? "moved" : "current", entry };
    }
    const target = redirects.get(fragment ? `${page}#${fragment}` : page);
    if (target) {
      const now = entries.get(target.split("#")[1] ?? /^\/s\/([^/]+)\/$/.exec(target)?.[1]);
      if (!now) return { state: "moved", page: target };
      return { state: isGone(now) ? now.status : isNewer(now) ? "changed" : "moved", entry: now, moved: true };
    }
    if (pages.has(page) && !fragment) {
      const changed = pages.get(page).filter(isNewer).length;
      return { state: changed ? "changed" : "current", page, count: changed };
    }
    return { state: "unknown", hasPage: pages.has(page), path: page.slice(1), fragment };
  };

  // How it is told

  const link = (path, words) => make("a", { href: new URL(path.replace(/^\//, ""), root).href }, words);
  const linkEntry = (entry) => {
    const path = isGone(entry) ? `s/${entry.id}/` : `${entry.page}#${entry.id}`;
    return link(path, entry.title);
  };

  const explain = (result, guide, suggest) => {
    const { entry, state } = result;
    const titleOf = (page) => guide.pages.get(page)?.[0].page_title ?? page;
    const next = entry?.successor ? guide.entries.get(entry.successor) : null;
    const where = entry ? [linkEntry(entry), `, on the page ${entry.page_title}.`] : [];
    if (state === "file") return ["This is a file of the guide. Files are not checked here."];
    const readNow = next ? [" Read now: ", linkEntry(next), "."] : [];
    if (state === "retired") return ["We took out ", linkEntry(entry), `. Why: ${entry.reason}`, ...readNow];
    if (state === "merged") return [linkEntry(entry), " is now part of another section.", ...readNow];
    if (state === "unknown") {
      const places = suggest(result);
      const missing = result.hasPage ? "The page is there, but it has no section of this name." : "We do not know it.";
      const links = places.flatMap(({ path, title, page, status: ended }) => {
        const words = [page, ended === "retired" ? "withdrawn" : ended === "merged" ? "merged" : ""].filter(Boolean);
        return [link(path, title), words.length ? ` (${words.join(", ")})` : "", "; "];
      });
      return links.length ? [missing, " Did you mean: ", ...links.slice(0, -1), "?"] : [missing];
    }
    if (!entry) {
      const words = {
        moved: "Your link still works. The page is now: ",
        changed: "Your link works. It leads to a whole page: ",
        current: "Your link works. It leads to a whole page: ",
      };
      const changed = result.count ? ` Changed since your date: ${result.count} of its places.` : "";
      return [words[state], link(result.page, titleOf(result.page)), ".", changed];
    }
    const isChanged = state === "changed";
    const changed = isChanged ? ` Its words changed on ${showDate(entry.changed)}: please read them again.` : "";
    const reviewed = entry.last_reviewed ? ` Last reviewed on ${showDate(entry.last_reviewed)}.` : "";
    const isMoved = result.moved || state === "moved";
    const words = isMoved ? "Your link still works. The section is now: " : "Your link works. It leads to: ";
    return [words, ...where, changed, reviewed];
  };

  const render = ({ shown, result }, guide, suggest) => {
    const { entry, state } = result;
    const item = make("li", { class: "guide-check__item", "data-state": state },
      make("p", { class: "guide-check__head" }, make("strong", { class: "guide-check__state" }, STATES[state]),
        " ", make("code", {}, shown.length > 200 ? `${shown.slice(0, 200)}…` : shown)),
      make("p", {}, ...explain(result, guide, suggest)));
    const now = entry && isGone(entry) ? guide.entries.get(entry.successor) : entry;
    if (now) {
      const name = `Copy permanent address: ${now.title}`;
      const words = now === entry ? "Copy permanent address" : name;
      const button = make("button", { type: "button", class: "guide-button", "aria-label": name }, words);
      button.dataset.copy = now.permanent;
      item.append(button);
    }
    return item;
  };

  // The form

  const text = make("textarea", { rows: "8", autocomplete: "off", spellcheck: "false", autocapitalize: "none" });
  const day = make("input", { type: "date" });
  const check = make("button", { type: "button" }, "Check");
  const clear = make("button", { type: "button" }, "Clear");
  const status = make("p", { class: "guide-filter__status", role: "status" });
  const list = make("ol", { class: "guide-check__list" });
  const field = (words, control, name) =>
    make("label", { class: name }, make("span", { class: "guide-filter__label" }, words), control);

  const count = (results, others) => {
    const parts = Object.entries(STATES).map(([state, words]) => {
      const number = results.filter(({ result }) => result.state === state).length;
      return number ? `${number} ${words.toLowerCase()}` : "";
    });
    const number = results.length;
    const all = `${number} ${number === 1 ? "address" : "addresses"} of this guide`;
    const own = number ? `${all}: ${parts.filter(Boolean).join(", ")}.` : "No address of this guide found.";
    const cut = number > MOST_RESULTS ? ` The first ${MOST_RESULTS} are shown.` : "";
    return `${own}${cut}${others ? ` Addresses of other sites, not checked: ${others}.` : ""}`;
  };

  const run = async () => {
    let guide;
    status.textContent = "Checking…";
    try {
      guide = await loadIndex();
    } catch {
      status.textContent = "We could not read our list of sections. Check your connection, and try again.";
      return;
    }
    const { found, others } = findAddresses(text.value, guide);
    const order = Object.keys(STATES);
    const results = [...found].map(([address, shown]) => ({ shown, result: classify(address, guide, day.value) }));
    results.sort((one, two) => order.indexOf(one.result.state) - order.indexOf(two.result.state));
    let left = MOST_SUGGESTIONS;
    const suggest = ({ path, fragment }) => {
      left -= 1;
      return left >= 0 ? guideNearest(guide.index, path, fragment, 3) : [];
    };
    list.replaceChildren(...results.slice(0, MOST_RESULTS).map((result) => render(result, guide, suggest)));
    status.textContent = count(results, others);
  };

  check.addEventListener("click", run);
  clear.addEventListener("click", () => {
    text.value = day.value = status.textContent = "";
    list.replaceChildren();
    text.focus();
  });
  box.append(
    make("div", { class: "guide-filter" },
      field("Paste your addresses, or a whole page of HTML", text, "guide-check__text"),
      field("Tell me what changed since (you may leave this empty)", day, "guide-check__day"), check, clear, status),
    list);
})();
