// What somebody meant by an address that does not exist: the places of /ids.json with the most similar names.
// The 404 page and "Check my links" use it. It only compares: nothing of the address is in what it returns.
globalThis.guideNearest = (() => {
  "use strict";

  const LONGEST = 60; // letters of a name that are compared
  const ENOUGH = 0.62; // how similar a name must be, from 0 to 1

  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  /** The form in which names are compared: small letters, digits and hyphens. */
  const simplify = (text) => {
    const plain = text.slice(0, 4 * LONGEST).toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
    return plain.replace(/\.(html?|php|aspx?|md|pdf)$/, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")
      .slice(0, LONGEST);
  };

  /** How many letters to add, drop, change or swap with the next one (optimal string alignment). */
  const countSlips = (one, two) => {
    let before = [];
    let last = Array.from({ length: two.length + 1 }, (_, index) => index);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= two.length; j += 1) {
        const same = one[i - 1] === two[j - 1];
        row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      [before, last] = [last, row];
    }
    return last[two.length];
  };

  const compareLetters = (one, two) => {
    const longer = Math.max(one.length, two.length);
    if (!longer || Math.abs(one.length - two.length) > longer / 2) return 0;
    return 1 - countSlips(one, two) / longer;
  };

  /** The share of words that both names have; a word with a slip counts a little less. */
  const compareWords = (one, two, known) => {
    const [few, many] = one.length <= two.length ? [one, two] : [two, one];
    const compareWord = (word, other) => {
      const key = `${word} ${other}`;
      if (!known.has(key)) known.set(key, word === other ? 1 : compareLetters(word, other));
      return known.get(key);
    };
    const lengthOf = (words) => words.reduce((sum, word) => sum + word.length, 0);
    let shared = 0;
    for (const word of few) {
      const best = Math.max(...many.map((other) => compareWord(word, other)));
      if (best >= 0.7) shared += best * word.length;
    }
    return (2 * shared) / (lengthOf(few) + Math.max(lengthOf(few), lengthOf(many)));
  };

  /** How similar two names are, from 0 to 1; `known` keeps what was compared before. */
  const compare = (one, two, known) => {
    if (one === two) return 1;
    const [a, b] = [one.replaceAll("-", ""), two.replaceAll("-", "")];
    if (!a || !b) return 0;
    const torn = a.length >= 5 && b.startsWith(a) ? 0.7 + (0.3 * a.length) / b.length : 0;
    return Math.max(torn, 0.99 * compareLetters(a, b), 0.97 * compareWords(one.split("-"), two.split("-"), known));
  };

  const splitPath = (path) => {
    const parts = decode(path).split("/").map(simplify);
    return parts.filter((part) => part && part !== "index");
  };

  /** Everything that can be suggested, each with its names and their weights. */
  const listPlaces = (index) => {
    const pages = new Map();
    const places = [];
    for (const entry of index.ids) {
      const gone = entry.status === "merged" || entry.status === "retired";
      const isMinor = entry.kind === "row" || entry.kind === "question" || entry.kind === "reference";
      const short = entry.id.slice(entry.id.indexOf("-") + 1);
      const names = [[entry.id, 1], [short, 0.88], [simplify(entry.title), 0.88]];
      const path = gone ? `s/${entry.id}/` : `${entry.page.slice(1)}#${entry.id}`;
      const bonus = gone ? 0.06 : 0;
      places.push({ path, title: entry.title, page: entry.page_title, status: entry.status, names, bonus, isMinor,
        around: splitPath(entry.page), isSection: true });
      if (!gone) pages.set(entry.page, entry.page_title);
    }
    const addPage = (path, title, from) => {
      const around = splitPath(from);
      const names = [[around.at(-1) ?? "", 1], [around.join("-"), 1], [simplify(title), 0.9]];
      places.push({ path: path.slice(1), title, page: "", status: "live", names, bonus: 0, around, isSection: false });
    };
    for (const [path, title] of pages) {
      if (path !== "/") addPage(path, title, path);
    }
    for (const redirect of index.redirects) {
      const to = redirect.to.startsWith(index.url) ? `/${redirect.to.slice(index.url.length)}` : "";
      if (!redirect.from.includes("#") && pages.has(to)) addPage(to, pages.get(to), redirect.from);
    }
    return places;
  };

  const listed = new WeakMap();
  const findPlaces = (index) => {
    if (!listed.has(index)) listed.set(index, listPlaces(index));
    return listed.get(index);
  };

  /**
   * The places whose names are most similar to an address, best first.
   * @param {object} index what /ids.json holds
   * @param {string} path the address after the site's name, such as "treatment/aftercar/"
   * @param {string} fragment what stood after the sign #, or nothing
   * @param {number} count how many at most
   * @returns {{path: string, title: string, page: string, status: string}[]} places; `path` is after the site's name
   */
  return (index, path, fragment, count) => {
    const parts = splitPath(path.slice(-8 * LONGEST));
    const isSectionAddress = parts[0] === "s" && parts.length > 1;
    if (isSectionAddress) parts.shift();
    const wanted = simplify(decode(fragment));
    const last = parts.at(-1) ?? "";
    const asked = [[wanted, 1], [last, wanted ? 0.8 : 1], [parts.slice(-2).join("-"), wanted ? 0.8 : 0.98]];
    parts.slice(0, -1).forEach((part) => asked.push([part, 0.6]));
    const above = parts.slice(0, wanted ? undefined : -1);
    const isSection = isSectionAddress || wanted !== "";

    const known = new Map();
    const found = new Map();
    for (const place of findPlaces(index)) {
      let score = 0;
      for (const [name, weight] of asked) {
        for (const [other, otherWeight] of name ? place.names : []) {
          if (weight * otherWeight > score) score = Math.max(score, weight * otherWeight * compare(name, other, known));
        }
      }
      if (score < ENOUGH) continue;
      const near = above.some((part) => place.around.some((other) => compare(part, other, known) > 0.8));
      score += place.bonus + (near ? 0.06 : 0) + (isSection === place.isSection ? 0.04 : 0);
      if (place.isMinor && !isSection) score -= 0.1; // rows and sources are rarely what a path without an id means
      if (!(found.get(place.path)?.score >= score)) found.set(place.path, { place, score });
    }
    const best = [...found.values()].sort((one, two) => two.score - one.score).slice(0, count);
    return best.map(({ place: { path, title, page, status } }) => ({ path, title, page, status }));
  };
})();
