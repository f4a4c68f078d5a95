import { randomUUID } from 'node:crypto';
import type { SoftwareUpdate, UpdateListRequest } from '../../contract/generated/types.js';
import type { EngineClient } from '../../relay/EngineClient.js';
import { clientOf, defined, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import { dateOf } from '../dateOf.js';
import type { UpdateArgs, UpdateSetArgs } from '../parser/options.js';
import { OVERRIDE_COLUMNS, UPDATE_COLUMNS } from '../table.js';
import { show } from './lists.js';

const PAGE_SIZE = 1000;

/** `updates`. */
export async function updates(args: UpdateArgs, context: CommandContext): Promise<number> {
  const filter = filterOf(args);
  const client = await clientOf(args, context);
  const found = await allPages(client, filter, context);
  // With other filters an update may be there and not be meant.
  if (args.id !== undefined && Object.keys(filter).every((name) => name === 'ids' || name === 'lazy'))
    tellMissing(args.id, found, context);
  return show(found, UPDATE_COLUMNS, context);
}

function tellMissing(ids: readonly number[], found: readonly SoftwareUpdate[], context: CommandContext): void {
  const there = new Set(found.map((update) => update.CI_ID));
  const missing = [...new Set(ids)].filter((id) => !there.has(id));
  if (missing.length > 0)
    tellWarnings(context, [`Not in the site database, or no longer: ${missing.map(String).join(', ')}.`]);
}

function filterOf(args: UpdateArgs): UpdateListRequest {
  return defined({
    name: args.name,
    articleId: args.kb,
    newest: args.newest,
    categoryName: args.category,
    vendor: args.vendor,
    severity: args.severity,
    isExpired: args.expired,
    isSuperseded: args.superseded,
    datePostedMin: dateOf('posted-after', args['posted-after']),
    datePostedMax: dateOf('posted-before', args['posted-before']),
    product: args.product,
    classification: args.classification,
    ids: args.id,
    lazy: args.lazy,
  });
}

async function allPages(
  client: EngineClient,
  filter: UpdateListRequest,
  context: CommandContext,
): Promise<readonly SoftwareUpdate[]> {
  const found: SoftwareUpdate[] = [];
  let after: number | undefined;
  do {
    const page = await client.request('update/list', { ...filter, pageSize: PAGE_SIZE, after }, context);
    for (const update of page.updates) found.push(update);
    tellWarnings(context, page.warnings);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

/** `updates set`: shows the updates as they are then. */
export async function setUpdates(args: UpdateSetArgs, context: CommandContext): Promise<number> {
  const ciIds = args.ids === undefined || args.ids.length === 0 ? undefined : [...args.ids];
  const customSeverity = args['custom-severity'];
  const client = await clientOf(args, context);
  const change = defined({ ciIds, name: args.name, customSeverity, maximumExecutionMins: args['max-execution-mins'] });
  const { updates } = await client.request('update/set', { requestId: randomUUID(), ...change }, context);
  return show(updates, OVERRIDE_COLUMNS, context);
}
