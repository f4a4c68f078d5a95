import { sorted } from '../../criteria/collections.js';
import type { Steps } from '../../platform/inTurns.js';

/** A prerequisite: the clause that names it, and the number of the update id that it names. */
export type Prerequisite = readonly [clause: number, target: number];

/** Prerequisites of one revision that are packed or read before others have their turn: it may have very many. */
const PIECE = 500;

/**
 * Prerequisites as the row of their revision has them (`12;7,15`): clauses in order with a semicolon between them, the
 * targets of each in order with a comma, none twice. The numbers of the clauses are not kept: nobody asks for them.
 */
export function* packPrerequisites(prerequisites: readonly Prerequisite[]): Steps<string> {
  const inOrder = isInOrder(prerequisites) ? prerequisites : yield* sorted(prerequisites, compare);
  let text = '';
  let before: Prerequisite = [-1, -1];
  let count = 0;
  for (const prerequisite of inOrder) {
    const [clause, target] = prerequisite;
    if (clause !== before[0]) text += text === '' ? `${target}` : `;${target}`;
    else if (target !== before[1]) text += `,${target}`;
    before = prerequisite;
    count += 1;
    if (count % PIECE === 0) yield;
  }
  return text;
}

function isInOrder(prerequisites: readonly Prerequisite[]): boolean {
  return prerequisites.every(
    (one, index) => index === 0 || compare(prerequisites[index - 1] as Prerequisite, one) <= 0,
  );
}

function compare(one: Prerequisite, other: Prerequisite): number {
  return one[0] - other[0] || one[1] - other[1];
}

/** Characters of packed prerequisites that are read before others have their turn. */
const SLICE = 10 * PIECE;

/** The targets of packed prerequisites, in order; one that two clauses name is there twice. */
export function* targetsOf(packed: string): Steps<number[]> {
  const targets: number[] = [];
  for (let at = 0; at < packed.length;) {
    const end = packed.length - at <= SLICE ? packed.length : endOfTarget(packed, at + SLICE);
    for (const target of packed.slice(at, end).split(/[;,]/)) targets.push(Number(target));
    at = end + 1;
    yield;
  }
  return targets;
}

/** Where the target ends that goes on at a place of the text. */
function endOfTarget(packed: string, at: number): number {
  let end = at;
  while (end < packed.length && packed[end] !== ';' && packed[end] !== ',') end += 1;
  return end;
}
