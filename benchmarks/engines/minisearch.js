// MiniSearch on all words, with the guide's own folding, aliases, near words, weights and care cards.
const SETTINGS = { fields: ["title", "page", "words"], idField: "address", tokenize: (text) => text.split(" "), processTerm: (term) => term };
// the best of a grid over the tuned questions
const RANK = { boost: { title: 2, page: 1 }, bm25: { k: 1.2, b: 0.7, d: 0.5 }, fuzzy: false, combineWith: "OR" };
const CARE = 3;

const read = (address) => fetch(address).then((answer) => answer.json());
const load = (root) => [
  import(`${root}minisearch-7.2.0.min.js`), import(`${root}search.js`), read(`${root}minisearch-words.json`)];

/* Returns the index as text; `sections` have title, page, address and words. */
export async function build(root, sections) {
  const [{ default: MiniSearch }, { splitWords, readWords }, data] = await Promise.all(load(root));
  const { fold, skip } = readWords(data);
  const reduce = (text) => splitWords(text).filter((word) => !skip.has(word)).map(fold).join(" ");
  const mini = new MiniSearch(SETTINGS);
  mini.addAll(sections.map(({ title, page, address, words }) =>
    ({ address, title: reduce(title), page: page === title ? "" : reduce(page), words: reduce(words) })));
  return JSON.stringify(mini);
}

export async function open(root, rank = RANK, care = CARE) {
  const [{ default: MiniSearch }, { readWords, knowTerms, readQuestion }, data, content] =
    await Promise.all([...load(root), read(`${root}minisearch-index.json`)]);
  const words = knowTerms(readWords(data), content.index.map(([term]) => term));
  const mini = MiniSearch.loadJS(content, SETTINGS);
  return (question) => {
    const { wanted, danger } = readQuestion(words, question), terms = [...wanted.keys()];
    if (!terms.length) return [];
    const boostDocument = (address) => {
      const [weight, isCare] = data.sections[address];
      return weight * (danger && isCare ? care : 1);
    };
    return mini.search(terms.join(" "), { ...rank, boostTerm: (term) => wanted.get(term), boostDocument })
      .slice(0, 3).map((found) => found.id);
  };
}
