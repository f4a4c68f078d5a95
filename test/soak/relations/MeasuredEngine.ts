import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { packageFolder } from '../../../server/platform/packageFolder.js';
import type { Order, Report } from './engineUnderMeasure.js';

/** An engine in a process of its own that says what each step costs it. */
export class MeasuredEngine {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(path.join(packageFolder(), 'dist', 'test', 'soak', 'relations', 'engineUnderMeasure.js'));
  }

  /** Gives one order and waits until it is carried out. */
  async tell(order: Order): Promise<Report> {
    const answered = once(this.#child, 'message') as Promise<[Report]>;
    const ended = once(this.#child, 'exit').then(([code, signal]) => {
      throw new TypeError(`The engine ended in "${order.step}" (${String(code ?? signal)}).`);
    });
    this.#child.send(order);
    const [report] = await Promise.race([answered, ended]);
    ended.catch(() => undefined);
    return report;
  }

  /** Ends the process, whatever it does. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
