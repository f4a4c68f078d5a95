import { EXPIRY } from '../criteria/SoftwareUpdateRow.js';
import type { EvaluatedUpdates } from '../criteria/UpdateEvaluation.js';
import { nothingHeld, nothingSelected, nothingSubscribed } from '../criteria/selectionWarnings.js';
import type { CategoryRow } from '../store/rows.js';
import type { RunRecorder } from './RunRecorder.js';
import type { ListedUpdates, SyncContext } from './SyncContext.js';

/** What an evaluation looked at, and what it made of it. */
interface Selection {
  readonly categories: readonly CategoryRow[];
  readonly relisted: ListedUpdates['relisted'];
  /** Keys of all updates that the site holds. */
  readonly held: readonly number[];
  readonly evaluated: EvaluatedUpdates;
}

/** Warns in a run that asked nobody for updates when the subscription selects none of what there is. */
export async function warnOfSelection(
  { database, imported, isStoredOnly, recorder }: SyncContext,
  { categories, relisted, held, evaluated }: Selection,
): Promise<void> {
  if (imported === undefined && !isStoredOnly) return;
  const missing = (['Product', 'UpdateClassification'] as const).find(
    (type) => !categories.some((row) => row.isSubscribed && row.typeName === type),
  );
  const keys = isStoredOnly ? held : [...(await database.updateKeys([...(relisted ?? [])])).values()];
  const isSelected = (key: number): boolean =>
    (evaluated.get(key)?.standing ?? EXPIRY.subscription) !== EXPIRY.subscription;
  const from = isStoredOnly ? 'site' : 'package';
  if (missing !== undefined && (isStoredOnly || keys.length === 0)) warnOfNothingSubscribed(recorder, missing);
  else if (keys.length > 0 && !keys.some(isSelected)) warnOfNothingSelected(recorder, keys.length, from);
  // An increment may have changed categories alone.
  else if (keys.length === 0 && imported?.isIncrement !== true)
    recorder.warn('WARNING: There are no updates to select.', nothingHeld(from));
}

/** Nobody was asked for updates here, and none can be selected. */
function warnOfNothingSubscribed(recorder: RunRecorder, missing: 'Product' | 'UpdateClassification'): void {
  recorder.warn('WARNING: Nothing is subscribed. No update is selected.', nothingSubscribed(missing, 'are selected'));
}

/** Updates that all stay in the catalogue look like a success that brought nothing. */
function warnOfNothingSelected(recorder: RunRecorder, count: number, from: 'package' | 'site'): void {
  const what = from === 'package' ? 'imported updates' : 'updates of this site';
  recorder.warn(
    `WARNING: None of the ${what} belongs to a subscribed product and classification.`,
    nothingSelected(count, from),
  );
}
