import { skipBecause } from '../../fixtures/skipBecause.js';

/** Addresses of this machine that strangers come from; whoever is served comes from 127.0.0.1. */
export const PEERS: readonly string[] = Array.from({ length: 8 }, (_none, number) => `127.0.0.${number + 101}`);

/** Skips where a machine has one address of its own only. */
export function needsManyAddresses(context: Mocha.Context): void {
  if (process.platform === 'darwin') skipBecause(context, 'macOS has no address of loopback but 127.0.0.1');
}
