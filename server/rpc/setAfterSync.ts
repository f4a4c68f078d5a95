import type { ComponentSetRequest, ComponentSetResult } from '../contract/generated/types.js';
import { runProgram } from '../platform/runProgram.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { vouchForAfterSync } from '../site/afterSyncVoucher.js';
import type { EngineDeps } from './EngineDeps.js';
import { readEngineNote } from './enginePlace.js';

/** True for a request that sets the after-sync command or its arguments. */
export function setsAfterSync(method: string, params: object): boolean {
  if (method !== 'component/set') return false;
  const { afterSyncCommand, afterSyncArgument } = params as Partial<ComponentSetRequest>;
  return afterSyncCommand !== undefined || afterSyncArgument !== undefined;
}

/**
 * Vouches for the after-sync command that the engine has just been given, as the account of whoever asked; the engine
 * does not know who that is. A warning says where it will not be run by the engine of this moment.
 */
export async function afterSyncWasSet(
  site: SiteFolder,
  result: ComponentSetResult,
  deps: EngineDeps,
): Promise<ComponentSetResult> {
  const { AfterSyncCommand: command, AfterSyncArguments: given } = result.component;
  const { ownAccountId, env } = deps;
  await vouchForAfterSync(
    site,
    { command, arguments: given },
    { platform: process.platform, env, run: runProgram, ownAccountId },
  );
  const engine = readEngineNote(site)?.account;
  const own = process.geteuid?.();
  if (command === '' || site.operators.length === 0 || engine === undefined || engine === own) return result;
  const warning =
    `The after-sync command ${command} runs only where the engine of this site works as the user ${String(own)}, ` +
    `who set it; at the moment it works as the user ${engine}.`;
  return { ...result, warnings: [...result.warnings, warning] };
}
