import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import type { LinkHelloResult } from '../contract/generated/types.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { Clock } from '../platform/Clock.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { LinkChannel } from './LinkChannel.js';
import { nodeName } from './NodeRecord.js';
import {
  checkVersion,
  clockWarning,
  compareClocks,
  LINK_RANGE,
  LINK_LIMITS,
  LINK_METHODS,
  LINK_PATH,
} from './linkContract.js';

/** What dialling needs. */
export interface DialOptions {
  /** Of the parent: `https://host:port`, its site code, and the one certificate that is trusted there (PEM). */
  readonly parent: { readonly siteCode: string; readonly address: string; readonly authority: string };
  /** Who dials. */
  readonly node: { readonly siteCode: string; readonly serverName: string };
  readonly version: string;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Ends the attempt. */
  readonly signal?: AbortSignal;
}

/** A connection to the parent: both ends have compared versions and clocks. */
export interface DialedParent {
  readonly channel: LinkChannel;
  readonly hello: LinkHelloResult;
}

/** What the node does with the channel before anything is read from it. */
type Prepare = (channel: LinkChannel) => void;

/**
 * Opens a connection to the parent and greets; both ends compare versions and clocks.
 * @throws SyncError ParentUnreachable, ParentNotTrusted, LinkVersionMismatch, LinkClockAhead, LinkBroken
 */
export async function dialParent(options: DialOptions, prepare: Prepare = () => undefined): Promise<DialedParent> {
  const channel = await openChannel(options);
  prepare(channel);
  channel.listen();
  try {
    return { channel, hello: await greet(channel, options) };
  } catch (error) {
    channel.close(
      error instanceof SyncError
        ? error
        : new SyncError('LinkBroken', { node: options.parent.siteCode, reason: reasonOf(error) }),
    );
    throw error;
  }
}

async function greet(
  channel: LinkChannel,
  { parent, node, version, clock, log }: DialOptions,
): Promise<LinkHelloResult> {
  const sent = clock.now();
  const said = {
    moduleVersion: version,
    contract: LINK_RANGE,
    ...node,
    time: sent.toISOString(),
  };
  const hello = await withinTime(channel, channel.request(LINK_METHODS.hello, said, 'link.hello.result'), {
    clock,
    parent: parent.siteCode,
  });
  checkVersion(hello, version);
  if (hello.siteCode !== parent.siteCode)
    throw new SyncError('ParentNotTrusted', {
      address: parent.address,
      site: parent.siteCode,
      reason: `it is the site ${hello.siteCode}`,
    });
  const { difference, verdict } = compareClocks(sent, new Date(hello.time));
  if (verdict !== 'Same')
    log(`Site link: ${clockWarning(difference, { node: nodeName(node), parent: parent.siteCode })}`);
  return hello;
}

/** A parent that says nothing is as good as none. */
export async function withinTime<Result>(
  channel: LinkChannel,
  answer: Promise<Result>,
  { clock, parent }: { readonly clock: Clock; readonly parent: string },
): Promise<Result> {
  const reason = new SyncError('LinkBroken', {
    node: parent,
    reason: `no answer within ${LINK_LIMITS.handshakeMs / 1000} seconds`,
  });
  const cancel = clock.after(LINK_LIMITS.handshakeMs, () => channel.close(reason));
  return answer.finally(cancel);
}

async function openChannel({ parent, clock, signal }: DialOptions): Promise<LinkChannel> {
  const url = new URL(LINK_PATH, parent.address);
  url.protocol = 'wss:';
  const socket = new WebSocket(url, {
    ca: [parent.authority],
    maxPayload: LINK_LIMITS.messageBytes,
    perMessageDeflate: false,
    handshakeTimeout: LINK_LIMITS.handshakeMs,
    followRedirects: false,
  });
  const stop = (): void => socket.terminate();
  signal?.addEventListener('abort', stop);
  try {
    return await new Promise<LinkChannel>((resolve, reject) => {
      socket.once('error', (error) => reject(unreachable(error, parent)));
      // Here, because the channel must hear what comes with the answer.
      socket.once('upgrade', ({ socket: tls }: IncomingMessage) =>
        socket.once('open', () => {
          if (tls instanceof TLSSocket) resolve(new LinkChannel({ socket, tls, clock, peer: parent.siteCode }));
        }),
      );
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    // A reset later is told by the channel.
    socket.on('error', () => undefined);
  }
}

function unreachable(error: Error, { siteCode, address }: DialOptions['parent']): SyncError {
  const isTrust = /CERT|SIGNATURE|ALTNAME|ISSUER/.test(systemErrorCode(error));
  return new SyncError(
    isTrust ? 'ParentNotTrusted' : 'ParentUnreachable',
    { site: siteCode, address, reason: reasonOf(error) },
    { cause: error },
  );
}

const FIRST_MS = 1000;
const LONGEST_MS = 300_000;
/** After a refusal that only an administrator can change. */
const REFUSED_MS = 60_000;

/**
 * Milliseconds until a node dials its parent again: doubled with every failure in a row up to five minutes, at least a
 * minute after a refusal,
 * and spread by chance between half and one and a half of it, so that a thousand nodes do not come back in the same
 * second.
 * @param random from 0 up to 1
 */
export function reconnectDelay(
  { failures, isRefusal }: { readonly failures: number; readonly isRefusal: boolean },
  random: number,
): number {
  const grown = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(0, failures - 1), 20));
  return Math.round((isRefusal ? Math.max(REFUSED_MS, grown) : grown) * (0.5 + random));
}
