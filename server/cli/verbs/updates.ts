import type { SoftwareUpdate, UpdateListRequest } from '../../contract/generated/types.js';
import type { EngineClient } from '../../rpc/EngineClient.js';
import { clientOf, defined } from '../clientOf.js';
import { updateColumns } from '../columns.js';
import type { CommandContext } from '../CommandContext.js';
import { dateOf } from '../dateOf.js';
import type { UpdateArgs } from '../options.js';
import { show } from './lists.js';

const pageSize = 1000;

/** `updates`. */
export async function updates(args: UpdateArgs, context: CommandContext): Promise<number> {
  const filter = filterOf(args);
  const client = await clientOf(args, context);
  const found = await allPages(client, filter, context);
  return show(found, updateColumns, context);
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
    id: args.id,
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
    const page = await client.request(
      'update/list',
      { ...filter, pageSize, ...(after === undefined ? {} : { after }) },
      context,
    );
    for (const update of page.updates) found.push(update);
    for (const warning of page.warnings ?? []) context.tell(`Warning: ${warning}`);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}
