import { clientOf, defined, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { CategoryArgs, SiteArgs } from '../parser/options.js';
import { CATEGORY_COLUMNS, STATUS_COLUMNS } from '../table.js';
import { printTable } from '../tableLines.js';
import type { Column } from '../tableLines.js';

/** `status`. */
export async function status(args: SiteArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const answer = await client.request('status/get', {}, context);
  tellWarnings(context, answer.warnings);
  return show(answer.status, STATUS_COLUMNS, context);
}

/** `categories`. */
export async function categories(args: CategoryArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const answer = await client.request(
    'category/list',
    defined({ name: args.name, typeName: args.type, lazy: args.lazy }),
    context,
  );
  return show(answer.categories, CATEGORY_COLUMNS, context);
}

/** Prints objects as one JSON array or as a table. */
export function show<Row>(rows: readonly Row[], columns: readonly Column<Row>[], context: CommandContext): number {
  if (context.json) printJson(context, rows);
  else printTable(context, rows, columns);
  return EXIT_CODES.done;
}
