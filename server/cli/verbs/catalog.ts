import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type {
  CatalogExportResult,
  CatalogImportResult,
  CatalogInspectResult,
  Package,
} from '../../contract/generated/types.js';
import { forwardRequest } from '../../relay/forwardRequest.js';
import { localTime } from '../../errors/localTime.js';
import { clientOf, defined, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import { accountName } from '../accountName.js';
import type { ExportArgs, ImportArgs } from '../parser/transferOptions.js';
import { ProgressLine, waitForRun } from '../waitForRun.js';

/** `export`: writes the catalogue into a file. */
export async function exportCatalog(args: ExportArgs, context: CommandContext): Promise<number> {
  const params = defined({ since: args.since, includeContentList: args['include-content-list'], force: args.force });
  const { package: written } = await ask<CatalogExportResult>('catalog/export', { args, params, context });
  if (context.json) printJson(context, written);
  else
    context.print(
      `Exported ${count(written.Documents)} documents to ${written.Path} (${count(written.Size)} bytes), signed ` +
        `by ${written.SignerFingerprint}; next time: --since ${written.LastRun}`,
    );
  tellDifferences(written, context);
  return EXIT_CODES.done;
}

/** `import`: checks a package, then brings it in and waits for the run; with `--what-if` it only checks. */
export async function importCatalog(args: ImportArgs, context: CommandContext): Promise<number> {
  if (args['what-if'] === true) return inspectCatalog(args, context);
  const params = defined({ force: args.force, requester: accountName(context.env) });
  const { run, package: imported } = await ask<CatalogImportResult>('catalog/import', { args, params, context });
  tellDifferences(imported, context);
  return waitForRun(await clientOf(args, context), { id: run.Id, timeoutSeconds: undefined }, context);
}

async function inspectCatalog(args: ImportArgs, context: CommandContext): Promise<number> {
  const { package: found } = await ask<CatalogInspectResult>('catalog/inspect', { args, params: {}, context });
  if (context.json) printJson(context, found);
  else
    context.print(
      `${found.Path}: ${count(found.Documents)} documents (${count(found.Updates)} updates) ` +
        `of ${found.ServerName || found.ServerID}, ` +
        `made ${localTime(found.CreationTime)}${found.IsIncrement ? ', an increment' : ''}`,
    );
  for (const { UpdateID, RevisionNumber, Reason } of context.json ? [] : found.Problems)
    context.print(`skipped: ${UpdateID}.${RevisionNumber}: ${Reason}`);
  tellDifferences(found, context);
  return EXIT_CODES.done;
}

interface Question {
  readonly args: { path: string; 'site-path'?: string | undefined; 'site-code'?: string | undefined };
  readonly params: object;
  readonly context: CommandContext;
}

/** Sends a request about a file, its progress on stderr meanwhile. */
async function ask<Result>(method: string, { args, params, context }: Question): Promise<Result> {
  const client = await clientOf(args, context);
  const line = new ProgressLine(context);
  context.backend.onProgress((progress) => {
    if (progress.RunId === 0) line.show(progress);
  });
  try {
    return (await forwardRequest(
      client,
      { method, params: { requestId: randomUUID(), path: path.resolve(args.path), ...params } },
      context,
    )) as Result;
  } finally {
    line.end();
  }
}

function tellDifferences({ Warnings, Differences }: Package, context: CommandContext): void {
  const differences = Differences.map((difference) => `the package does not match this site: ${difference}.`);
  tellWarnings(context, [...differences, ...Warnings]);
}

function count(number: number): string {
  return number.toLocaleString('en');
}
