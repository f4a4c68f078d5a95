import type { ComponentSetRequest, ComponentSetResult } from '../contract/generated/types.js';
import { runProgram } from '../platform/runProgram.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import { readEngineRecord } from '../rpc/enginePlace.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { reasonAgainstAfterSync, vouchedAfterSync, vouchForAfterSync } from '../site/afterSyncVoucher.js';
import type { VoucherSystem } from '../site/afterSyncVoucher.js';
import { isAskedAfterSync, setsHalf } from '../site/askedAfterSync.js';
import type { AfterSync } from '../site/askedAfterSync.js';

/** What was asked of the engine of a site, and its answer. */
interface Answered {
  readonly site: SiteFolder;
  readonly asked: ComponentSetRequest;
  readonly result: ComponentSetResult;
}

/**
 * Vouches for the after-sync command that the engine has just been given, as the account of whoever asked; the engine
 * does not know who that is. A warning says where it will not be run by the engine of this moment.
 */
export async function afterSyncWasSet(
  { site, asked, result }: Answered,
  { ownAccountId, env }: EngineDeps,
): Promise<ComponentSetResult> {
  const hook = { command: result.component.AfterSyncCommand, arguments: result.component.AfterSyncArguments };
  const system: VoucherSystem = { platform: process.platform, env, run: runProgram, ownAccountId };
  const vouched = setsHalf(asked) ? await vouchedAfterSync(site, system) : undefined;
  const isAsked = isAskedAfterSync(asked, hook, vouched);
  if (isAsked) await vouchForAfterSync(site, hook, system);
  const warning = isAsked ? otherEngine(site, hook) : await notAsked(site, hook, system);
  return warning === undefined ? result : { ...result, warnings: [...result.warnings, warning] };
}

async function notAsked(site: SiteFolder, hook: AfterSync, system: VoucherSystem): Promise<string | undefined> {
  if (hook.command === '') return undefined;
  const reason = await reasonAgainstAfterSync(site, hook, system);
  if (reason === undefined) return undefined;
  return (
    `The after-sync command ${hook.command} does not run, because not all of it was set here ` +
    `(${reason}). Set the command together with its arguments.`
  );
}

function otherEngine(site: SiteFolder, { command }: AfterSync): string | undefined {
  const engine = readEngineRecord(site)?.account;
  const own = process.geteuid?.();
  if (command === '' || site.operators.length === 0 || engine === undefined || engine === own) return undefined;
  return (
    `The after-sync command ${command} runs only when the engine of this site runs as the user ${String(own)}, ` +
    `who set it. At the moment the engine runs as the user ${engine}.`
  );
}
