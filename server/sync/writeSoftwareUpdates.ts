import type { SoftwareUpdateRow } from '../criteria/SoftwareUpdateRow.js';
import type { EvaluatedUpdates } from '../criteria/UpdateEvaluation.js';
import { changeBits } from '../criteria/changeKinds.js';
import type { UpdateChanges } from '../criteria/changeKinds.js';
import { changedRow, createdRow, isVisibleChange } from '../criteria/nextRow.js';
import { storeChanges } from '../maintenance/removeOldExpired.js';
import type { RowChange } from '../maintenance/removeOldExpired.js';
import { inTurns, isTurnDue, nextTurn, turn } from '../platform/inTurns.js';
import type { RunChange } from '../store/runChanges.js';
import type { ChangeTally } from './ChangeTally.js';
import type { SyncContext } from './SyncContext.js';

const CHUNK = 500;

const ACTIVITY = 'sync: SMS synchronizing updates';

/**
 * What is written: the rows as they are, what the updates are now, and the default run time in seconds by category
 * keys.
 */
export interface WriteParts {
  readonly stored: ReadonlyMap<number, SoftwareUpdateRow>;
  readonly evaluated: EvaluatedUpdates;
  readonly maxRunTime: (categoryKeys: readonly number[]) => number;
}

/** Stores what changed, chunk by chunk, each one durable transaction; true when commands show a difference. */
export async function writeSoftwareUpdates(context: SyncContext, parts: WriteParts): Promise<boolean> {
  const { recorder, signal } = context;
  const { size } = parts.evaluated;
  recorder.step(size);
  let isVisible = false;
  let written = 0;
  for await (const changes of chunksOfChanges(context, parts)) {
    await nextTurn();
    signal.throwIfAborted();
    await writeChanges(context, changes);
    isVisible ||= changes.some(({ before, after }) => isVisibleChange(before, after));
    written += changes.length;
    recorder.advance(ACTIVITY, Math.min(written, size - 1));
  }
  recorder.advance(ACTIVITY, size);
  return isVisible;
}

/** Stores rows that changed, counts and logs what commands will show differently. */
export async function writeChanges(
  { database, log, recorder }: Pick<SyncContext, 'database' | 'log' | 'recorder'>,
  changes: readonly RowChange[],
): Promise<void> {
  const { run, tally } = recorder;
  await storeChanges(database, changes, { run: run.Id, changes: toldChanges(tally, changes) });
  const told = changes.filter(({ before, after }) => isTold(tally.note(before, after)));
  const names = await database.names(told.map((change) => change.after.revisionId));
  log.write(...[...names.values()].map((name) => `Synchronizing update ${name.updateId} - ${name.title}`));
}

/** What the run will have done: an update that it has changed before is named even when nothing is left of that. */
function toldChanges(tally: ChangeTally, changes: readonly RowChange[]): RunChange[] {
  const foreseen = changes.map(({ before, after }) => ({
    ciId: after.ciId,
    kinds: changeBits(tally.foresee(before, after)),
    isAgain: tally.hasNoted(after.updateKey),
  }));
  return foreseen.filter(({ kinds, isAgain }) => kinds !== 0 || isAgain).map(({ ciId, kinds }) => ({ ciId, kinds }));
}

/** The log tells of what is new, revised or expired. */
function isTold(changes: UpdateChanges): boolean {
  return changes.New || changes.Revised || changes.Expired;
}

/** The rows that differ, in order of their revisions, each chunk made when the one before it is written. */
async function* chunksOfChanges(
  context: Pick<SyncContext, 'database' | 'now'>,
  { stored, evaluated, maxRunTime }: WriteParts,
): AsyncGenerator<readonly RowChange[], void> {
  const now = context.now().getTime();
  let ciId = (await context.database.nextIds()).softwareUpdate;
  let changes: RowChange[] = [];
  for (const updateKey of await inTurns(evaluated.inOrder())) {
    const update = evaluated.get(updateKey);
    if (update === undefined) continue;
    const before = stored.get(updateKey);
    const after =
      before === undefined
        ? createdRow(update, { ciId: ciId++, maxExecutionSeconds: maxRunTime(update.revision.categoryKeys) }, now)
        : changedRow(before, update, now);
    if (after !== undefined && changes.push({ before, after }) === CHUNK) {
      yield changes;
      changes = [];
    }
    if (isTurnDue()) await turn();
  }
  if (changes.length > 0) yield changes;
}
