import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { LINK_PATH } from '../../../server/link/linkContract.js';
import type { UpdateIdentity } from '../../../server/metadata/UpdateIdentity.js';
import type { Cookie } from '../../../server/wire/getCookie.js';
import { writeGetRevisionIdListRequest } from '../../../server/wire/getRevisionIdList.js';
import { writeGetUpdateDataRequest } from '../../../server/wire/getUpdateData.js';
import { SERVER_SYNC_PATH } from '../../../server/wire/operations.js';

/** Whom attacks are aimed at, from where. */
export interface Target {
  readonly port: number;
  /** The address of this machine that it comes from. */
  readonly from: string;
  readonly cookie: Cookie;
  readonly identities: readonly UpdateIdentity[];
}

/** One connection of an attack: made, and used as that attack does; what is left is waited for. */
export type Attack = (target: Target) => Promise<Socket>;

const HELD_BYTES = 3_900_000;
const FRAME_BYTES = 8 * 1024 * 1024;

function post(body: Uint8Array, more: readonly string[] = []): Buffer {
  const lines = [
    `POST /${SERVER_SYNC_PATH} HTTP/1.1`,
    'Host: attacked',
    'Content-Type: text/xml',
    `Content-Length: ${body.length}`,
    ...more,
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
}

const packed = (text: string): Buffer => post(gzipSync(text), ['Content-Encoding: gzip']);
const ELEMENTS = packed('<a/>'.repeat(980_000));
const AMPERSANDS = packed('&'.repeat(HELD_BYTES));

async function dial({ port, from }: Target): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  // Who is cut off comes again.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** A connection inside TLS, upgraded to the site link. */
async function dialLink({ port, from }: Target): Promise<Socket> {
  const plain = connect({ port, host: '127.0.0.1', localAddress: from });
  plain.on('error', () => undefined);
  const socket = connectTls({ socket: plain, rejectUnauthorized: false });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  socket.write(
    `GET ${LINK_PATH} HTTP/1.1\r\nHost: attacked\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  );
  return socket;
}

function listRequest({ cookie }: Target): Buffer {
  const filter = { config: false, anchor: '', categories: [], classifications: [], languages: [] };
  return post(writeGetRevisionIdListRequest({ cookie, filter }, '1.1'));
}

async function sends(target: Target, bytes: Uint8Array): Promise<Socket> {
  const socket = await dial(target);
  socket.write(bytes);
  return socket;
}

/** Everything that a stranger did, or tried, to fill the port. */
export const ATTACKS = {
  /** 4 KB that unpack to 980,000 elements, and to 3.9 MB of references. */
  elements: async (target) => (await sends(target, ELEMENTS)).resume(),
  ampersands: async (target) => (await sends(target, AMPERSANDS)).resume(),
  /** 600 lists asked for in one go; nothing is read. */
  pipelinedLists: async (target) => sends(target, Buffer.concat(new Array<Buffer>(600).fill(listRequest(target)))),
  /** One list, one answer with documents, unread. */
  unreadLists: async (target) => sends(target, listRequest(target)),
  unreadDocuments: async ({ ...target }) =>
    sends(target, post(writeGetUpdateDataRequest({ cookie: target.cookie, identities: target.identities }, '1.1'))),
  /** The same packed, and each for other documents: none finds what was packed for somebody else. */
  unreadPacked: async (target) => {
    const identities = target.identities.toSorted(() => Math.random() - 0.5);
    const body = writeGetUpdateDataRequest({ cookie: target.cookie, identities }, '1.1');
    return sends(target, post(body, ['Accept-Encoding: gzip']));
  },
  /** The same packed, all for the same, and gone while it is made. */
  leavingPacked: async ({ cookie, identities, ...target }) => {
    const body = writeGetUpdateDataRequest({ cookie, identities }, '1.1');
    const socket = await dial({ cookie, identities, ...target });
    socket.write(post(body, ['Accept-Encoding: gzip']), () => socket.resetAndDestroy());
    return socket;
  },
  /** All of a large body but its last byte. */
  heldBodies: async (target) => (await sends(target, post(Buffer.alloc(HELD_BYTES, ' ')).subarray(0, -1))).resume(),
  /** A message of 8 MB of somebody who has proved nothing. */
  largeFrames: async (target) => {
    const socket = (await dialLink(target)).resume();
    const head = Buffer.alloc(14);
    head.writeUInt16BE(0x82ff, 0);
    head.writeBigUInt64BE(BigInt(FRAME_BYTES - 1), 2);
    socket.write(head);
    socket.write(Buffer.alloc(FRAME_BYTES / 2));
    return socket;
  },
  /** A link that is opened, and nothing said. */
  greetings: async (target) => (await dialLink(target)).resume(),
  slowHeads: async (target) => (await sends(target, Buffer.from('POST / HTTP/1.1\r\nX-Slow: '))).resume(),
} satisfies Record<string, Attack>;

export type AttackName = keyof typeof ATTACKS;
