import type { CookieSigner } from './CookieSigner.js';
import type { ServerLimits, UpstreamServerOptions } from './UpstreamServerOptions.js';

/** What is known of the request that is answered. */
export interface RequestFacts {
  readonly service: string;
  readonly isEncrypted: boolean;
}

/** What every operation of the server role works with. */
export interface ServerContext {
  readonly options: UpstreamServerOptions;
  readonly limits: ServerLimits;
  readonly signer: CookieSigner;
  /** Absent outside a request. */
  readonly request?: RequestFacts;
}
