/** Calls an action again and again until the returned function is called. */
export type Ticker = (action: () => Promise<void>) => () => void;

/** Where the ticker says what went wrong, and how often it comes: at every full minute, if not said otherwise. */
interface CronTickerOptions {
  readonly log: (line: string) => void;
  readonly expression?: string;
}

/** What the first command of a session waits for goes before the ticker. */
const LOAD_AFTER = 2000;

/** The ticker of the real clock. It does not keep a process alive that has nothing else to do. */
export function cronTicker(options: CronTickerOptions): Ticker {
  return (action) => {
    const ended = new AbortController();
    const failed = (error: unknown): void => options.log(`The timer of the schedule failed: ${String(error)}`);
    const timer = setTimeout(() => void start(action, options, ended.signal).catch(failed), LOAD_AFTER).unref();
    ended.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    return () => ended.abort();
  };
}

async function start(
  action: () => Promise<void>,
  { log, expression }: CronTickerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { schedule } = await import('./nodeCron.js');
  if (signal.aborted) return;
  const say = (message: string | Error): void => log(String(message));
  const task = schedule(expression ?? '* * * * *', async () => action(), {
    // Full minutes are the same everywhere: no change of the clock concerns the ticker.
    timezone: 'UTC',
    noOverlap: true,
    unref: true,
    suppressMissedWarning: true,
    logger: { info: () => undefined, debug: () => undefined, warn: say, error: say },
  });
  signal.addEventListener('abort', () => void task.destroy(), { once: true });
}
