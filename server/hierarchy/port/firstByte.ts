import type { Socket } from 'node:net';

/** A TLS record of a handshake begins so; no HTTP method does. */
const TLS_HANDSHAKE = 0x16;

/**
 * Waits for the first byte of a connection, at most so long, and tells whether it begins TLS. Nothing is read of it
 * then: whoever takes it over finds all of it.
 */
export function firstByte(socket: Socket, longestMs: number, then: (isTls: boolean) => void): void {
  const giveUp = (): void => void socket.destroy();
  socket.setTimeout(longestMs, giveUp);
  socket.once('data', (first) => {
    socket.setTimeout(0);
    socket.removeListener('timeout', giveUp);
    socket.pause();
    socket.unshift(first);
    then(first[0] === TLS_HANDSHAKE);
  });
  socket.resume();
}
