import type { Server } from 'node:net';

/** Listens on a pipe or socket. `isForAll`: on Windows everybody may open the pipe. */
export function listen(
  server: Server,
  path: string,
  { isForAll }: { readonly isForAll: boolean } = { isForAll: false },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, readableAll: isForAll, writableAll: isForAll }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
