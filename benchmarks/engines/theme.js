// The theme's own search (lunr in a worker), as its page talks to it, on the same sections with all their words.
export async function open(root) {
  const worker = new Worker(`${root}theme-worker.js`);
  const ask = (message) => new Promise((done) => {
    worker.onmessage = (event) => done(event.data);
    worker.postMessage(message);
  });
  const index = await fetch(`${root}theme-index.json`).then((answer) => answer.json());
  await ask({ type: 0, data: { ...index, options: { suggest: false } } });
  return async (question) => {
    const { data } = await ask({ type: 2, data: question });
    return data.items.flat().filter((found) => found.score > 0).sort((one, two) => two.score - one.score)
      .slice(0, 3).map((found) => found.location);
  };
}
