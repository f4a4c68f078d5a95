import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AttackNews, AttackPlan } from './attackProcess.js';

const script = fileURLToPath(new URL('./attackProcess.js', import.meta.url));

/** A process that attacks until it is ended. */
export class Attackers {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Begins; fulfilled when each connection has come once. */
  static async begin(plan: AttackPlan): Promise<Attackers> {
    const child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const underway = once(child, 'message');
    child.send(plan);
    await underway;
    return new Attackers(child);
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
