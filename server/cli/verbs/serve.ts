import { clientOf } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import { listenPlanOf } from '../listenPlanOf.js';
import type { ServeArgs } from '../parser/options.js';

/**
 * `serve`: is the engine of a site for good, in the foreground, until Ctrl+C or a request to end; with a port it serves
 * downstream servers.
 */
export async function serve(args: ServeArgs, context: CommandContext): Promise<number> {
  const listen = listenPlanOf(args);
  if (listen !== undefined) (await import('../../downstream/port/listen.js')).checkListenPlan(listen);
  const { site } = await clientOf(args, context);
  const { startEngine } = await import('../../engine/startEngine.js');
  return startEngine({
    sitePath: site.path,
    idleSeconds: Number.POSITIVE_INFINITY,
    isService: true,
    signal: context.signal,
    allowsAfterSyncCommand: args['allow-after-sync-command'] === true,
    listen,
  });
}
