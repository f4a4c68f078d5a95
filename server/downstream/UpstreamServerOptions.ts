import type { SyncError } from '../errors/SyncError.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultCode } from '../wire/fault.js';
import type { ServedCabinets } from './ServedCabinets.js';
import type { ServedCatalogue } from './ServedCatalogue.js';
import type { ServerLog } from './port/PortOptions.js';
import type { RequestWork } from './port/RequestWork.js';

/** Limits of the server role; the defaults are those of Windows (reference 1.4). */
export interface ServerLimits {
  readonly maxUpdatesPerRequest: number;
  readonly maxUpdatesPerDecryptionRequest: number;
  /**
   * Answers to GetUpdateData hold fewer entries rather than more bytes, as those of Windows; a single document is
   * always sent. No limit unless one is given: not every client asks again for what is missing.
   */
  readonly maxAnswerBytes: number;
  readonly maxRequestBytes: number;
  readonly cookieMinutes: number;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** How long a client may take nothing of an answer. */
  readonly silenceMs: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  maxUpdatesPerRequest: 100,
  maxUpdatesPerDecryptionRequest: 100,
  maxAnswerBytes: Number.POSITIVE_INFINITY,
  maxRequestBytes: 4 * 1024 * 1024,
  cookieMinutes: 240,
  headersTimeoutMs: 20_000,
  requestTimeoutMs: 60_000,
  silenceMs: 300_000,
};

/** Answers a request, unless its path is none of its own: then false. An answer without an end ends at `closing`. */
export type OtherPaths = (
  request: IncomingMessage,
  response: ServerResponse,
  work: Pick<RequestWork, 'closing'>,
) => Promise<boolean>;

/** The status page beside the server role: what it answers, and what it is told. */
export interface RolePage {
  readonly answer: OtherPaths;
  readonly onOperation: (name: string, info: OperationInfo) => void;
}

/** What a hook learns of one answered operation. */
export interface OperationInfo {
  /** Updates asked for in GetUpdateData, updates listed by GetRevisionIdList. */
  readonly updates: number;
  readonly refused?: FaultCode;
}

/** What the server role is made of. */
export interface UpstreamServerOptions {
  readonly catalogue: ServedCatalogue;
  readonly blob: 'plain' | 'mszip' | 'lzx';
  /** What Ping says of this machine; nothing if not given. */
  readonly serverName?: string;
  /**
   * True: content files that are asked for are redirected to Microsoft, and downstream servers are told to ask here.
   * Otherwise they go to the addresses in the metadata.
   */
  readonly redirectsContent?: boolean;
  /** Packs a document for XmlUpdateBlobCompressed; needed unless all go plain. */
  readonly writeBlobCabinet?: (xmlUtf8: Uint8Array) => Uint8Array;
  /** Where documents go plain: packs the large ones, and others where the answer becomes large. */
  readonly cabinets?: ServedCabinets;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** So many unpredictable bytes. */
  readonly random: (count: number) => Uint8Array;
  /** Signs the cookies; one made with `random` when absent, so that cookies end with the process. */
  readonly key?: Uint8Array;
  readonly log?: ServerLog;
  readonly limits?: Partial<ServerLimits>;
  /** Answers what is for none of the services; false where it has no such path either. */
  readonly otherPaths?: OtherPaths;
  /** Why nothing is served at this moment. */
  readonly refusal?: () => SyncError | undefined;
  /** Called after every operation, before its answer is sent. */
  readonly onOperation?: (name: string, info: OperationInfo) => void;
}
