import type { EngineArgs } from '../options.js';

/** `engine`: is the engine of a site until it is not needed any more. */
export async function engine(args: EngineArgs): Promise<number> {
  const { startEngine } = await import('../../engine/startEngine.js');
  return startEngine({
    sitePath: args['site-path'],
    idleSeconds: args['idle-seconds'],
    ownsLog: args['own-log'] === true,
  });
}
