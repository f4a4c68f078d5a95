import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, request as httpRequest, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { listenOn, startUpstream, type Cleanup } from './harness.js';

/** Compiled tests run from another folder than their fixtures stay in. */
export function fixture(name: string): string {
  const here = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]dist[^\\/]*(?=[\\/]test[\\/])/, '');
  return readFileSync(`${here}fixtures/${name}`, 'utf8');
}

/** Self-signed, for localhost. */
export const localhostCertificate = fixture('localhost-cert.pem');

/** Our server behind a TLS front with the self-signed certificate. */
export async function startTls(cleanup: Cleanup): Promise<string> {
  const { url } = await startUpstream(cleanup);
  const front = createHttpsServer(
    { cert: localhostCertificate, key: fixture('localhost-key.pem') },
    (request, response) => {
      const inner = httpRequest(
        url + (request.url ?? ''),
        { method: request.method, headers: request.headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(response);
        },
      );
      request.pipe(inner);
    },
  );
  front.on('tlsClientError', () => undefined);
  return `https://127.0.0.1:${await listenOn(cleanup, front)}`;
}

/** A proxy that wants this Proxy-Authorization, or refuses with these schemes. */
export async function startProxy(
  cleanup: Cleanup,
  wanted: string | undefined,
  schemes: readonly string[],
): Promise<{ proxy: string; connects: string[] }> {
  const connects: string[] = [];
  const server: Server = createHttpServer((request, response) => {
    connects.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const inner = httpRequest(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(inner);
  });
  server.on('connect', (request, socket) => {
    socket.on('error', () => socket.destroy());
    connects.push(request.url ?? '');
    if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) {
      socket.end(
        `HTTP/1.1 407 Proxy Authentication ` +
          `Required\r\n${schemes.map((scheme) => `Proxy-Authenticate: ${scheme}\r\n`).join('')}Content-Length: ` +
          `0\r\n\r\n`,
      );
      return;
    }
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const inner = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      inner.pipe(socket).pipe(inner);
    });
    inner.on('error', () => socket.destroy());
    cleanup.add(() => {
      inner.destroy();
      socket.destroy();
      return Promise.resolve();
    });
  });
  return { proxy: `http://127.0.0.1:${await listenOn(cleanup, server)}`, connects };
}
