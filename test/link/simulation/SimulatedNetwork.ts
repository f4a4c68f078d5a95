import type { SimulatedClock } from './SimulatedClock.js';

/** What went in one direction. */
export interface Traffic {
  messages: number;
  bytes: number;
}

/** Which way: from a parent to a node, or the other way round. */
export type Direction = 'down' | 'up';

/** One direction of a connection. */
export interface Line {
  readonly direction: Direction;
  /** When the last message arrives that is on its way. */
  arrival: number;
  isOpen: boolean;
}

const SHORTEST_MS = 10;
const LONGEST_MS = 100;
/** Of WebSocket and TLS around a message. */
const FRAME = 4 + 22;

/** Carries messages as texts, in order, each a while later; what is on the way when a connection ends is lost. */
export class SimulatedNetwork {
  readonly traffic: Record<Direction, Traffic> = {
    down: { messages: 0, bytes: 0 },
    up: { messages: 0, bytes: 0 },
  };
  readonly #clock: SimulatedClock;
  readonly #random: () => number;

  constructor(clock: SimulatedClock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Ms until something arrives. */
  latency(): number {
    return SHORTEST_MS * Math.ceil(1 + this.#random() * (LONGEST_MS / SHORTEST_MS - 1));
  }

  send(line: Line, method: string, params: object, arrive: (params: unknown, bytes: number) => void): void {
    const text = JSON.stringify({ jsonrpc: '2.0', method, params });
    const bytes = Buffer.byteLength(text);
    const traffic = this.traffic[line.direction];
    traffic.messages += 1;
    traffic.bytes += bytes + `Content-Length: ${bytes}\r\n\r\n`.length + FRAME;
    line.arrival = Math.max(line.arrival, this.#clock.time + this.latency());
    this.#clock.after(line.arrival - this.#clock.time, () => {
      if (line.isOpen) arrive((JSON.parse(text) as { params: unknown }).params, bytes);
    });
  }
}
