import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { SyncError } from '../../errors/SyncError.js';
import type { ServedCatalogue } from '../../downstream/ServedCatalogue.js';
import type { UpstreamServerOptions } from '../../downstream/UpstreamServerOptions.js';
import { listenUrl } from '../../downstream/port/listen.js';
import { defined, EXIT_CODES } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { SampleArgs } from '../parser/options.js';

/** `sample-upstream`: serves a catalogue over the protocol of a WSUS server until it is interrupted. */
export async function sampleUpstream(args: SampleArgs, context: CommandContext): Promise<number> {
  checkNumbers(args);
  const ended = endOf(args, context);
  const catalogue = await catalogueOf(args);
  const { createUpstreamServer } = await import('../../downstream/createUpstreamServer.js');
  const server = createUpstreamServer({
    catalogue,
    ...(await blobOf(args)),
    limits: args['answer-bytes'] === undefined ? undefined : { maxAnswerBytes: args['answer-bytes'] },
    clock: Date.now,
    random: randomBytes,
    log: (line) => context.tell(line),
  });
  const url = listenUrl(await server.listen(args.port, args.host));
  context.print(context.json ? JSON.stringify({ url, processId: process.pid }) : `listening on ${url}`);
  await ended;
  await server.close();
  return EXIT_CODES.done;
}

function checkNumbers({ port, updates, seed, 'answer-bytes': answerBytes = 1 }: SampleArgs): void {
  const isWhole = (value: number, highest: number): boolean =>
    Number.isInteger(value) && value >= 0 && value <= highest;
  const reason = !isWhole(port, 65_535)
    ? '--port must be 0 to 65535'
    : !isWhole(updates, 10_000_000)
      ? '--updates must be 0 to 10000000'
      : !isWhole(seed, 2 ** 32 - 1)
        ? '--seed must be 0 to 4294967295'
        : !isWhole(answerBytes, Number.MAX_SAFE_INTEGER) || answerBytes < 1
          ? '--answer-bytes must be 1 or more'
          : undefined;
  if (reason !== undefined) throw new SyncError('InvalidRequest', { method: 'sample-upstream', reason });
}

async function blobOf({ blob }: SampleArgs): Promise<Pick<UpstreamServerOptions, 'blob' | 'writeBlobCabinet'>> {
  if (blob !== 'mszip' && blob !== 'lzx') return { blob: 'plain' };
  const [{ writeBlobCabinet }, { packedOnce }] = await Promise.all([
    import('../../cabinet/writeBlobCabinet.js'),
    import('../../sample/MemoryCatalogue.js'),
  ]);
  return { blob, writeBlobCabinet: packedOnce((xml) => writeBlobCabinet(xml, blob)) };
}

async function catalogueOf(args: SampleArgs): Promise<ServedCatalogue> {
  // Kept escaped for plain answers, where serving is hot.
  const keepsEscaped = args.blob === 'plain';
  if (args.package !== undefined)
    return (await import('../../sample/catalogueFromPackage.js')).catalogueFromPackage(args.package, { keepsEscaped });
  const { catalogueFromGenerator } = await import('../../sample/catalogueFromGenerator.js');
  const chosen = defined({ size: args.size, allCurrent: args['all-current'] });
  return catalogueFromGenerator({ updates: args.updates, seed: args.seed, keepsEscaped, ...chosen });
}

/** Ctrl+C, a request to end, or with --exit-with-parent the end of stdin. */
async function endOf(args: SampleArgs, { input, signal }: CommandContext): Promise<void> {
  const interrupted = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  const watched: Promise<unknown>[] = [interrupted];
  if (args['exit-with-parent'] === true) watched.push(once(input.resume(), 'close'));
  await Promise.race(watched);
}
