import { randomUUID } from 'node:crypto';
import type { Maintenance } from '../../contract/generated/types.js';
import { clientOf, defined, EXIT_CODES, printJson } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { MaintenanceArgs } from '../parser/options.js';
import { MAINTENANCE_COLUMNS } from '../table.js';
import { printTable } from '../tableLines.js';

/** `maintenance`: cleans up, or says what would go. */
export async function maintenance(args: MaintenanceArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const answer = await client.request(
    'maintenance/start',
    { requestId: randomUUID(), ...defined({ whatIf: args['what-if'] }) },
    context,
  );
  if (context.json) printJson(context, answer.maintenance);
  else show(answer.maintenance, context);
  if (answer.maintenance.Interrupted)
    context.tell(
      'Warning: the maintenance stopped for a synchronization, or because the engine ends. It continues ' +
        'automatically later.',
    );
  return EXIT_CODES.done;
}

function show(result: Maintenance, context: CommandContext): void {
  if (result.Items.length > 0) printTable(context, result.Items, MAINTENANCE_COLUMNS);
  const counts = (
    [
      'Removed',
      'Declined',
      'DeletedUpdates',
      'DeletedRevisions',
      'RemainingRevisions',
      'CompactedSegments',
      'FreedBytes',
    ] as const
  ).filter((name) => result[name] > 0);
  const changed = counts.filter((name) => name !== 'RemainingRevisions');
  const said = counts.map((name) => `${name} ${result[name].toLocaleString('en')}`).join(', ');
  if (changed.length === 0) context.print('Nothing to clean up.');
  else if (result.WhatIf) context.print(`Would clean up: ${said}`);
  else context.print(`Cleaned up in ${result.DurationSeconds.toFixed(1)} s: ${said}`);
}
