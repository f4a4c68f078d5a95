/** What a relay gives; the seconds are left to the default. */
interface EngineArgs {
  readonly 'site-path': string;
  readonly 'idle-seconds'?: number;
  readonly 'own-log'?: boolean | undefined;
}

/** Seconds without work after which an engine ends. */
export const IDLE_SECONDS = 60;

/** `engine`: is the engine of a site until it is not needed any more. */
export async function engine(args: EngineArgs): Promise<number> {
  const { startEngine } = await import('../../engine/startEngine.js');
  return startEngine({
    sitePath: args['site-path'],
    idleSeconds: args['idle-seconds'] ?? IDLE_SECONDS,
    ownsLog: args['own-log'] === true,
  });
}
