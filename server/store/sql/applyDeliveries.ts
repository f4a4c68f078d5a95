import type { AlertDeliveries, DeliveryStep } from '../Deliveries.js';
import type { SiteChanges } from '../SiteChanges.js';
import type { Sql, SqlSteps } from './Sql.js';
import type { Run } from './statements.js';

/** Puts what alerts make into the outbox, and what became of what is there. */
export function* applyDeliveries(
  { alertDeliveries = [], deliverySteps = [] }: SiteChanges,
  { sql, run }: { readonly sql: Sql; readonly run: Run },
): SqlSteps<void> {
  if (alertDeliveries.length > 0) yield* addDeliveries(alertDeliveries, sql, run);
  for (const step of deliverySteps) applyStep(step, run);
}

function* addDeliveries(all: readonly AlertDeliveries[], sql: Sql, run: Run): SqlSteps<void> {
  let id = Number((yield* sql.row('SELECT coalesce(max(id), 0) FROM delivery'))?.[0] ?? 0);
  for (const { alertId, isRaised, receivers, json } of all) {
    if (!isRaised) run('closeDeliveries', [alertId]);
    for (const receiver of receivers) {
      id += 1;
      run('addDelivery', [id, alertId, receiver, +isRaised, json]);
    }
  }
}

function applyStep(step: DeliveryStep, run: Run): void {
  switch (step.kind) {
    case 'gather':
      run('gatherDeliveries', [step.batch, step.receiver, step.last]);
      break;
    case 'putOff':
      run('putOffDeliveries', [step.attempts, step.due, step.error, step.receiver, step.batch]);
      run('markDeliveries', [+(step.isRefused === true), step.receiver, step.batch]);
      break;
    case 'end':
      run('endDeliveries', [step.state, step.time, step.error, step.receiver, step.batch]);
      break;
    case 'drop':
      run('dropDeliveries', [step.receiver]);
      break;
    case 'forget':
      run('forgetDeliveries', [step.before]);
      break;
  }
}
