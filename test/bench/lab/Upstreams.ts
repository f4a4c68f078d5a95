import type { GeneratorOptions } from '../../../server/sample/catalogueFromGenerator.js';
import { CatalogueReader } from '../load/CatalogueReader.js';
import { RevisedUpstream } from '../load/RevisedUpstream.js';
import { type SampleUpstream, startSampleUpstream } from '../SampleUpstream.js';

/** What an upstream offers. */
export interface Offer {
  readonly updates: number;
  /** Each becomes a software update. */
  readonly allCurrent?: boolean;
  readonly blob?: 'plain' | 'lzx';
}

/** What an upstream offers whose catalogue changes. */
export interface RevisedOffer {
  readonly updates: number;
  /** Characters of one document of it; none is as large where it is not given. */
  readonly giant?: number;
}

/** Characters of a document, as the budgets are stated for. */
const SIZE = 13_800;
const NO_GIANTS = { giants: false } as const;

/** Sample servers of this commit, one for both sides: what they offer is the same to the byte. */
export class Upstreams {
  readonly #started = new Map<string, Promise<SampleUpstream>>();
  readonly #revised = new Map<string, Promise<RevisedUpstream>>();

  /** The address of one with this offer. */
  async url(offer: Offer): Promise<string> {
    const args = argumentsOf(offer);
    const key = args.join(' ');
    const known = this.#started.get(key) ?? startReady(args, offer);
    this.#started.set(key, known);
    return (await known).url;
  }

  /** One whose catalogue changes when it is told to; plain documents, without the giants that the others have. */
  async revised({ updates, giant }: RevisedOffer): Promise<RevisedUpstream> {
    const giants = giant === undefined ? NO_GIANTS : { giants: 'first' as const, giantChars: giant };
    const options: GeneratorOptions = { updates, seed: 1, size: SIZE, ...giants };
    const key = JSON.stringify(options);
    const known = this.#revised.get(key) ?? RevisedUpstream.start(options);
    this.#revised.set(key, known);
    return known;
  }

  async stop(): Promise<void> {
    const started = await Promise.allSettled([...this.#started.values(), ...this.#revised.values()]);
    await Promise.all(started.map(async (one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)));
  }
}

/** One that packs its documents has packed them all when it is first measured: it keeps what it has packed. */
async function startReady(args: readonly string[], { blob }: Offer): Promise<SampleUpstream> {
  const upstream = await startSampleUpstream(args);
  if (blob !== 'lzx') return upstream;
  const reader = await CatalogueReader.open(upstream.url);
  await reader.fetch(await reader.list());
  await reader.close();
  return upstream;
}

function argumentsOf({ updates, allCurrent, blob }: Offer): string[] {
  return [
    ...['--updates', String(updates), '--seed', '1', '--size', String(SIZE), '--exit-with-parent'],
    ...(allCurrent === true ? ['--all-current'] : []),
    ...(blob === undefined ? [] : ['--blob', blob]),
  ];
}
