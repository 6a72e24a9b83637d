// Sends a reader of an old address to what stands there now. The targets were written into the page when the
// guide was built; nothing of the address is used but a fragment that the page knows, and the query.
(() => {
  "use strict";

  const data = document.querySelector("script.guide-moved__targets");
  if (!data) return;
  const targets = JSON.parse(data.textContent);

  const read = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return ""; // not a fragment that anybody published
    }
  };

  const go = () => {
    const fragment = read();
    const target = Object.hasOwn(targets.fragments, fragment) ? targets.fragments[fragment] : targets.page;
    if (!target) return;
    const address = new URL(target, document.baseURI);
    address.search = location.search;
    location.replace(address);
  };

  addEventListener("hashchange", go);
  go();
})();
