import type { FoundSeal } from '../seal/sealFile.js';
import type { EngineState } from './EngineRow.js';

/** Why a file is not what was confirmed last, undefined where it is. */
export function reasonAgainstSeal(state: EngineState, { seal }: Pick<FoundSeal, 'seal'>): string | undefined {
  if (seal === undefined) return state.commits > 0 ? 'no copy of its seal can be read' : undefined;
  const sealed = seal.position;
  if (sealed === null) return undefined;
  const isShort = state.commits < sealed.length;
  const isOther = sealed.length === state.commits && sealed.digest !== state.digest;
  if (!isShort && !isOther) return undefined;
  return (
    `it is from another time: it has ${state.commits} transactions, but ${sealed.length} were confirmed, with ` +
    `${seal.highestDocument} documents known`
  );
}
