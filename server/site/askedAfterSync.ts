import type { ComponentSetRequest } from '../contract/generated/types.js';

/** A program with its arguments that runs after a synchronization. */
export interface AfterSync {
  readonly command: string;
  readonly arguments: readonly string[];
}

type Asked = Pick<ComponentSetRequest, 'afterSyncCommand' | 'afterSyncArgument'>;

/** True for a request that sets the after-sync command or its arguments. */
export function setsAfterSync(asked: Asked): boolean {
  return asked.afterSyncCommand !== undefined || asked.afterSyncArgument !== undefined;
}

/** True where a request leaves one of the two as it was. */
export function setsHalf(asked: Asked): boolean {
  return asked.afterSyncCommand === undefined || asked.afterSyncArgument === undefined;
}

/**
 * True where an answer holds what was asked for and nothing else. The other half of a request for one was perhaps set
 * by somebody else, as the whole answer may be his: it counts only where this account has vouched for it before.
 */
export function isAskedAfterSync(asked: Asked, answered: AfterSync, vouched?: AfterSync): boolean {
  const command = asked.afterSyncCommand ?? vouched?.command;
  if (command !== answered.command) return false;
  const kept = vouched?.command === command ? [vouched.arguments] : [];
  const none = asked.afterSyncCommand === undefined ? [] : [[]];
  const wanted = asked.afterSyncArgument === undefined ? [...kept, ...none] : [asked.afterSyncArgument];
  return wanted.some((one) => JSON.stringify(one) === JSON.stringify(answered.arguments));
}
