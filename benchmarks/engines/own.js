// The search of the guide, as its page loads it.
export async function open(root) {
  const [{ readIndex, search }, data] = await Promise.all([
    import(`${root}search.js`), fetch(`${root}search-index.json`).then((answer) => answer.json())]);
  const index = readIndex(data);
  return (question) => search(index, question, 3).map((section) => section.address);
}
