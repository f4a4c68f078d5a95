import type { StatusRuleSetRequest, StatusRuleSetResult } from '../contract/generated/types.js';
import { runProgram } from '../platform/runProgram.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { vouchForProgram } from '../site/afterSyncVoucher.js';

/** The program that a request sets in a status filter rule; undefined where it sets none. */
export function programOf(method: string, params: object): string | undefined {
  const { programPath = '' } = params as Partial<StatusRuleSetRequest>;
  return method === 'statusRule/set' && programPath !== '' ? programPath : undefined;
}

/**
 * Vouches for the program that the engine has just been given, as the account of whoever asked: the engine does not
 * know who that is. A warning says where it will not run.
 */
export async function programWasSet(
  { site, program, result }: { readonly site: SiteFolder; readonly program: string; readonly result: unknown },
  { ownAccountId, env }: EngineDeps,
): Promise<StatusRuleSetResult> {
  const answer = result as StatusRuleSetResult;
  const reason = await vouchForProgram(site, program, {
    platform: process.platform,
    env,
    run: runProgram,
    ownAccountId,
  });
  if (reason === undefined) return answer;
  return { ...answer, warnings: [...answer.warnings, `The program ${program} does not run: ${reason}.`] };
}
