// Fetches the search when somebody reaches for it, and not before: the link in the header, Ctrl+K, the page of the
// search itself. That link leads to a page with every topic, so that nothing is lost when the search does not load.
(() => {
  "use strict";

  const link = document.querySelector("a[data-guide-search]");
  if (!link) return;
  const script = new URL(link.dataset.guideSearch, document.baseURI);
  const place = document.querySelector("article .guide-find");
  let module, data;

  const load = () => {
    module ||= import(script.href);
    data ||= fetch(new URL("search-index.json", script), { credentials: "omit", referrerPolicy: "no-referrer" })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))));
    module.catch(() => { module = undefined; });
    data.catch(() => { data = undefined; });
  };
  const open = async (event) => {
    event.preventDefault();
    load();
    const content = data;
    try {
      (await module).openSearch(new URL("..", script), content, place);
    } catch {
      if (!place) location.href = link.href;
    }
  };

  link.setAttribute("aria-haspopup", "dialog");
  link.addEventListener("pointerenter", load, { once: true });
  link.addEventListener("focus", load, { once: true });
  link.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) open(event);
  });
  if (place) {
    link.removeAttribute("aria-haspopup");
    load();
    const content = data;
    module.then((search) => search.showSearch(place, new URL("..", script), content), () => {});
  }
})();
