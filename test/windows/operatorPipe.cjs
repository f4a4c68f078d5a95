/**
 * An operator for the check of the pipe: reads the secret of a site, serves the pipe that its engine had, and proves
 * himself with the secret, but has not the key of the engine. Prints what he was asked. `node operatorPipe.cjs SITE
 * [CONTRACT]`: the contract he says he speaks, or `nothing` for an answer without anything.
 */
const { createHmac, generateKeyPairSync, sign } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { join } = require('node:path');

const [, , site, contract = '2'] = process.argv;
const { secret } = JSON.parse(readFileSync(join(site, 'pipe.json'), 'utf8'));
const { address } = JSON.parse(readFileSync(join(site, 'engine.json'), 'utf8'));
const nonce = `s.x.${generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }).x}`;
const own = generateKeyPairSync('ed25519').privateKey;

function answer({ id, params }) {
  const hello = {
    moduleVersion: params.moduleVersion,
    contract: Number(contract),
    processId: process.pid,
    nonce,
    yields: false,
  };
  const proof = createHmac('sha256', Buffer.from(secret, 'hex'))
    .update(`engine|${params.nonce}|${nonce}`)
    .digest('hex');
  const text = ['engine hello', params.nonce, nonce, contract, process.pid, params.moduleVersion, false].join('|');
  const signature = sign(null, Buffer.from(text), own).toString('base64');
  const result = contract === 'nothing' ? null : { ...hello, proof, signature };
  const body = JSON.stringify({ jsonrpc: '2.0', id, result });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const server = createServer((socket) => {
  let all = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    all += chunk.toString('latin1');
    const bodies = all.match(/\{"jsonrpc".*?\}(?=Content-Length|$)/gs) ?? [];
    process.stdout.write(`asked ${bodies.map((body) => JSON.parse(body).method).join(' ')}\n`);
    if (bodies.length === 1) socket.write(answer(JSON.parse(bodies[0])));
  });
});
server.on('error', ({ code }) => process.stdout.write(`not served: ${code}\n`));
server.listen(address, () => process.stdout.write('serves\n'));
setTimeout(() => process.exit(0), 60_000);
