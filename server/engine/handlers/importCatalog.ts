import type {
  CatalogImportRequest,
  CatalogImportResult,
  CatalogInspectRequest,
  CatalogInspectResult,
} from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import type { RequestContext } from '../../rpc/EngineService.js';
import { STATE } from '../catalogueState.js';
import type { ServiceParts } from '../createEngineService.js';
import { inspectPackage, type InspectedPackage } from '../transfer/inspectPackage.js';
import { tellProgress } from '../transfer/tellProgress.js';

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
  request: RequestContext,
): Promise<CatalogImportResult> {
  const { context, runner } = parts;
  if (context.parent !== undefined)
    throw new SyncError('ImportOnReplica', { site: context.site.siteCode, parent: context.parent.siteCode });
  if (runner.current !== undefined) throw runner.refusal();
  const { imported, differences, shown } = await inspect(parts, params, request);
  try {
    if (differences.length > 0 && params.force !== true)
      throw new SyncError('PackageDiffers', { path: params.path, differences: differences.join('; ') });
    const run = await runner.start(
      { fullSync: undefined, requester: 'Import', requestedBy: params.requester ?? '', imported },
      (begun) => ({
        request: {
          requestId: params.requestId,
          method: 'catalog/import',
          result: JSON.stringify({ run: begun, package: shown }),
          time: context.now().getTime(),
        },
        settings: { [STATE.importPending]: imported.order },
      }),
    );
    for (const line of [
      ...shown.Warnings,
      ...differences.map((difference) => `The package does not fit this site: ${difference}.`),
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
  request: RequestContext,
): Promise<InspectedPackage> {
  return inspectPackage(
    context,
    { requestId, path },
    { signal: request.signal, onProgress: tellProgress('Checking', request) },
  );
}
