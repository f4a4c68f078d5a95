import type { EngineClient } from '../rpc/EngineClient.js';
import type { CommandContext } from './CommandContext.js';

/** The client of the site that the arguments, the environment or the machine name. */
export async function clientOf(
  args: { 'site-path'?: string | undefined; 'site-code'?: string | undefined },
  context: CommandContext,
): Promise<EngineClient> {
  const { 'site-path': sitePath, 'site-code': siteCode } = args;
  if (sitePath !== undefined || siteCode !== undefined) {
    await context.backend.connect({
      ...(sitePath === undefined ? {} : { sitePath }),
      ...(siteCode === undefined ? {} : { siteCode }),
    });
  }
  return context.backend.client();
}

/** The same object without the members that are undefined. */
export function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
