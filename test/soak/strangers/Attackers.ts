import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AttackNews, AttackPlan } from './attackProcess.js';

const script = fileURLToPath(new URL('./attackProcess.js', import.meta.url));

/** A process that attacks until it is ended. */
export class Attackers {
  readonly #child: ChildProcess;
  /** Fulfilled when each connection has come once. */
  readonly underway: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.underway = once(child, 'message');
  }

  /** Begins. Whoever does not wait until it is under way can end it all the same. */
  static begin(plan: AttackPlan): Attackers {
    const attackers = new Attackers(fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
    attackers.#child.send(plan);
    return attackers;
  }

  /** How often connections of each attack have come so far. */
  async counts(): Promise<Exclude<AttackNews, string>> {
    const answer = once(this.#child, 'message') as Promise<[Exclude<AttackNews, string>]>;
    this.#child.send('count');
    return (await answer)[0];
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
