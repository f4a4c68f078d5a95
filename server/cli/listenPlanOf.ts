import { SyncError } from '../errors/SyncError.js';
import type { ListenPlan } from '../platform/ListenPlan.js';
import type { ListenArgs } from './parser/options.js';

/**
 * Where to listen as the command line says it; undefined without a port. @throws SyncError InvalidRequest for what
 * needs one
 */
export function listenPlanOf(args: ListenArgs): ListenPlan | undefined {
  const {
    port,
    host,
    'allow-http': allowHttp,
    'redirect-content': redirectsContent,
    'address-share': addressShare,
  } = args;
  if (port !== undefined)
    return {
      port,
      host,
      ...(allowHttp === true ? { allowHttp } : {}),
      ...(redirectsContent === true ? { redirectsContent } : {}),
      addressShare,
    };
  if ([host, allowHttp, redirectsContent, addressShare].every((given) => given === undefined)) return undefined;
  throw new SyncError('InvalidRequest', {
    method: 'of the command line',
    reason: '--host, --allow-http, --redirect-content and --address-share need --port',
  });
}
