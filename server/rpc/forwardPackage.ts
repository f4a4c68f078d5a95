import type { CatalogExportRequest, CatalogImportRequest, CatalogInspectRequest } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { packageFormat, packagePlace } from '../transfer/packagePlace.js';
import type { EngineClient, RequestOptions } from './EngineClient.js';
import { bringPackage, checkTarget, removeFrom, takePackageTo } from './carryPackage.js';

/** After these nobody knows whether the engine goes on with the package. */
const UNKNOWN_END: ReadonlySet<string> = new Set(['EngineUnreachable', 'EngineHung']);

/**
 * Sends a request about a package. The files are read and written here, as whoever asks; between here and the engine
 * they go through
 * the Transfer folder of the site. Neither an error nor a cancelled request leaves anything there or at the target.
 */
export async function forwardPackage(
  client: EngineClient,
  request: { method: string; params: object },
  options: RequestOptions,
): Promise<unknown> {
  const params = checked(request.method, request.params);
  if (request.method === 'catalog/export') return exportPackage(client, params, options);
  await client.verify();
  const place = await bringPackage(client.site, params.requestId, params.path);
  try {
    const answer = await client.forward(request.method, params, options);
    if (request.method === 'catalog/inspect') removeFrom(place);
    return answer;
  } catch (error) {
    if (!(error instanceof SyncError) || !UNKNOWN_END.has(error.errorId)) removeFrom(place);
    throw error;
  }
}

async function exportPackage(
  client: EngineClient,
  params: CatalogExportRequest,
  options: RequestOptions,
): Promise<unknown> {
  packageFormat(params.path);
  checkTarget(params.path, params.force === true);
  const answer = await client.forward('catalog/export', params, options);
  await takePackageTo(packagePlace(client.site, params.requestId), params.path);
  return answer;
}

/** The engine validates the rest; these two are used before it sees them. */
function checked(method: string, params: object): CatalogInspectRequest | CatalogImportRequest | CatalogExportRequest {
  const { requestId, path } = params as Partial<CatalogInspectRequest>;
  if (
    typeof requestId === 'string' &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(requestId) &&
    typeof path === 'string' &&
    path !== ''
  )
    return { ...params, requestId, path };
  throw new SyncError('InvalidRequest', { method, reason: 'requestId or path is missing' });
}
