import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EMPTY_SUBSCRIPTION } from '../../server/criteria/subscription.js';
import type { CategoryType } from '../../server/criteria/subscription.js';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { caughtFrom } from '../rpc/caught.js';
import { change, type Change, TREE } from './selectionTree.js';

/** Names of one kind: two of them, one that two categories have, and what can hold the first (undefined: nothing). */
interface Kind {
  readonly type: CategoryType;
  readonly one: string;
  readonly other: string;
  readonly twins: readonly [string, string];
  readonly twin: string;
  readonly holders: readonly Change[];
}

const KINDS: readonly Kind[] = [
  {
    type: 'Product',
    one: 'W10',
    other: 'W11',
    twin: 'Tools',
    twins: ['Tools1', 'Tools2'],
    holders: [{ addProductFamily: ['Windows'] }, { addCompany: ['Microsoft'] }],
  },
  {
    type: 'ProductFamily',
    one: 'Windows',
    other: 'Office',
    twin: 'Twin',
    twins: ['TwinF1', 'TwinF2'],
    holders: [{ addCompany: ['Microsoft'] }],
  },
  { type: 'Company', one: 'Microsoft', other: 'Adobe', twin: 'Twin', twins: ['TwinC1', 'TwinC2'], holders: [] },
  {
    type: 'UpdateClassification',
    one: 'Security',
    other: 'Critical',
    twin: 'Twin',
    twins: ['TwinU1', 'TwinU2'],
    holders: [],
  },
];

/** What is chosen before, the call, what of the kind is chosen or pending after it, and what is told of it. */
interface Step {
  readonly before?: Change;
  readonly call: Change;
  readonly chosen?: readonly string[];
  readonly pending?: readonly string[];
  readonly told?: RegExp;
  readonly refused?: string;
  readonly isFirst?: true;
}

const add = ({ type }: Kind, ...names: readonly string[]): Change => ({ [`add${type}`]: names });
const remove = ({ type }: Kind, ...names: readonly string[]): Change => ({ [`remove${type}`]: names });
const set = ({ type }: Kind, ...names: readonly string[]): Change => ({ [`set${type}`]: names });
const held = (kind: Kind, call: Change, chosen: readonly string[]): readonly Step[] =>
  kind.holders.map((before) => ({
    before,
    call,
    chosen,
    told: /stays? subscribed through the (product family|company)/,
  }));

/** One row of the table in docs/life-of-an-update.md, for a kind. */
const ROWS: Readonly<Record<string, (kind: Kind) => readonly Step[]>> = {
  'add a name': (kind) => [
    { call: add(kind, kind.one), chosen: [kind.one] },
    { before: add(kind, kind.one), call: add(kind, kind.one.toUpperCase(), kind.one), chosen: [kind.one] },
  ],
  'add a name that stands for two': (kind) => [{ call: add(kind, kind.twin), chosen: kind.twins }],
  'add an unknown name': (kind) => [
    { call: add(kind, kind.one, 'Nothing'), refused: 'UnknownCategory' },
    {
      call: { ...add(kind, kind.one, 'Nothing'), allowPending: true },
      chosen: [kind.one],
      pending: ['Nothing'],
      told: /"Nothing" is not known yet/,
    },
  ],
  'add before the first synchronization': (kind) => [
    { isFirst: true, call: add(kind, kind.one), pending: [kind.one], told: /is not known yet/ },
  ],
  'remove a name': (kind) => [
    { before: add(kind, kind.one, kind.other), call: remove(kind, kind.one.toUpperCase()), chosen: [kind.other] },
  ],
  'remove a name that stands for two': (kind) => [
    { before: add(kind, kind.twin, kind.one), call: remove(kind, kind.twin), chosen: [kind.one] },
  ],
  'remove what is not chosen': (kind) => [
    { before: add(kind, kind.one), call: remove(kind, kind.other), chosen: [kind.one], told: /was not subscribed/ },
    { before: add(kind, kind.one), call: remove(kind, 'No*'), chosen: [kind.one], told: /is named "No\*"/ },
  ],
  'remove what is held from above': (kind) => held(kind, remove(kind, kind.one), []),
  'remove what holds a chosen name': (kind) =>
    kind.holders.map((before) => ({
      before: { ...before, ...add(kind, kind.one) },
      call: Object.fromEntries(Object.entries(before).map(([key, names]) => [key.replace('add', 'remove'), names])),
      chosen: [kind.one],
      told: /stays subscribed, because it is chosen itself\. Remove it with/,
    })),
  'remove before the first synchronization': (kind) => [
    {
      isFirst: true,
      before: add(kind, kind.one, kind.other),
      call: remove(kind, kind.one.toLowerCase()),
      pending: [kind.other],
    },
    { isFirst: true, before: add(kind, kind.one, kind.other), call: remove(kind, '*'), pending: [] },
    { isFirst: true, call: remove(kind, kind.one), told: /nothing was removed for it/ },
  ],
  'set names': (kind) => [
    { before: add(kind, kind.one), call: set(kind, kind.other), chosen: [kind.other] },
    { before: add(kind, kind.one), call: set(kind), chosen: [] },
  ],
  'set a name that stands for two': (kind) => [
    { before: add(kind, kind.one), call: set(kind, kind.twin), chosen: kind.twins },
  ],
  'set while more is held from above': (kind) => held(kind, set(kind), []),
  'set before the first synchronization': (kind) => [
    {
      isFirst: true,
      before: add(kind, kind.one),
      call: set(kind, kind.other),
      pending: [kind.other],
      told: /is not known yet/,
    },
    { isFirst: true, before: add(kind, kind.one), call: set(kind), pending: [] },
  ],
  'add and remove one name': (kind) => [
    { call: { ...add(kind, kind.one), ...remove(kind, kind.one.toUpperCase()) }, refused: 'ContradictoryParameters' },
  ],
  'add all, and remove one': (kind) => [
    {
      call: { ...add(kind, '*'), ...remove(kind, kind.one) },
      chosen: TREE.filter(({ type, id }) => type === kind.type && id !== kind.one).map(({ id }) => id),
    },
    { isFirst: true, call: { ...add(kind, kind.one, 'T*'), ...remove(kind, '*') }, refused: 'ContradictoryParameters' },
  ],
};

describe('The table of the subscription', () => {
  const run = ({ before = {}, call, isFirst }: Step): ReturnType<typeof change> => {
    const categories = isFirst === true ? [] : undefined;
    return change(change(EMPTY_SUBSCRIPTION, before, categories).after, call, categories);
  };

  for (const [title, row] of Object.entries(ROWS))
    for (const kind of KINDS)
      it(`${title}: ${kind.type}`, async () => {
        for (const step of row(kind)) {
          if (step.refused !== undefined) {
            const refused = await caughtFrom(Promise.resolve().then(() => run(step)));
            expect(refused.errorId).to.equal(step.refused);
            continue;
          }
          const { after, told } = run(step);
          expect(after.selected[kind.type]).to.have.members([...(step.chosen ?? [])]);
          expect(after.pending.map(({ type, name }) => [type, name])).to.deep.equal(
            (step.pending ?? []).map((name) => [kind.type, name]),
          );
          expect(told).to.have.length(step.told === undefined ? 0 : 1);
          if (step.told !== undefined) expect(told[0]).to.match(step.told);
        }
      });

  it('has the rows of docs/life-of-an-update.md', () => {
    const text = readFileSync(path.join(packageFolder(), 'docs', 'life-of-an-update.md'), 'utf8');
    const rows = text.split(/\r?\n/).map((line) => line.split('|').map((cell) => cell.trim()));
    const own = rows.filter((cells) => cells.length === KINDS.length + 3 && /^[a-z]/.test(cells[1] ?? ''));
    expect(own.map((cells) => cells[1])).to.deep.equal(['call', ...Object.keys(ROWS)]);
  });
});
