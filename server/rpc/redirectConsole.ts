import { format } from 'node:util';

/** Sends whatever a package prints to stderr: stdout belongs to the protocol. */
export function redirectConsole(write: (text: string) => void): void {
  const print = (...values: unknown[]): void => write(`${format(...values)}\n`);
  Object.assign(globalThis.console, {
    log: print,
    info: print,
    debug: print,
    warn: print,
    error: print,
    trace: print,
    dir: print,
  });
}
