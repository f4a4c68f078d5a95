import { clientOf } from '../clientOf.js';
import type { CommandContext } from '../CommandContext.js';
import type { SiteArgs } from '../options.js';

/** `serve`: is the engine of a site for good, in the foreground, until Ctrl+C or a request to end. */
export async function serve(args: SiteArgs, context: CommandContext): Promise<number> {
  const { site } = await clientOf(args, context);
  const { startEngine } = await import('../../engine/startEngine.js');
  return startEngine({ sitePath: site.path, idleSeconds: Number.POSITIVE_INFINITY, isService: true, signal: context.signal });
}
