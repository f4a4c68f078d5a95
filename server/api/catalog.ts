import path from 'node:path';
import type {
  CatalogExportRequest,
  CatalogExportResult,
  CatalogImportRequest,
  CatalogImportResult,
  CatalogInspectRequest,
  CatalogInspectResult,
  Package,
} from '../contract/generated/types.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { Asked } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';
import { SyncError } from '../errors/SyncError.js';
import { type RequestContext, workProgress } from '../rpc/requests.js';
import { stateChange } from '../state/siteState.js';
import { readRuns } from '../state/storedRuns.js';
import { exportCatalogue } from '../transfer/exportCatalogue.js';
import type { ExportedCatalogue } from '../transfer/exportCatalogue.js';
import { exportRange } from '../transfer/exportRange.js';
import { inspectPackage } from '../transfer/inspectPackage.js';
import type { InspectedPackage, InspectionOptions } from '../transfer/inspectPackage.js';
import { CONTENT_LIST, packageFormat, packagePlace } from '../transfer/packagePlace.js';

/** Sends the progress of an export or a check to whoever asked for it. */
function tellProgress(
  phase: 'Exporting' | 'Checking',
  request: Pick<RequestContext, 'notify'>,
): (activity: string, done: number, total: number) => void {
  return (activity, done, total) => request.notify('run/progress', workProgress({ phase, activity, done, total }));
}

/**
 * `catalog/export`: the package is written into the Transfer folder of the site, from where the relay takes it to its
 * place.
 * @throws SyncError SyncAlreadyRunning, and those of `exportRange` and `exportCatalogue`
 */
export async function exportCatalog(
  { context, runner }: ServiceParts,
  params: CatalogExportRequest,
  request: RequestContext,
): Promise<CatalogExportResult> {
  if (runner.current !== undefined) throw runner.refusal();
  const format = packageFormat(params.path);
  const place = packagePlace(context.site, params.requestId);
  const range = await exportRange(context, params.since);
  place.files.mkdirSync(path.dirname(place.file), { recursive: true });
  context.log.write(`Exporting the catalogue of site ${context.site.siteCode} to ${params.path}`);
  const exported = await exportCatalogue(context, {
    range,
    place,
    format,
    shownPath: params.path,
    hasContentList: params.includeContentList === true,
    signal: request.signal,
    onProgress: tellProgress('Exporting', request),
  });
  const result = { package: await packageOf(context, { exported, params, format }) };
  context.log.write(
    `Exported ${exported.hashes.documents} updates to ${params.path} (${exported.hashes.size} bytes, ` +
      `SHA-256 ${exported.hashes.sha256})`,
  );
  return result;
}

async function packageOf(
  context: SiteContext,
  {
    exported,
    params,
    format,
  }: { exported: ExportedCatalogue; params: CatalogExportRequest; format: Package['Format'] },
): Promise<Package> {
  const { description, hashes } = exported;
  const { header, package: own } = description;
  return {
    Path: params.path,
    Format: format,
    Size: hashes.size,
    ServerID: header.serverId,
    ServerName: own.serverName,
    SiteCode: own.siteCode,
    CreationTime: new Date(header.creationTime).toISOString(),
    ProtocolVersion: header.protocolVersion,
    Documents: hashes.documents,
    Configuration: exported.configuration,
    Updates: exported.updates,
    Files: exported.files,
    Languages: description.languages.filter(({ enabled }) => enabled).map(({ shortLanguage }) => shortLanguage),
    IsIncrement: own.follows > 0,
    Follows: own.follows,
    Reaches: own.reaches,
    LastRun: own.run,
    Signature: 'Own',
    SignerFingerprint: (await context.packageKey()).fingerprint,
    Sha256: hashes.sha256,
    ContentList: params.includeContentList === true ? `${params.path}${CONTENT_LIST}` : '',
    Differences: [],
    Problems: [],
    Warnings: await warningsOf(context),
  };
}

/** As wsusutil wants it, the last synchronization should have succeeded. */
async function warningsOf({ database }: SiteContext): Promise<string[]> {
  const [last] = await readRuns(database, { newest: 1 });
  if (last === undefined || last.State === 'Succeeded') return [];
  return [
    `The last synchronization (run ${last.Id}) ended as ${last.State}: the package holds what was complete before it.`,
  ];
}

/**
 * `catalog/inspect`: what an import would say of the package that the relay has put into the Transfer folder. Nothing
 * is changed.
 */
export async function inspectCatalog(
  parts: ServiceParts,
  params: CatalogInspectRequest,
  request: RequestContext,
): Promise<CatalogInspectResult> {
  const { imported, shown } = await inspect(parts, params, request);
  await imported.source.close();
  return { package: shown };
}

/**
 * `catalog/import`: checks the whole package, then begins the run that imports it; the package is the engine's from
 * then on.
 * @throws SyncError PackageInvalid, PackageDiffers, SyncAlreadyRunning, ImportOnReplica; nothing is changed then
 */
export async function importCatalog(
  parts: ServiceParts,
  params: CatalogImportRequest,
  request: Pick<Asked, 'signal' | 'notify' | 'keep'>,
): Promise<CatalogImportResult> {
  const { context, runner } = parts;
  if (context.parent !== undefined)
    throw new SyncError('ImportOnReplica', { site: context.site.siteCode, parent: context.parent.siteCode });
  if (runner.current !== undefined) throw runner.refusal();
  const { KeptBatches } = await import('../sync/reading/KeptBatches.js');
  const kept = new KeptBatches();
  const { imported, differences, shown } = await inspect(parts, params, { ...request, reader: kept });
  try {
    if (differences.length > 0 && params.force !== true)
      throw new SyncError('PackageDiffers', { path: params.path, differences: differences.join('; ') });
    const run = await runner.start(
      { fullSync: undefined, requester: 'Import', requestedBy: params.requester ?? '', imported, kept },
      (begun) => ({
        ...request.keep({ run: begun, package: shown }),
        settings: stateChange({ importPending: imported.order }),
      }),
    );
    for (const line of [
      ...shown.Warnings,
      ...differences.map((difference) => `The package does not match this site: ${difference}.`),
    ])
      context.log.write(line);
    return { run, package: shown };
  } catch (error) {
    await imported.source.close();
    throw error;
  }
}

async function inspect(
  { context }: ServiceParts,
  { requestId, path }: CatalogInspectRequest,
  { reader, ...request }: Pick<RequestContext, 'signal' | 'notify'> & Pick<InspectionOptions, 'reader'>,
): Promise<InspectedPackage> {
  return inspectPackage(
    context,
    { requestId, path },
    { signal: request.signal, onProgress: tellProgress('Checking', request), ...(reader && { reader }) },
  );
}
