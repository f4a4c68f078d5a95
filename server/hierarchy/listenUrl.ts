import type { ListenAddress } from './Listener.js';

/** The address of a listener as a URL. */
export function listenUrl({ host, port }: ListenAddress): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
