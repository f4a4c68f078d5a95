import type {
  ReportGetRequest,
  ReportGetResult,
  Run,
  RunChangesResult,
  UpdateChange,
} from '../contract/generated/types.js';
import { CHANGE_KINDS } from '../page/report/ReportFacts.js';
import { reportOf } from '../page/report/reportOf.js';
import { turn } from '../platform/inTurns.js';
import { nextSync, readScheduleFacts, shownReason } from '../state/nextRun.js';
import { removedRunsWarning } from '../state/retention.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readRuns } from '../state/storedRuns.js';
import { getHealth } from './health.js';
import { listRunChanges } from './runChanges.js';
import type { ServiceParts } from './ServiceParts.js';
import { siteTree } from './sites.js';
import { statusRows, type StatusSurroundings } from './status.js';

/** Updates that a report tells of, and runs that are looked at for them. */
const MOST_CHANGES = 5000;
const MOST_RUNS = 1000;

/** `report/get`: what changed since a time, how the site is, and when it synchronizes next. */
export async function getReport(
  parts: ServiceParts,
  { since, format }: ReportGetRequest,
  surroundings: StatusSurroundings & { readonly isRunning: boolean },
): Promise<ReportGetResult> {
  const { context } = parts;
  const { site, zone, keeper, parent } = context;
  const from = new Date(since);
  const health = await getHealth(context, surroundings);
  const { runs, isCut: lacksRuns } = await runsSince(context, from);
  const { changes, isCut: lacksChanges, unrecorded } = await changesOf(context, runs);
  const next = nextSync(await readScheduleFacts(context, surroundings.isRunning));
  const warnings = [
    ...(await removedRunsWarning(context.database, from.getTime())),
    ...(lacksRuns ? [`Only the newest ${MOST_RUNS} synchronizations are in this report.`] : []),
    ...(lacksChanges ? [`Only ${MOST_CHANGES} changed updates are in this report. Choose a shorter time.`] : []),
    ...(unrecorded.length > 0 ? [unrecordedText(unrecorded)] : []),
  ];
  const facts = {
    siteCode: site.siteCode,
    serverName: site.serverName,
    since: from,
    now: context.now(),
    zone,
    health,
    statuses: await statusRows(context, surroundings),
    sites: (await siteTree(parts)).sites,
    next: {
      time: next.time === undefined ? null : new Date(next.time).toISOString(),
      reason: shownReason(next, { keeper: keeper(), isChild: parent !== undefined }),
    },
    runs,
    changes,
    warnings,
  };
  return { text: await reportOf(facts, format), warnings };
}

const PAGE = 100;

async function runsSince({ database }: SiteContext, since: Date): Promise<{ runs: readonly Run[]; isCut: boolean }> {
  const runs: Run[] = [];
  for (let before: number | undefined; runs.length <= MOST_RUNS; before = runs.at(-1)?.Id) {
    const page = await readRuns(database, { newest: PAGE, before });
    const fresh = page.filter(({ EndTime }) => EndTime === null || Date.parse(EndTime) >= since.getTime());
    runs.push(...fresh);
    if (fresh.length < PAGE) break;
    await turn();
  }
  return { runs: runs.slice(0, MOST_RUNS), isCut: runs.length > MOST_RUNS };
}

/** Changes that are read at once. */
const PIECE = 1000;

interface FoundChanges {
  readonly changes: readonly UpdateChange[];
  readonly isCut: boolean;
  /** Runs that changed something of which no record is left. */
  readonly unrecorded: readonly number[];
}

/** Each update once, with everything that happened to it. */
async function changesOf(context: SiteContext, runs: readonly Run[]): Promise<FoundChanges> {
  const found = new Map<number, UpdateChange>();
  const unrecorded: number[] = [];
  let isCut = false;
  for (const { Id: id } of runs)
    for (let after: number | null = 0; after !== null && !isCut;) {
      const page: RunChangesResult = await listRunChanges(context, { id, after, pageSize: PIECE });
      if (!page.isRecorded) unrecorded.push(id);
      for (const change of page.changes) found.set(change.CI_ID, together(found.get(change.CI_ID), change));
      isCut = found.size > MOST_CHANGES;
      after = page.next;
    }
  return { changes: [...found.values()].slice(0, MOST_CHANGES), isCut, unrecorded };
}

/** The newer run comes first. */
function together(newer: UpdateChange | undefined, older: UpdateChange): UpdateChange {
  if (newer === undefined) return older;
  return {
    ...newer,
    Changes: CHANGE_KINDS.filter((kind) => newer.Changes.includes(kind) || older.Changes.includes(kind)),
  };
}

function unrecordedText(runs: readonly number[]): string {
  return `What these synchronizations changed is not recorded any more: ${runs.toReversed().join(', ')}.`;
}
