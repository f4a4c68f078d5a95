import { once } from 'node:events';
import type { Socket } from 'node:net';
import {
  ConnectionError,
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { HelloResult } from '../contract/generated/types.js';
import { commonVersion, CONTRACT_RANGE, describeRange } from '../contract/versions.js';
import { SyncError } from '../errors/SyncError.js';
import { processState } from '../platform/processState.js';
import { AnswerReader } from '../rpc/AnswerReader.js';
import type { EngineDeps } from '../rpc/EngineDeps.js';
import { isSaidBy } from '../rpc/EngineIdentity.js';
import { OneTimeKey } from '../rpc/OneTimeKey.js';
import { engineProof, isSealing, relayProof, sameProof, SealedChannel, type Nonces } from '../rpc/SealedChannel.js';
import { keyOfEngine, readEngineRecord } from '../rpc/enginePlace.js';
import type { EnginePlace } from '../rpc/enginePlace.js';
import { fromResponseError } from '../rpc/errors.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { heartbeatText, readHeartbeat } from '../site/heartbeatFile.js';

/** A connection on which both ends have proved themselves. */
export interface EngineConnection {
  readonly rpc: MessageConnection;
  readonly processId: number;
  /** The version of the contract that both speak. */
  readonly contract: number;
  /** The version of the engine. */
  readonly version: string;
}

/** Whom a relay greets. */
interface Greeting {
  readonly site: SiteFolder;
  readonly place: EnginePlace;
  readonly deps: EngineDeps;
}

/** Proves both ends to each other; undefined when the engine closes the connection because it is about to end. */
export async function handshake(socket: Socket, greeting: Greeting): Promise<EngineConnection | undefined> {
  const channel = new SealedChannel(socket, 'relay');
  const reader = new AnswerReader(channel.input);
  const rpc = createMessageConnection(reader, new StreamMessageWriter(channel.output));
  // The end of the connection is dealt with on close, and a half-written message is of no use.
  rpc.onError(() => socket.destroy());
  socket.on('error', () => undefined);
  socket.once('close', () => void reader.untilQuiet().then(() => rpc.dispose()));
  rpc.listen();
  try {
    const hello = await withinTime(introduce({ rpc, channel }, greeting), socket, greeting);
    if (hello?.yields !== true)
      return hello && { rpc, processId: hello.processId, contract: hello.contract, version: hello.moduleVersion };
    await closedOrLate(socket, greeting.deps);
    return undefined;
  } catch (caught) {
    socket.destroy();
    throw caught;
  }
}

async function introduce(
  { rpc, channel }: { readonly rpc: MessageConnection; readonly channel: SealedChannel },
  greeting: Greeting,
): Promise<HelloResult | undefined> {
  const { site, deps } = greeting;
  const key = new OneTimeKey();
  const hello = await ask<HelloResult>(rpc, 'hello', {
    moduleVersion: deps.version,
    contract: CONTRACT_RANGE,
    processId: process.pid,
    nonce: key.nonce,
  });
  if (hello === undefined) return undefined;
  const refused = (): SyncError => new SyncError('HelloRefused', { pipe: greeting.place.address, site: site.siteCode });
  if (!isHello(hello)) throw refused();
  if (commonVersion(CONTRACT_RANGE, { minimum: hello.contract, maximum: hello.contract }) === undefined)
    throw new SyncError('ContractMismatch', { ours: describeRange(CONTRACT_RANGE), theirs: hello.contract });
  const nonces = { relay: key.nonce, engine: hello.nonce ?? '' };
  if (!isEngine(nonces, hello, greeting)) throw refused();
  if (isSealing(nonces)) channel.seal({ secret: site.secret, nonces, shared: key.sharedWith(nonces.engine) });
  else channel.stayPlain();
  const answer = await ask<object>(rpc, 'authenticate', { proof: relayProof(site.secret, nonces) });
  return answer === undefined ? undefined : hello;
}

/** Nobody is known yet: whoever serves the pipe can answer anything. */
function isHello(answer: HelloResult | null): answer is HelloResult {
  const { contract, nonce = '', proof = '', signature = '' }: Partial<HelloResult> = answer ?? {};
  return typeof contract === 'number' && [nonce, proof, signature].every((text) => typeof text === 'string');
}

/** Everybody who may use the site knows its secret; the key of its engine has only that process. */
function isEngine(nonces: Nonces, hello: HelloResult, { site, place }: Greeting): boolean {
  if (!sameProof(engineProof(site.secret, nonces), hello.proof ?? '')) return false;
  const key = keyOfEngine(site, place);
  return key === undefined || isSaidBy(key, { relay: nonces.relay, hello }, hello.signature ?? '');
}

/** Undefined when the connection ended before the answer. */
async function ask<R>(rpc: MessageConnection, method: string, params: object): Promise<R | undefined> {
  try {
    return await rpc.sendRequest<R>(method, params);
  } catch (caught) {
    if (isConnectionLost(caught)) return undefined;
    throw fromResponseError(caught, method);
  }
}

/** The answer will not come, the request did not go out, or the socket under it is dead. */
const LOST: ReadonlySet<unknown> = new Set([
  ErrorCodes.PendingResponseRejected,
  ErrorCodes.MessageWriteError,
  'EPIPE',
  'ECONNRESET',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/** Tells whether a request failed because its connection ended. */
export function isConnectionLost(caught: unknown): boolean {
  if (caught instanceof ConnectionError) return true;
  return caught instanceof Error && 'code' in caught && LOST.has(caught.code);
}

async function withinTime<R>(work: Promise<R>, socket: Socket, { site, deps }: Greeting): Promise<R> {
  const late = new AbortController();
  const limit = deps.clock.now().getTime() + deps.openingSeconds * 1000;
  let cancel = (): void => undefined;
  const wait = (): void => {
    cancel = deps.clock.after(deps.helloSeconds * 1000, () => {
      if (isOpening(site) && deps.clock.now().getTime() < limit) wait();
      else {
        late.abort();
        socket.destroy();
      }
    });
  };
  wait();
  try {
    const result = await work;
    if (late.signal.aborted)
      throw new SyncError('EngineHung', {
        site: site.siteCode,
        processId: readEngineRecord(site)?.processId ?? 'unknown',
        heartbeat: heartbeatText(readHeartbeat(site.path), deps.clock.now()),
      });
    return result;
  } finally {
    cancel();
  }
}

/** An engine that reads a large site answers nobody until it has: that is not hanging as long as its process works. */
function isOpening(site: SiteFolder): boolean {
  const record = readEngineRecord(site);
  return record?.opening === true && processState(record.processId) === 'running';
}

async function closedOrLate(socket: Socket, deps: EngineDeps): Promise<void> {
  const cancel = deps.clock.after(deps.helloSeconds * 1000, () => socket.destroy());
  if (!socket.destroyed) await once(socket, 'close');
  cancel();
}
