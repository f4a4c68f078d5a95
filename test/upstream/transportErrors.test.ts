import { expect } from 'chai';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { Server as TcpServer } from 'node:net';
import { DEFAULT_RETRY_POLICY } from '../../server/upstream/Retrier.js';
import { writeFault } from '../../server/wire/fault.js';
import type { FaultCode } from '../../server/wire/fault.js';
import { Cleanup, failure, listenOn, makeSource, NEVER, startHttp, startUpstream } from './harness.js';

describe('failures of the upstream', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());

  it('nobody listens: UpstreamUnreachable, not tried again', async () => {
    const server = createTcpServer();
    const port = await listenOn(cleanup, server);
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    const { source, slept } = makeSource(cleanup, { url: `http://127.0.0.1:${port}` });
    const error = await failure(source.open('', NEVER));
    expect(error).to.include({ errorId: 'UpstreamUnreachable', exitCode: 5 });
    expect(error.message).to.contain(`: 127.0.0.1:${port} refused the connection, so no program listens there`);
    expect(slept).to.deep.equal([]);
  });

  it('a cut connection: tried again with growing pauses, then UpstreamConnectionCut', async () => {
    const url = await cutting(cleanup);
    const { source, slept } = makeSource(cleanup, { url });
    expect(await failure(source.open('', NEVER))).to.have.property('errorId', 'UpstreamConnectionCut');
    expect(slept).to.deep.equal([500, 1000, 2000, 4000]);
  });

  it('an answer that ends in the middle: UpstreamConnectionCut', async () => {
    const url = await startHttp(cleanup, (_request, response) => {
      response.writeHead(200, { 'content-length': 5000 });
      response.write('<?xml version="1.0"?>', () => response.destroy());
    });
    const { source } = makeSource(cleanup, { url }, { retry: { ...DEFAULT_RETRY_POLICY, attempts: 1 } });
    expect(await failure(source.open('', NEVER))).to.have.property('errorId', 'UpstreamConnectionCut');
  });

  it('an HTML page: UpstreamNotSoap with its title', async () => {
    const url = await startHttp(cleanup, (_request, response) =>
      response.end('<!DOCTYPE html><html><head><title>Sign in\n to Wi-Fi</title></head></html>'),
    );
    const error = await failure(makeSource(cleanup, { url }).source.open('', NEVER));
    expect(error.errorId).to.equal('UpstreamNotSoap');
    expect(error.message).to.contain('an HTML page titled "Sign in to Wi-Fi"').and.contain('HTTP 200').and.contain(url);
  });

  it('404, a redirection, JSON: UpstreamNotSoap that says so', async () => {
    const url = await startHttp(cleanup, (request, response) => {
      if (request.url?.startsWith('/r/') === true) response.writeHead(302, { location: 'https://portal/' }).end();
      else if (request.url?.startsWith('/j/') === true)
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      else response.writeHead(404).end();
    });
    const texts = await Promise.all(
      ['', '/r', '/j'].map(
        async (path) => (await failure(makeSource(cleanup, { url: url + path }).source.open('', NEVER))).message,
      ),
    );
    expect(texts[0]).to.contain('HTTP 404 and an empty body');
    expect(texts[1]).to.contain('a redirection to https://portal/');
    expect(texts[2]).to.contain('application/json');
  });

  it('503 with Retry-After: waits as asked, capped, then works', async () => {
    const { url } = await startUpstream(cleanup);
    let refusals = 0;
    const waits = ['7', '86400'];
    const front = await startHttp(cleanup, (request, response) => {
      if (refusals < waits.length)
        response.writeHead(503, { 'retry-after': waits[refusals++] }).end('<html>busy</html>');
      else forward(request, response, url);
    });
    const { source, slept } = makeSource(cleanup, { url: front });
    expect(await source.open('', NEVER)).to.have.property('protocolVersion', '1.20');
    expect(slept).to.deep.equal([7_500, 301_000]);
  });

  it('503 for ever: UpstreamBusy', async () => {
    const url = await startHttp(cleanup, (_request, response) => response.writeHead(503).end());
    const { source, slept } = makeSource(cleanup, { url });
    expect(await failure(source.open('', NEVER))).to.include({ errorId: 'UpstreamBusy' });
    expect(slept).to.have.length(4);
  });

  for (const status of [401, 403]) {
    it(`${status}: UpstreamDenied, not tried again`, async () => {
      const url = await startHttp(cleanup, (_request, response) => response.writeHead(status).end());
      const { source, slept } = makeSource(cleanup, { url });
      expect(await failure(source.open('', NEVER))).to.have.property('errorId', 'UpstreamDenied');
      expect(slept).to.deep.equal([]);
    });
  }

  it('no answer in time: UpstreamTimeout', async () => {
    const url = await startHttp(cleanup, () => undefined);
    const { source } = makeSource(cleanup, { url, timeoutMs: 30 }, { retry: { ...DEFAULT_RETRY_POLICY, attempts: 2 } });
    const error = await failure(source.open('', NEVER));
    expect(error).to.include({ errorId: 'UpstreamTimeout' });
    expect(error.message).to.contain('GetAuthConfig within 0.03 seconds');
  });

  it('cancelled in a call: Cancelled at once', async () => {
    const controller = new AbortController();
    const url = await startHttp(cleanup, () => controller.abort());
    expect(await failure(makeSource(cleanup, { url }).source.open('', controller.signal))).to.have.property(
      'errorId',
      'Cancelled',
    );
  });

  const faults: readonly [FaultCode, string][] = [
    ['ServerChanged', 'UpstreamServerChanged'],
    ['IncompatibleProtocolVersion', 'UpstreamIncompatible'],
    ['ServerBusy', 'UpstreamBusy'],
    ['InternalServerError', 'UpstreamFault'],
    ['InvalidParameters', 'UpstreamFault'],
    ['InvalidAuthorizationCookie', 'UpstreamFault'],
  ];
  for (const [errorCode, errorId] of faults) {
    it(`the fault ${errorCode}: ${errorId}`, async () => {
      const url = await startHttp(cleanup, (_request, response) => {
        response.writeHead(500).end(writeFault({ errorCode, message: 'because', id: 'x', method: 'm' }, '1.1'));
      });
      expect(await failure(makeSource(cleanup, { url }).source.open('', NEVER))).to.have.property('errorId', errorId);
    });
  }
});

function forward(request: IncomingMessage, response: ServerResponse, url: string): void {
  const inner = httpRequest(
    url + (request.url ?? ''),
    { method: request.method, headers: request.headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    },
  );
  request.pipe(inner);
}

/** Accepts connections and resets them after the first bytes. */
async function cutting(cleanup: Cleanup): Promise<string> {
  const server: TcpServer = createTcpServer((socket) => {
    socket.on('error', () => socket.destroy()).once('data', () => socket.resetAndDestroy());
  });
  return `http://127.0.0.1:${await listenOn(cleanup, server)}`;
}
