/** How much is under way at once. `work` gets a signal that also ends when an earlier item failed. */
interface InFlightOptions<Input, Output> {
  /** So many items at most are worked on, or not ended yet. */
  readonly limit: () => number;
  readonly signal: AbortSignal;
  readonly work: (input: Input, signal: AbortSignal) => Promise<Output>;
}

/** What came of an input. */
interface Flown<Input, Output> {
  readonly input: Input;
  readonly output: Output;
  /** Is called once it counts as under way no more: the next one may begin. */
  readonly end: () => void;
}

/**
 * Works on several inputs at once and gives the outputs in the order of the inputs; the first failure ends the others.
 * The next input begins as soon as an item has ended, whatever is waited for.
 */
export async function* inFlight<Input, Output>(
  inputs: readonly Input[],
  options: InFlightOptions<Input, Output>,
): AsyncGenerator<Flown<Input, Output>, void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const waiting: { input: Input; output: Promise<Output> }[] = [];
  let next = 0;
  let underWay = 0;
  const begin = (): void => {
    const input = inputs[next] as Input;
    const output = options.work(input, signal);
    output.catch(() => undefined); // awaited below in order; until then a failure is not unhandled
    waiting.push({ input, output });
    next += 1;
    underWay += 1;
  };
  const beginAllowed = (): void => {
    while (!signal.aborted && next < inputs.length && underWay < options.limit()) begin();
  };
  const end = (): void => {
    underWay -= 1;
    beginAllowed();
  };
  try {
    while (next < inputs.length || waiting.length > 0) {
      beginAllowed();
      // Whoever takes them all before it ends one waits for no more than that one.
      if (waiting.length === 0) begin();
      const first = waiting.shift();
      if (first !== undefined) yield { input: first.input, output: await first.output, end };
    }
  } finally {
    stop.abort();
    await Promise.allSettled(waiting.map((entry) => entry.output));
  }
}
