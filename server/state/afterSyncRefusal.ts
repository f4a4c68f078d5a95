import { ownAccountId } from '../platform/accounts/accounts.js';
import { runProgram } from '../platform/runProgram.js';
import { reasonAgainstAfterSync, reasonAgainstProgram, type VoucherSystem } from '../site/afterSyncVoucher.js';
import type { ComponentSettings } from './ComponentSettings.js';
import type { SiteContext } from './SiteContext.js';

/**
 * A sentence that says why the after-sync command of a site is not run by this engine; undefined where it is run or
 * there is none.
 */
export function afterSyncRefusal(command: string, isRefused: boolean | undefined): string | undefined {
  if (command === '' || isRefused !== true) return undefined;
  return (
    `The after-sync command ${command} is set but not run: the service of this site does not allow it. An ` +
    `administrator allows it with Install-CMSyncService -AllowAfterSyncCommand (configmgrsync service install ` +
    `--allow-after-sync-command).`
  );
}

/** A sentence that says why this engine does not run a program of a status filter rule; undefined where it does. */
export async function programRefusal(
  { site, refusesAfterSyncCommand }: Pick<SiteContext, 'site' | 'refusesAfterSyncCommand'>,
  program: string,
): Promise<string | undefined> {
  if (refusesAfterSyncCommand === true)
    return (
      `The program ${program} of a status filter rule is not run: the service of this site does not allow it. An ` +
      'administrator allows it with Install-CMSyncService -AllowAfterSyncCommand (configmgrsync service install ' +
      '--allow-after-sync-command).'
    );
  const reason = await reasonAgainstProgram(site, program, voucherSystem());
  return reason === undefined
    ? undefined
    : `The program ${program} of a status filter rule is not run: ${reason}. It runs under the account that set it ` +
        'and under no other. Set it again under the account of the engine.';
}

/**
 * A sentence that says why this engine does not run the after-sync command; undefined where it does or there is none:
 * its service does not allow it, or another account than its own set it.
 */
export async function hookRefusal(
  { site, refusesAfterSyncCommand }: Pick<SiteContext, 'site' | 'refusesAfterSyncCommand'>,
  hook: Pick<ComponentSettings, 'afterSyncCommand' | 'afterSyncArguments'>,
): Promise<string | undefined> {
  const { afterSyncCommand: command, afterSyncArguments } = hook;
  if (command === '') return undefined;
  const refusal = afterSyncRefusal(command, refusesAfterSyncCommand);
  if (refusal !== undefined) return refusal;
  const reason = await reasonAgainstAfterSync(site, { command, arguments: afterSyncArguments }, voucherSystem());
  return reason === undefined
    ? undefined
    : `The after-sync command ${command} is set but not run: ${reason}. It runs under the account that set it and ` +
        `under no other. Set it again under the account of the engine.`;
}

function voucherSystem(): VoucherSystem {
  const system = { platform: process.platform, env: process.env, run: runProgram, userId: process.geteuid?.() };
  return { ...system, ownAccountId: async () => ownAccountId(system) };
}
