import { expect } from 'chai';
import type { SoftwareUpdateRow } from '../../server/criteria/SoftwareUpdateRow.js';
import { Random } from '../../server/sample/Random.js';
import type { SiteChanges } from '../../server/store/SiteChanges.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { RELATION, type RelationRow, type RevisionRow } from '../../server/store/rows.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { relation, sampleRevision, sampleUpdate } from './sampleRows.js';

const FIRST_CI = 16_777_217;
const UPDATES = 30;
const NAMES = ['one', 'two', 'three'];
const DESCRIPTIONS = ['', 'Install this update.', 'Zur\u00fcck; \u201cthis\u201d', 'x'.repeat(5000)];

/** What a database should hold after a history, kept in the plainest way. */
class Model {
  readonly settings = new Map<string, unknown>();
  /** By `update.revision`. */
  readonly revisions = new Map<string, { readonly id: number; readonly row: RevisionRow }>();
  readonly obsolete = new Set<string>();
  readonly updates = new Map<number, SoftwareUpdateRow>();
  readonly statuses = new Map<string, string>();
  readonly runs = new Map<number, string>();
  readonly messages = new Map<number, string>();
  /** In the order in which updates were first named, from 1 on. */
  readonly keys = new Map<string, number>();
  lastRevision = 0;

  keyOf(updateId: string): number {
    const key = this.keys.get(updateId) ?? this.keys.size + 1;
    this.keys.set(updateId, key);
    return key;
  }

  latest(): number[] {
    const highest = new Map<string, { id: number; row: RevisionRow }>();
    for (const stored of this.revisions.values()) {
      const known = highest.get(stored.row.updateId);
      if (known === undefined || known.row.revisionNumber < stored.row.revisionNumber)
        highest.set(stored.row.updateId, stored);
    }
    return [...highest.values()].map(({ id }) => id).sort((a, b) => a - b);
  }
}

function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.below(items.length)] as Item;
}

/** One transaction by chance, which is put into the model too. */
function randomChanges(model: Model, random: Random): SiteChanges {
  const kinds = [setSettings, addRevisions, removeOld, putUpdates, override, setStatuses, addRun, addMessage];
  const changes = oneOf(random, kinds)(model, random);
  return changes.settings !== undefined || random.below(3) > 0
    ? changes
    : { ...changes, ...setSettings(model, random) };
}

function setSettings(model: Model, random: Random): SiteChanges {
  const name = oneOf(random, NAMES);
  const value = oneOf(random, [
    null,
    random.below(1000),
    'Gr\u00f6\u00dfe \u{1f600}',
    [1, { a: '?' }],
    'x'.repeat(20_000),
  ]);
  model.settings.set(name, value);
  return { settings: { [name]: value } };
}

function addRevisions(model: Model, random: Random): SiteChanges {
  const revisions: RevisionRow[] = [];
  for (let count = random.below(5); count >= 0; count -= 1) {
    const number = 1 + random.below(UPDATES);
    const row = sampleRevision(number, {
      revisionNumber: 1 + random.below(6),
      title: oneOf(random, ['', 'Security \u00c4 update %_', `100% of ${number}`]),
      description: oneOf(random, [...DESCRIPTIONS, `Seldom ${random.below(40)}`]),
      relations: relationsOf(random),
    });
    const key = `${row.updateId}.${row.revisionNumber}`;
    if (model.revisions.has(key)) continue;
    model.lastRevision += 1;
    model.revisions.set(key, { id: model.lastRevision, row });
    model.obsolete.delete(key);
    for (const updateId of [row.updateId, ...row.relations.map((named) => named.updateId)]) model.keyOf(updateId);
    revisions.push(row);
  }
  return { revisions };
}

function relationsOf(random: Random): RelationRow[] {
  const kinds = ['category', 'bundled', 'superseded', 'prerequisite'] as const;
  return Array.from({ length: random.below(6) }, () =>
    relation(oneOf(random, kinds), guidOf(1 + random.below(UPDATES + 10)), 1 + random.below(6), random.below(3)),
  );
}

function removeOld(model: Model, random: Random): SiteChanges {
  const latest = new Set(model.latest());
  const old = [...model.revisions].filter(([, { id }]) => !latest.has(id)).slice(0, 1 + random.below(3));
  return {
    removedRevisions: old.map(([key, { id, row }]) => {
      const isKnown = random.below(2) === 0;
      model.revisions.delete(key);
      if (isKnown) model.obsolete.add(key);
      return { revisionId: id, updateKey: model.keyOf(row.updateId), revisionNumber: row.revisionNumber, isKnown };
    }),
  };
}

function putUpdates(model: Model, random: Random): SiteChanges {
  const stored = [...model.revisions.values()];
  if (stored.length === 0) return {};
  const { id, row } = oneOf(random, stored);
  const updateKey = model.keyOf(row.updateId);
  const ciId = FIRST_CI + updateKey;
  const known = model.updates.get(ciId);
  const put = sampleUpdate(ciId, {
    updateKey,
    revisionId: id,
    revisionNumber: row.revisionNumber,
    ciVersion: (known?.ciVersion ?? 0) + random.below(2),
    isExpired: random.below(3) === 0,
    isSuperseded: random.below(3) === 0,
    modified: 1_700_000_000_000 + random.below(1000),
    supersededSince: random.below(2) * 1_700_000_000_000,
    expiredSince: random.below(2) * 1_700_000_000_000,
  });
  model.updates.set(ciId, known === undefined ? put : putOver(known, put));
  return { softwareUpdates: [put] };
}

/** The version never falls and rises where something that is shown changes; what an administrator said stays. */
function putOver(known: SoftwareUpdateRow, put: SoftwareUpdateRow): SoftwareUpdateRow {
  const shown = ({ revisionId, isExpired, isSuperseded, isHidden, isBundle, isRemoved }: SoftwareUpdateRow): string =>
    JSON.stringify([revisionId, isExpired, isSuperseded, isHidden, isBundle, isRemoved]);
  return {
    ...put,
    ciVersion: Math.max(put.ciVersion, known.ciVersion + Number(shown(known) !== shown(put))),
    modified: Math.max(known.modified, put.modified),
    created: known.created,
    maxExecutionSeconds: known.maxExecutionSeconds,
    customSeverity: known.customSeverity,
  };
}

function override(model: Model, random: Random): SiteChanges {
  const known = oneOf(random, [...model.updates.values(), undefined]);
  if (known === undefined) return {};
  const customSeverity = oneOf(random, [undefined, 2, 10]);
  const maxExecutionSeconds = oneOf(random, [undefined, 60]);
  const modified = 1_700_000_000_000 + random.below(2000);
  model.updates.set(known.ciId, {
    ...known,
    customSeverity: customSeverity ?? known.customSeverity,
    maxExecutionSeconds: maxExecutionSeconds ?? known.maxExecutionSeconds,
    ciVersion: known.ciVersion + 1,
    modified: Math.max(known.modified, modified),
  });
  return { overrides: [{ ciId: known.ciId, customSeverity, maxExecutionSeconds, modified }] };
}

function setStatuses(model: Model, random: Random): SiteChanges {
  const [removed, server] = [oneOf(random, NAMES), oneOf(random, NAMES)];
  const json = JSON.stringify(random.below(1000));
  model.statuses.delete(removed);
  model.statuses.set(server, json);
  return { removedStatuses: [removed], statuses: [{ server, json }] };
}

function addRun(model: Model, random: Random): SiteChanges {
  const id = 1 + random.below(5);
  const json = JSON.stringify({ id, number: random.below(1000) });
  model.runs.set(id, json);
  return { run: { id, state: 'Succeeded', json } };
}

function addMessage(model: Model, random: Random): SiteChanges {
  const id = model.messages.size + 1;
  const json = JSON.stringify(random.below(1000));
  model.messages.set(id, json);
  return { messages: [{ id, messageId: 6701, time: 1_700_000_000_000 + id, json }] };
}

async function compare(database: SiteDatabase, model: Model): Promise<void> {
  for (const name of NAMES) expect(await database.setting(name)).to.deep.equal(model.settings.get(name));
  expect(await database.latestRevisions()).to.deep.equal(model.latest());
  expect((await database.nextIds()).revision).to.equal(model.lastRevision + 1);
  const all = Array.from({ length: UPDATES }, (_none, index) => guidOf(index + 1)).flatMap((updateId) =>
    [1, 2, 3, 4, 5, 6].map((revisionNumber) => ({ updateId, revisionNumber })),
  );
  const missing = (isKnown: (key: string) => boolean): typeof all =>
    all.filter(({ updateId, revisionNumber }) => !isKnown(`${updateId}.${revisionNumber}`));
  expect(await database.missingRevisions(all, true)).to.deep.equal(missing((key) => model.revisions.has(key)));
  expect(await database.missingRevisions(all)).to.deep.equal(
    missing((key) => model.revisions.has(key) || model.obsolete.has(key)),
  );
  await comparePacked(database, model);
  const updates = [...model.updates.values()].sort((a, b) => a.ciId - b.ciId);
  const stored = new Set([...model.revisions.values()].map(({ id }) => id));
  expect(await database.allSoftwareUpdates()).to.deep.equal(updates.filter((row) => stored.has(row.revisionId)));
  const ordered = [...model.statuses].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, json]) => json);
  expect(await database.statuses()).to.deep.equal(ordered);
  expect(await database.runs({ oldest: 10 })).to.deep.equal(
    [...model.runs].sort(([a], [b]) => a - b).map(([, j]) => j),
  );
  expect((await database.messages({ after: 0, from: 0, limit: 1000 })).map(({ json }) => json)).to.deep.equal([
    ...model.messages.values(),
  ]);
}

/** What the rows of revisions hold packed or by number. */
async function comparePacked(database: SiteDatabase, model: Model): Promise<void> {
  const namings = [...model.revisions.values()]
    .sort((one, other) => one.id - other.id)
    .flatMap(({ id, row }) => {
      const named = row.relations.filter(({ kind }) => kind === RELATION.prerequisite);
      const keys = new Map(
        named.map(({ clause, updateId }) => [`${clause} ${updateId}`, [clause, model.keyOf(updateId)]]),
      );
      return [...keys.values()]
        .sort(([one = 0, first = 0], [other = 0, second = 0]) => one - other || first - second)
        .map(([, updateKey]) => ({ revisionId: id, owner: model.keyOf(row.updateId), updateKey, revisionNumber: 0 }));
    });
  expect(await database.prerequisites({ from: 1, to: model.lastRevision })).to.deep.equal(namings);
  const descriptions = new Map([...model.revisions.values()].map(({ id, row }) => [id, row.description]));
  for (const { revisionId, description } of await database.updates({ wildcard: false }))
    expect(description).to.equal(descriptions.get(revisionId));
  const { description: count } = await database.tableCounts();
  expect(count, 'each once, and none that nobody has').to.equal(
    new Set([...descriptions.values()].filter(Boolean)).size,
  );
}

/** Histories by chance, each compared with a model as it goes on, and after it was opened again where that is given. */
export function randomHistories(
  name: string,
  open: (generation: number) => Promise<SiteDatabase>,
  histories: readonly number[],
): void {
  describe(`${name} through histories by chance`, () => {
    for (const seed of histories)
      it(`holds what a model holds, by number ${seed}`, async () => {
        const random = new Random(seed);
        const model = new Model();
        let database = await open(1);
        for (let step = 1; step <= 120; step += 1) {
          await database.commit(randomChanges(model, random));
          if (step % 30 !== 0) continue;
          await compare(database, model);
          await database.close();
          database = await open(1 + step / 30);
          await compare(database, model);
        }
        await database.close();
      });
  });
}
