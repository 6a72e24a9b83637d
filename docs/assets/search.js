/* Search of the guide. Loaded when a reader reaches for it, never before; asks for one file, its index.
   What a reader types stays on the page: it is in no request, no address and no storage.
   The first part ranks and knows no page; the second part shows the results. */

/* What decides the order; measured by the search check with data/queries.yml. */
export const RANK = {
  title: 10, page: 5, // worth of a word in the heading, in the title of the page
  text: 1.5, other: 0.45, // of one in the text that tells a section apart, and of its other words
  titleLength: 0.5, pageLength: 0.3, // how much a long heading weakens each of its words
  flatten: 4.5, // the lower, the less a second mention adds
  alias: 1, covered: 0.6, ask: 0.2, guess: 0.8, // worth of a word of an alias, inside one, that asks, that is guessed
  all: 0.5, // how much it counts to hold all words and not only some
  care: 3, // how far danger lifts a care card
};
const BETWEEN = 2; // how many other words may stand between those of an alias

/* ---- ranking ---- */

export function splitWords(text) {
  const plain = text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "")
    .replace(/\b(ca|do|does|did|has|have|is|are|was)n? ?not\b/g, "$1nt");
  return plain.match(/\d+(?:\.\d+)?|[a-z]+/g) || [];
}

export function makeFold(folds, leaders = new Map()) {
  const rules = folds.map(([pattern, form]) => [new RegExp(pattern, "g"), form]);
  return (word) => {
    const folded = word.length > 2 && /^[a-z]/.test(word)
      ? rules.reduce((form, [pattern, to]) => form.replace(pattern, to), word) : word;
    return leaders.get(folded) || folded;
  };
}

/* Returns the index as it is searched, from the JSON that search_index.py writes. */
export function readIndex(data) {
  const words = readWords(data), { fold, skip } = words;
  const headTerms = (text) => splitWords(text).filter((word) => !skip.has(word)).map(fold);
  const sections = [];
  for (const [page, address, lines] of data.pages) {
    const name = address.replace(/\/$/, "").split("/").pop();
    for (const line of lines.split("\n")) {
      const [short] = line.split(" ", 1), title = line.slice(short.length + 1), place = sections.length;
      const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, ""), parts = slug.split("-");
      const id = (short.startsWith("-") ? name : "")
        + short.replace("*", slug).replace(/[A-Z]/g, (letter) => parts[letter.charCodeAt(0) - 65]);
      sections.push({ title, page, address: id ? `${address}#${id}` : address,
        weight: sign(data.weights, place) / 20, care: data.care[place] || "" });
    }
  }
  const heads = sections.map(({ title }) => headTerms(title)), tops = sections.map(({ page }) => headTerms(page));
  const named = [...heads.flat(), ...tops.flat(), ...[...words.aliases.keys()].flatMap((key) => key.split(" "))];
  const terms = readTerms(data, named);
  addHeads(terms, heads, RANK.title, RANK.titleLength);
  addHeads(terms, tops.map((top, i) => (sections[i].page === sections[i].title ? [] : top)), RANK.page, RANK.pageLength);
  return { ...knowTerms(words, terms.keys()), sections, terms, topics: data.topics };
}

/* Returns how words are read: folded, skipped, and what they mean by the aliases. */
export function readWords(data) {
  const aliases = new Map();
  for (const [words, means, danger] of data.aliases) {
    for (const key of words.split("|")) {
      const alias = aliases.get(key) || { terms: [], danger: false };
      aliases.set(key, { terms: alias.terms.concat(means.split(" ")), danger: alias.danger || !!danger });
    }
  }
  const leaders = new Map(data.same.flatMap((group) => {
    const [first, ...others] = group.split(" ");
    return others.map((other) => [other, first]);
  }));
  return { fold: makeFold(data.folds, leaders), leaders, skip: new Set(data.skip.split(" ")), ask: new Set(data.ask.split(" ")), aliases };
}

/* Returns the same with every word that need not be guessed. */
export function knowTerms(words, terms) {
  const known = new Set([...terms, ...words.leaders.keys()]);
  for (const key of words.aliases.keys()) for (const word of key.split(" ")) known.add(word);
  return { ...words, known };
}

function sign(text, place) {
  const code = text.charCodeAt(place);
  return code - (code > 92 ? 36 : 35);
}

/* Returns the terms, each with its rarity and where it stands; `named` are those that the index holds elsewhere. */
function readTerms(data, named) {
  const names = new Set(named), terms = new Map(), places = data.places.split(" "), others = data.others.split(" ");
  let before = "";
  for (const [, shared, rest] of data.terms.matchAll(/([A-Z])([^A-Z]*)/g)) {
    before = before.slice(0, shared.charCodeAt(0) - 65) + rest;
    names.add(before);
  }
  [...names].sort().forEach((name, number) => {
    const found = new Map([...readPlaces(places[number], RANK.text), ...readPlaces(others[number], RANK.other)]);
    terms.set(name, { rarity: Number(data.rarity[number]), found });
  });
  return terms;
}

function readPlaces(steps, worth) {
  const found = new Map();
  let place = -1, step = 0, factor = 1;
  for (let i = 0; i < steps.length; i++) {
    const value = sign(steps, i);
    if (value >= 60) { step += (value - 60) * factor; factor *= 31; continue; }
    place += step + value * factor + 1;
    found.set(place, worth);
    step = 0; factor = 1;
  }
  return found;
}

function addHeads(terms, heads, worth, lengthCounts) {
  const average = heads.reduce((sum, head) => sum + head.length, 0) / heads.length || 1;
  heads.forEach((head, place) => {
    const value = worth / (1 - lengthCounts + lengthCounts * head.length / average);
    for (const term of head) {
      const { found } = terms.get(term);
      found.set(place, (found.get(place) || 0) + value);
    }
  });
}

/* How many letters are wrong, missing, added or swapped between two words; Infinity when more than `most`. */
export function countSlips(one, two, most) {
  if (Math.abs(one.length - two.length) > most) return Infinity;
  let before = [], last = Array.from({ length: two.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= two.length; j++) {
      row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[two.length] > most ? Infinity : last[two.length];
}

/* Returns what an unknown word may be: misspelt, not yet typed to its end, or longer than a known one. */
function guess(index, word) {
  if (index.known.has(word) || word.length < 3 || /^\d/.test(word)) return [word];
  const known = [...index.known].filter((other) => other.length > 3);
  const ways = [
    (other) => word.length > 3 && word[0] === other[0] && countSlips(word, other, 1) === 1,
    (other) => word.length > 3 && countSlips(word, other, 1) === 1,
    (other) => other.startsWith(word),
    (other) => word.length > 6 && countSlips(word, other, 2) === 2,
    (other) => word.length > 6 && other.length > 4 && word.startsWith(other),
  ];
  for (const way of ways) {
    const found = known.filter(way);
    if (found.length) return found.slice(0, 6).map((other) => index.leaders.get(other) || other);
  }
  return [word];
}

/* Returns the words with those put together that the guide writes as one, and those parted that it writes as two. */
function mendWords(index, words) {
  const knows = (word) => index.known.has(index.fold(word)), mended = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i], next = words[i + 1] || "";
    if (next && word.length > 1 && knows(word + next) && !(knows(word) && knows(next)) && !index.skip.has(word)) {
      mended.push(word + next);
      i++;
      continue;
    }
    const parts = knows(word) || index.skip.has(word) ? [] : [...Array(word.length).keys()].slice(3, -2)
      .map((at) => [word.slice(0, at), word.slice(at)]).find((pair) => pair.every(knows)) || [];
    mended.push(...(parts.length ? parts : [word]));
  }
  return mended;
}

/* Returns the places of all parts of an alias in a line of words, in any order, at most `between` others between them. */
function gather(parts, line, heard, between) {
  for (let from = 0; from + parts.length <= line.length; from++) {
    const rest = [...parts], places = [];
    for (const place of line.slice(from, from + parts.length + between)) {
      const at = rest.indexOf(heard[place]);
      if (at < 0) continue;
      rest.splice(at, 1);
      places.push(place);
    }
    if (!rest.length) return places;
  }
  return undefined;
}

/* Returns the places where all parts of an alias stand together. */
function findTogether(parts, heard) {
  const from = heard.findIndex((_, i) => parts.every((part, n) => part === heard[i + n]));
  return from < 0 ? undefined : parts.map((_, n) => from + n);
}

/* Returns the aliases that a question holds, those of most words first: none of a word that a longer one has. */
function findAliases(index, words, heard) {
  const telling = [...words.keys()].filter((i) => !index.skip.has(words[i])), found = [];
  for (const [key, alias] of index.aliases) {
    const parts = key.split(" ");
    const places = gather(parts, telling, heard, BETWEEN) || (parts.length > 1 && findTogether(parts, heard));
    if (places) found.push({ places, alias });
  }
  const count = ({ places }) => places.length + places.filter((place) => !index.skip.has(words[place])).length;
  const taken = new Set();
  return found.sort((one, two) => count(two) - count(one)).filter(({ places }) => {
    if (places.some((place) => taken.has(place))) return false;
    places.forEach((place) => taken.add(place));
    return true;
  });
}

/* Returns the terms that a question asks for, each with its worth, and whether it speaks of danger. */
export function readQuestion(index, question) {
  const words = mendWords(index, splitWords(question)), wanted = new Map(), covered = new Set();
  const plain = (word) => index.skip.has(word) || index.ask.has(word);
  const forms = words.map((word) => (plain(word) ? [index.fold(word)] : guess(index, index.fold(word))));
  const want = (term, worth) => wanted.set(term, Math.max(wanted.get(term) || 0, worth));
  const found = findAliases(index, words, forms.map(([form]) => form));
  for (const { alias, places } of found) {
    for (const term of alias.terms) want(term, RANK.alias);
    if (places.length > 1) for (const place of places) covered.add(place);
  }
  words.forEach((word, i) => {
    if (index.skip.has(word) || (covered.has(i) && /^\d/.test(word))) return;
    const worth = index.ask.has(word) ? RANK.ask : covered.has(i) || /^\d/.test(word) ? RANK.covered : 1;
    for (const form of forms[i]) want(form, form === index.fold(word) ? worth : worth * RANK.guess);
  });
  return { wanted, danger: found.some(({ alias }) => alias.danger) };
}

/* Returns the sections that answer a question, best first: {title, page, address, care, score}. */
export function search(index, question, most = 10) {
  const { wanted, danger } = readQuestion(index, question);
  const scores = new Map(), hits = new Map();
  let all = 0;
  for (const [term, worth] of wanted) {
    const entry = index.terms.get(term);
    if (!entry?.found.size) continue;
    const value = worth * entry.rarity;
    all += value;
    for (const [place, strength] of entry.found) {
      scores.set(place, (scores.get(place) || 0) + value * strength * (RANK.flatten + 1) / (strength + RANK.flatten));
      hits.set(place, (hits.get(place) || 0) + value);
    }
  }
  const results = [...scores].map(([place, score]) => {
    const section = index.sections[place];
    const share = (hits.get(place) / all) ** RANK.all;
    return { ...section, score: score * share * section.weight * (danger && section.care ? RANK.care : 1) };
  });
  return results.sort((a, b) => b.score - a.score).slice(0, most);
}

/* ---- page ---- */

const TEXT = {
  label: "Search the guide", close: "Close", loading: "Search is loading.",
  hint: "Type a few words, such as: cold sore, makeup, cost.",
  failed: "Search did not load. Look through the menu instead.",
  none: "Nothing found. Try one word, or one of these:",
  found: (count) => (count === 1 ? "1 section found." : `${count} sections found.`),
};
const QUIET_AFTER = 500; // milliseconds without typing before the count is announced

let dialog, failed, shown;

/* Opens the search over the page, or goes to the one that the page shows at `place`; `root` is the address of the
   guide, `data` the promised content of its index. */
export function openSearch(root, data, place) {
  if (place) {
    showSearch(place, root, data);
    place.querySelector("input").focus();
    return;
  }
  if (failed) dialog.remove();
  if (!dialog || failed) {
    dialog = make("dialog", { className: "guide-find guide-find--over" });
    dialog.setAttribute("aria-label", TEXT.label);
    failed = false;
    mountSearch(dialog, root, data, () => dialog.close()).catch(() => { failed = true; });
    document.body.append(dialog);
  }
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").focus();
}

/* Shows the search at a place of the page; again when it did not load before. */
export function showSearch(place, root, data) {
  if (shown) return;
  shown = true;
  place.replaceChildren();
  mountSearch(place, root, data).catch(() => { shown = false; });
}

/* Builds the search inside an element; returns a promise that is kept when the index is there. */
export function mountSearch(parent, root, data, close) {
  // no spelling check: some browsers send what is typed to a server for it
  const input = make("input", { type: "search", id: "guide-find-words", autocomplete: "off", spellcheck: false });
  const label = make("label", { htmlFor: input.id, textContent: TEXT.label });
  const status = make("p", { className: "guide-find__status", textContent: TEXT.loading });
  status.setAttribute("role", "status");
  const results = make("ol", { className: "guide-find__results" });
  const none = make("ul", { className: "guide-find__topics", hidden: true });
  const always = make("p", { className: "guide-find__always" }); // help, whatever is found
  const bar = make("div", { className: "guide-find__bar" }, label, input);
  bar.setAttribute("role", "search");
  if (close) {
    const button = make("button", { type: "button", textContent: TEXT.close });
    button.addEventListener("click", close);
    bar.append(button);
    parent.addEventListener("click", (event) => {
      if (event.target === parent || event.target.closest("a")) close(); // beside the box, or on the way to a section
    });
  }
  parent.append(bar, always, status, results, none);
  parent.addEventListener("keydown", (event) => moveFocus(event, input, [...parent.querySelectorAll("li a")]));

  let index, timer;
  const show = () => {
    const asked = splitWords(input.value).length > 0;
    const found = index && asked ? search(index, input.value) : [];
    const nothing = Boolean(index) && asked && !found.length;
    results.replaceChildren(...found.map((section) => makeResult(section, root)));
    none.hidden = !nothing;
    clearTimeout(timer);
    if (!index) return;
    const message = !asked ? TEXT.hint : nothing ? TEXT.none : TEXT.found(found.length);
    timer = setTimeout(() => { status.textContent = message; }, asked ? QUIET_AFTER : 0);
  };
  input.addEventListener("input", show);
  return data.then((content) => {
    index = readIndex(content);
    const links = index.topics.map(([name, address]) =>
      make("a", { href: new URL(address, root).href, textContent: name }));
    always.append(...links.slice(0, 1));
    none.append(...links.slice(1).map((link) => make("li", {}, link)));
    show();
  }).catch((error) => {
    status.textContent = TEXT.failed;
    throw error;
  });
}

/* Arrows go through the results and back to the words; Enter goes from the words to the first result. */
function moveFocus(event, input, links) {
  const at = links.indexOf(document.activeElement), visible = links.filter((link) => link.offsetParent);
  const from = at < 0 ? -1 : visible.indexOf(links[at]);
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, Enter: from < 0 ? 0 : undefined }[event.key];
  if (to === undefined || event.isComposing || (from < 0 && document.activeElement !== input)) return;
  if (to < -1 || to >= visible.length) return;
  event.preventDefault();
  (to < 0 ? input : visible[to]).focus();
}

function makeResult(section, root) {
  const link = make("a", { href: new URL(section.address, root).href },
    make("span", { className: "guide-find__section", textContent: section.title }));
  if (section.page !== section.title) {
    link.append(" ", make("span", { className: "guide-find__page", textContent: section.page }));
  }
  return make("li", { className: section.care && `guide-find__result--care guide-care--${section.care}` }, link);
}

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
