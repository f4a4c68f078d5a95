/** What the port of a site gives to strangers. */
export interface PortLimits {
  /** Connections, and how many of them are kept for nodes of the site. */
  readonly connections: number;
  readonly keptConnections: number;
  /** Bytes of requests and answers in memory, beyond what each request has for itself. */
  readonly bytes: number;
  readonly ownBytes: number;
  /** What one address may have of connections and bytes: from above 0 to 1. A proxy is one address. */
  readonly addressShare: number;
  /** How long a request waits for room before it is answered with 503. */
  readonly waitMs: number;
  /** Whoever keeps us waiting for so long is cut off when others need the room. */
  readonly stalledMs: number;
  /** Longest wait for the first byte, and for the end of a TLS handshake. */
  readonly greetingMs: number;
}

export const PORT_LIMITS: PortLimits = {
  connections: 5000,
  keptConnections: 1000,
  bytes: 64 * 1024 * 1024,
  ownBytes: 32 * 1024,
  addressShare: 0.25,
  waitMs: 5000,
  stalledMs: 10_000,
  greetingMs: 10_000,
};
