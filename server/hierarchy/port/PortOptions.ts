import type { IncomingMessage } from 'node:http';
import type { KeyedCertificate } from '../../downstream/port/TlsDoor.js';
import type { ListenOptions } from '../Listener.js';
import type { PortConnection } from './PortConnection.js';

/** What the port of a site is made of; requests inside TLS and plain ones go to the one handler. */
export interface PortOptions extends ListenOptions {
  /** Without one there is no TLS. */
  readonly certificate?: KeyedCertificate;
  /** Plain HTTP is answered on loopback; beyond it only with this. */
  readonly allowsHttp: boolean;
  /** Takes over the connection of an upgrade request. */
  readonly onUpgrade?: (request: IncomingMessage, connection: PortConnection, head: Buffer) => void;
  /** Told why a connection that brought nothing useful was closed. */
  readonly onRefused?: (peer: string, reason: string) => void;
  /** Whether a node of the site has come from an address before (see addressKey). */
  readonly isKnown?: (key: string) => boolean;
}
