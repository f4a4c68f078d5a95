import type { SystemLog } from '../platform/systemLog.js';
import { runEvent } from '../status/runEvent.js';
import type { Run } from '../contract/generated/types.js';
import type { SiteContext } from '../state/SiteContext.js';

/** So many runs back a failure is looked for; more cancelled ones in a row do not matter. */
const looked = 20;

/** Tells the log of the system that a run failed, or that one succeeded again. */
export async function reportRun(context: SiteContext, run: Run, systemLog: SystemLog): Promise<void> {
  const runs = (await context.database.runs({ newest: looked })).map((json) => JSON.parse(json) as Run);
  const event = runEvent(
    run,
    runs.filter((other) => other.Id < run.Id),
  );
  if (event !== undefined) await systemLog.write(event);
}
