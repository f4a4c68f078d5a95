import type { SyncError } from '../errors/SyncError.js';
import { printableJson } from '../platform/printable.js';

/** An error as the one JSON document of a verb. */
export function errorDocument({ errorId, category, messageCli, nextStepCli, data }: SyncError): string {
  return printableJson({
    ErrorId: errorId,
    Category: category,
    ErrorMessage: messageCli,
    NextStep: nextStepCli,
    Data: data,
  });
}
