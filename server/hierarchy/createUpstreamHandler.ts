import { CookieSigner } from './CookieSigner.js';
import { handleRequest } from './handleRequest.js';
import type { RequestHandler } from './Listener.js';
import { DEFAULT_LIMITS, type UpstreamServerOptions } from './UpstreamServerOptions.js';

const KEY_BYTES = 32;

/** The MS-WSUSSS server role as a handler of HTTP requests, for whatever listens. */
export function createUpstreamHandler(options: UpstreamServerOptions): RequestHandler {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const context = {
    options,
    limits,
    signer: new CookieSigner(options.key ?? options.random(KEY_BYTES)),
  };
  return async (request, response, work) => handleRequest(request, response, { ...context, work });
}
