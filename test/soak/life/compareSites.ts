import { EXPIRY } from '../../../server/criteria/SoftwareUpdateRow.js';
import type { TestSite } from '../../engine/TestSite.js';
import type { ModelSite } from './ModelSite.js';
import { expectSame } from './expectSame.js';
import type { Row } from './model.js';
import { toRevision } from './toRevision.js';

/** A row as both sides know it; of a tombstone only that it is one. */
export type ComparedRow = Omit<Row, 'id' | 'expiredSince'>;

/** Compares rows, lists and categories of a site with the model. */
export async function compareSites(site: TestSite, model: ModelSite, what: string): Promise<void> {
  const titles = titlesOf(model);
  const named = <Value>(rows: ReadonlyMap<string, Value>): Record<string, Value> =>
    Object.fromEntries([...rows].map(([id, row]) => [titles.get(id) ?? id, row]));
  const [found, expected] = [
    await storedRows(site, [...titles.keys()]),
    new Map([...model.rows].map(([id, row]) => [id, comparedRow(row)])),
  ];
  expectSame(
    `${what}: software updates`,
    named(withoutLoneTombstones(found, expected)),
    named(withoutLoneTombstones(expected, found)),
  );
  expectSame(`${what}: updates as shown`, named(await shownUpdates(site)), named(expectedUpdates(model)));
  expectSame(`${what}: categories`, await shownCategories(site), expectedCategories(model));
}

/** The rows of the database by update id, hidden ones and tombstones too. */
export async function storedRows(site: TestSite, ids: readonly string[]): Promise<ReadonlyMap<string, ComparedRow>> {
  const keys = await site.database.updateKeys(ids);
  const idOf = new Map([...keys].map(([id, key]) => [key, id]));
  const reasons = Object.fromEntries(Object.entries(EXPIRY).map(([name, number]) => [number, name]));
  return new Map(
    (await site.database.allSoftwareUpdates()).map((row) => {
      if (row.isExpired !== (row.expiryReason !== EXPIRY.none))
        throw new Error(`row ${row.ciId} is expired without a reason or the other way round`);
      return [
        idOf.get(row.updateKey) ?? String(row.updateKey),
        comparedRow({ ...row, number: row.revisionNumber, reason: (reasons[row.expiryReason] ?? '') as Row['reason'] }),
      ];
    }),
  );
}

/**
 * Nobody sees a tombstone: whether what never entered has one is not compared, only what it says where both have it.
 */
function withoutLoneTombstones(
  rows: ReadonlyMap<string, ComparedRow>,
  others: ReadonlyMap<string, ComparedRow>,
): ReadonlyMap<string, ComparedRow> {
  return new Map([...rows].filter(([id, row]) => !row.isRemoved || others.has(id)));
}

function comparedRow({
  number,
  reason,
  isSuperseded,
  supersededSince,
  isHidden,
  isBundle,
  isRemoved,
}: ComparedRow): ComparedRow {
  return { number, reason, isSuperseded, supersededSince, isHidden, isBundle, isRemoved };
}

interface ShownUpdate {
  readonly title: string;
  readonly isExpired: boolean;
  readonly isSuperseded: boolean;
  readonly number: number;
  readonly supersedes: readonly string[];
  readonly posted: string | null;
}

async function shownUpdates(site: TestSite): Promise<ReadonlyMap<string, ShownUpdate>> {
  return new Map(
    (await site.updates({ includeUpgrade: true })).map((update) => [
      update.CI_UniqueID,
      {
        title: update.LocalizedDisplayName,
        isExpired: update.IsExpired,
        isSuperseded: update.IsSuperseded,
        number: update.RevisionNumber,
        supersedes: [...update.SupersededUpdates].sort(),
        posted: update.DatePosted,
      },
    ]),
  );
}

function expectedUpdates(model: ModelSite): ReadonlyMap<string, ShownUpdate> {
  const revisions = model.facts(0).stored;
  return new Map(
    [...model.rows.values()]
      .filter((row) => !row.isHidden && !row.isRemoved)
      .map((row) => {
        const own = revisions.filter((one) => one.id === row.id).sort((one, other) => one.number - other.number);
        const shown = own.find((one) => one.number === row.number);
        return [
          row.id,
          {
            title: shown?.title ?? '',
            isExpired: row.reason !== 'none',
            isSuperseded: row.isSuperseded,
            number: row.number,
            supersedes: [...new Set(shown?.supersedes)].sort(),
            posted: new Date(own[0]?.created ?? 0).toISOString(),
          },
        ];
      }),
  );
}

interface ShownCategory {
  readonly title: string;
  readonly type: string;
  readonly isSubscribed: boolean;
  readonly parent: string;
}

async function shownCategories(site: TestSite): Promise<Record<string, ShownCategory>> {
  const { categories } = await site.service['category/list']({}, site.request());
  const idOf = (uniqueId: string): string => uniqueId.slice(uniqueId.indexOf(':') + 1);
  const parentOf = new Map(categories.map((one) => [one.CategoryInstanceID, idOf(one.CategoryInstance_UniqueID)]));
  return Object.fromEntries(
    categories.map((one) => [
      idOf(one.CategoryInstance_UniqueID),
      {
        title: one.LocalizedCategoryInstanceName,
        type: one.CategoryTypeName,
        isSubscribed: one.IsSubscribed,
        parent: parentOf.get(one.ParentCategoryInstanceID) ?? '',
      },
    ]),
  );
}

function expectedCategories(model: ModelSite): Record<string, ShownCategory> {
  return Object.fromEntries(
    model.categories.map(({ id, title, type, isSubscribed, parent }) => [id, { title, type, isSubscribed, parent }]),
  );
}

function titlesOf(model: ModelSite): ReadonlyMap<string, string> {
  return new Map(
    [...model.stored.values()]
      .filter((one) => !one.isConfig)
      .map((one) => [one.identity.updateId, toRevision(one.parts).title]),
  );
}
