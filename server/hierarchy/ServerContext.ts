import type { CookieSigner } from './CookieSigner.js';
import type { RequestWork } from './port/RequestWork.js';
import type { ServerLimits, UpstreamServerOptions } from './UpstreamServerOptions.js';

/** What is known of the request that is answered. */
export interface RequestFacts {
  /** Address that it came from. */
  readonly peer: string;
  readonly service: string;
  readonly isEncrypted: boolean;
}

/** What every operation of the server role works with. */
export interface ServerContext {
  readonly options: UpstreamServerOptions;
  readonly limits: ServerLimits;
  readonly signer: CookieSigner;
  readonly request: RequestFacts;
  readonly work: RequestWork;
}
