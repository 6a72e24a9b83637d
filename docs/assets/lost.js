// The 404 page: names up to three places whose addresses are like the one asked for. Titles come from /ids.json;
// nothing of the address is shown, followed or sent.
(() => {
  "use strict";

  const box = document.querySelector(".guide-lost[data-ids][data-root]");
  if (!box) return;
  const [status, list] = box.children;
  const root = new URL(box.dataset.root, document.baseURI);

  const describe = ({ title, page, path, status: state }) => {
    const link = document.createElement("a");
    link.href = new URL(path, root);
    link.textContent = title;
    const item = document.createElement("li");
    item.append(link);
    if (page) item.append(`, on the page ${page}`);
    if (state === "retired") item.append(". We took it out of the guide: see why, and where to go now.");
    if (state === "merged") item.append(". It is now part of another section: see which.");
    return item;
  };

  const suggest = async () => {
    const answer = await fetch(box.dataset.ids, { credentials: "omit" });
    if (!answer.ok) return;
    const index = await answer.json();
    const path = location.pathname.startsWith(root.pathname) ? location.pathname.slice(root.pathname.length) : "";
    const found = guideNearest(index, path, location.hash.slice(1), 3);
    const words = ["", "Did you mean this?", "Did you mean one of these two?", "Did you mean one of these three?"];
    status.textContent = words[found.length];
    list.replaceChildren(...found.map(describe));
  };

  const tryToSuggest = () => suggest().catch(() => {}); // the page lists every other page anyway
  addEventListener("hashchange", tryToSuggest);
  tryToSuggest();
})();
