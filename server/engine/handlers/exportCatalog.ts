import path from 'node:path';
import type { CatalogExportRequest, CatalogExportResult, Package, Run } from '../../contract/generated/types.js';
import type { RequestContext } from '../../rpc/EngineService.js';
import { packageFormat } from '../../transfer/packageFormat.js';
import type { ServiceParts } from '../createEngineService.js';
import { keepAnswer } from '../keepAnswer.js';
import type { SiteContext } from '../SiteContext.js';
import { exportCatalogue, type ExportedCatalogue } from '../transfer/exportCatalogue.js';
import { exportRange } from '../transfer/exportRange.js';
import { CONTENT_LIST, packagePlace } from '../../transfer/packagePlace.js';
import { tellProgress } from '../transfer/tellProgress.js';

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
  return keepAnswer(context, { method: 'catalog/export', requestId: params.requestId, result });
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
  const [last] = (await database.runs({ newest: 1 })).map((json) => JSON.parse(json) as Run);
  if (last === undefined || last.State === 'Succeeded') return [];
  return [
    `The last synchronization (run ${last.Id}) ended as ${last.State}: the package holds what was complete before it.`,
  ];
}
