import { expect } from 'chai';
import type { Run } from '../../../server/contract/generated/types.js';
import { identityKey } from '../../../server/metadata/UpdateIdentity.js';
import type { RevisionFilter } from '../../../server/wire/getRevisionIdList.js';
import { expectSame } from './expectSame.js';
import type { ExpectedRun } from './ModelSite.js';

/** A run of the real site beside what the model expected of it. */
export interface ComparedRun {
  readonly what: string;
  readonly run: Run;
  readonly expected: ExpectedRun;
  /** Documents that the upstream was asked for, sorted. */
  readonly asked: readonly string[];
  readonly filters: readonly RevisionFilter[];
  readonly lines: readonly string[];
  readonly versionBefore: number;
}

/** What was asked for, how it ended, and what could not be had. */
export function compareFetched(compared: ComparedRun): void {
  const { what, run, expected, asked } = compared;
  expect(run.Kind, `${what}: kind (${run.Reason})`).to.equal(expected.kind);
  expect(asked.join('\n'), `${what}: documents asked for`).to.equal(expected.asked.join('\n'));
  expectSame(
    `${what}: filter`,
    lastFilter(compared),
    expected.filter === undefined ? {} : Object.fromEntries(expected.filter),
  );
  expect(run.ErrorId, `${what}: ${run.ErrorMessage}`).to.equal(expected.errorId);
  const failed = run.FailedUpdates.map((one) =>
    identityKey({ updateId: one.UpdateID, revisionNumber: one.RevisionNumber }),
  ).sort();
  expect(failed, `${what}: failed documents`).to.deep.equal(expected.failed);
}

/** The counts of a run, in the run and in the log, and the content version. */
export function compareCounts({ what, run, expected, lines, versionBefore }: ComparedRun): void {
  if (expected.errorId !== '') return;
  const counts = {
    ...expected.counts,
    Failed: expected.failed.length,
    Categories: expected.changedCategories,
    DocumentsFetched: expected.asked.length - expected.failed.length,
  };
  expectSame(`${what}: counts`, run.Counts, counts);
  expect(lines, `${what}: log`).to.include(
    `New: ${counts.New}, revised: ${counts.Revised}, expired: ${counts.Expired}, superseded: ${counts.Superseded}, ` +
      `removed: ${counts.Removed}, skipped: ${counts.Skipped}, failed: ${counts.Failed}`,
  );
  const rose = run.SyncCatalogVersion - versionBefore;
  expect(rose, `${what}: content version`).to.be.oneOf(
    expected.isRising === undefined ? [0, 1] : [expected.isRising ? 1 : 0],
  );
  expect(lines, `${what}: log`).to.include(
    `Updated ${counts.New + counts.Revised} items in SMS database, new update source content version ` +
      `is ${run.SyncCatalogVersion}`,
  );
}

/**
 * Entries of the last list of updates that the site asked for: id and whether only changes; none when it asked for
 * none.
 */
function lastFilter({ filters }: ComparedRun): Record<string, boolean> {
  const filter = filters.filter((one) => !one.config).at(-1);
  return filter === undefined
    ? {}
    : Object.fromEntries([...filter.categories, ...filter.classifications].map((entry) => [entry.id, entry.delta]));
}
