const EVERY = 4000;

/** Says what is being done, and every few seconds that it still is. */
export async function saying(words, work) {
  const started = Date.now();
  process.stdout.write(`${words} ...\n`);
  const beat = setInterval(() => {
    process.stdout.write(`${words}: ${Math.round((Date.now() - started) / 1000)} s\n`);
  }, EVERY);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}
