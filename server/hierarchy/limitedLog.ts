const LINES = 60;
const PERIOD_MS = 60_000;

/**
 * A log that takes so many lines a minute and then only says how many were left out: who asks from outside must not
 * fill the disk. `clock` gives ms.
 */
export function limitedLog(log: (line: string) => void, clock: () => number): (line: string) => void {
  let began = clock();
  let lines = 0;
  return (line) => {
    const now = clock();
    if (now - began >= PERIOD_MS) {
      if (lines > LINES) log(`${lines - LINES} more lines of that minute were left out`);
      began = now;
      lines = 0;
    }
    lines += 1;
    if (lines <= LINES) log(line);
  };
}
