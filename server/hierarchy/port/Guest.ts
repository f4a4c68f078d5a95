import type { Socket } from 'node:net';
import { addressKey } from './addressKey.js';
import type { Holder } from './ByteBudget.js';
import type { Visitor } from './Places.js';
import type { PortConnection } from './PortConnection.js';

/** One connection of a port, from before its first byte: who it is for places, turns and memory. */
export class Guest implements Visitor, Holder {
  readonly key: string;
  readonly address: string;
  /** Once it is known whether it speaks TLS, and that it does. */
  connection: PortConnection | undefined;
  isInWork = false;

  constructor(
    readonly socket: Socket,
    private readonly since: number,
  ) {
    this.address = socket.remoteAddress ?? 'an unknown address';
    this.key = addressKey(socket.remoteAddress);
  }

  waitingSince(): number | undefined {
    return this.connection === undefined ? this.since : this.connection.waitingSince();
  }

  cut(): void {
    this.socket.destroy();
  }
}
