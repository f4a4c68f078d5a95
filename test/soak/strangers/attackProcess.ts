/**
 * A process that attacks: it keeps so many connections of each attack open, from the addresses that it is given, and
 * comes again whenever one is cut off. Says when each connection has come once.
 */
import type { Socket } from 'node:net';
import { getPriority, setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { nextTurn } from '../../../server/platform/inTurns.js';
import { ATTACKS } from './attacks.js';
import type { AttackName, Target } from './attacks.js';

/** What it is told once. */
export interface AttackPlan extends Omit<Target, 'from'> {
  /** How many connections of each attack. */
  readonly connections: Partial<Record<AttackName, number>>;
  /** The addresses that they come from, in turn. Greetings come from the first alone. */
  readonly addresses: readonly string[];
}

/** What it says: that every connection has come once, and how often they have come when it is asked. */
export type AttackNews = 'underway' | Readonly<Record<string, number>>;

const UNREAD_MS = 15_000;

/** Who only takes a place and is cut off comes again after a second, as clients do. */
const PAUSE_MS = 1000;
const PATIENT: ReadonlySet<AttackName> = new Set<AttackName>(['greetings', 'slowHeads']);

const came: Record<string, number> = {};
let waited = 0;

// What it takes of the machine is not to be taken from the engine that is measured.
if (getPriority() < 0) setPriority(0);

process.on('message', (order: AttackPlan | 'count') => {
  if (order === 'count') process.send?.({ ...came });
  else begin(order);
});

function begin(plan: AttackPlan): void {
  const all = Object.entries(plan.connections) as [AttackName, number][];
  waited = all.reduce((sum, [, count]) => sum + count, 0);
  for (const [name, count] of all)
    for (let number = 0; number < count; number += 1) {
      const turn = name === 'greetings' ? 0 : number % plan.addresses.length;
      void attack(name, { ...plan, from: plan.addresses[turn] ?? '127.0.0.1' });
    }
}

async function attack(name: AttackName, target: Target): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    const socket = await ATTACKS[name](target).catch(() => undefined);
    came[name] = (came[name] ?? 0) + 1;
    if (isFirst && (waited -= 1) === 0) process.send?.('underway' satisfies AttackNews);
    if (socket === undefined) await nextTurn();
    else await over(socket);
    if (PATIENT.has(name)) await pause(PAUSE_MS);
  }
}

/** Fulfilled when a connection was cut off. Who reads nothing does not notice, and comes again after a while. */
async function over(socket: Socket): Promise<void> {
  if (socket.destroyed) return;
  if (socket.isPaused() || socket.readableFlowing !== true) socket.setTimeout(UNREAD_MS, () => socket.destroy());
  await new Promise((resolve) => void socket.once('close', resolve));
}
