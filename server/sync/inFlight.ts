/** How much is under way at once. `work` gets a signal that also ends when an earlier item failed. */
interface InFlightOptions<Input, Output> {
  readonly limit: () => number;
  readonly signal: AbortSignal;
  readonly work: (input: Input, signal: AbortSignal) => Promise<Output>;
}

/**
 * Works on several inputs at once and gives the outputs in the order of the inputs; the first failure ends the others.
 */
export async function* inFlight<Input, Output>(
  inputs: readonly Input[],
  options: InFlightOptions<Input, Output>,
): AsyncGenerator<{ input: Input; output: Output }> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const waiting: { input: Input; output: Promise<Output> }[] = [];
  let next = 0;
  try {
    while (next < inputs.length || waiting.length > 0) {
      while (next < inputs.length && waiting.length < options.limit()) {
        const input = inputs[next] as Input;
        const output = options.work(input, signal);
        output.catch(() => undefined); // awaited below in order; until then a failure is not unhandled
        waiting.push({ input, output });
        next += 1;
      }
      const first = waiting.shift();
      if (first !== undefined) yield { input: first.input, output: await first.output };
    }
  } finally {
    stop.abort();
    await Promise.allSettled(waiting.map((entry) => entry.output));
  }
}
