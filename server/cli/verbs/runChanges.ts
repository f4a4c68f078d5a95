import type { UpdateChange } from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import type { RunChangesArgs } from '../administrationOptions.js';
import { clientOf, defined } from '../clientOf.js';
import type { CommandContext } from '../CommandContext.js';
import type { Column } from '../printTable.js';
import { show } from './lists.js';

const columns: readonly Column<UpdateChange>[] = [
  { heading: 'Changes', text: (row) => row.Changes.join(', ') },
  { heading: 'CI_ID', text: (row) => String(row.CI_ID), right: true },
  { heading: 'ArticleID', text: (row) => row.ArticleID },
  { heading: 'Revision', text: (row) => String(row.RevisionNumber), right: true },
  { heading: 'LocalizedDisplayName', text: (row) => row.LocalizedDisplayName, width: 100 },
];

/** `run changes [ID]`: without a number those of the newest run. */
export async function runChanges(args: RunChangesArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const id = args.id ?? (await client.request('run/list', { newest: 1 }, context)).runs[0]?.Id;
  if (id === undefined) throw new SyncError('RunNotFound', { run: 'on this site yet' });
  const filter = defined({ kind: args.kind === undefined ? undefined : [args.kind] });
  const changes: UpdateChange[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const page: { changes: UpdateChange[]; next: number | null; isRecorded: boolean } = await client.request(
      'run/changes',
      { id, ...filter, after },
      context,
    );
    if (!page.isRecorded) context.tell(`Warning: what run ${id} changed is not recorded (any more).`);
    changes.push(...page.changes);
    after = page.next;
  }
  return show(changes, columns, context);
}
