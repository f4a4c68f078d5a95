import { randomUUID } from 'node:crypto';
import { SyncError } from '../../errors/SyncError.js';
import { clientOf, defined, EXIT_CODES, printJson } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import { accountName } from '../accountName.js';
import type { SyncArgs } from '../parser/options.js';
import { sessionWarning } from '../sessionWarning.js';
import { waitForRun } from '../waitForRun.js';
import { stopRun } from './run.js';

/** `sync`: starts a synchronization and waits for its end, unless told otherwise; `--stop` stops the one under way. */
export async function sync(args: SyncArgs, context: CommandContext): Promise<number> {
  if (args.stop === true) return stopRun(checkedStop(args), context);
  const client = await clientOf(args, context);
  const { run, started } = await client.request('sync/start', {
    requestId: randomUUID(),
    ...defined({
      fullSync: args['full-sync'],
      join: args.join,
      allowMassExpiry: args['allow-mass-expiry'],
      requester: accountName(context.env),
    }),
  });
  context.tell(
    started
      ? `Synchronization ${run.Id} (${run.Kind}) has started: ${run.Reason}`
      : `Synchronization ${run.Id} is already running`,
  );
  const warning = sessionWarning(client.site, { env: context.env, platform: client.deps.platform });
  if (args['no-wait'] === true && warning !== undefined) context.tell(warning);
  if (args['no-wait'] !== true)
    return waitForRun(client, { id: run.Id, timeoutSeconds: args['timeout-seconds'] }, context);
  if (context.json) printJson(context, run);
  return EXIT_CODES.done;
}

function checkedStop(args: SyncArgs): SyncArgs {
  const beside = (['full-sync', 'no-wait', 'join', 'timeout-seconds'] as const).find(
    (name) => args[name] !== undefined,
  );
  if (beside !== undefined)
    throw new SyncError('ContradictoryParameters', { reason: `--stop cannot be combined with --${beside}` });
  return args;
}
