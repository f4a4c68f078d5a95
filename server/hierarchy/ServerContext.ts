import type { CookieSigner } from './CookieSigner.js';
import type { ServerLimits, UpstreamServerOptions } from './UpstreamServerOptions.js';

/** What every operation of the server role works with. */
export interface ServerContext {
  readonly options: UpstreamServerOptions;
  readonly limits: ServerLimits;
  readonly signer: CookieSigner;
}
