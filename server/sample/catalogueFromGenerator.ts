import type { GeneratedDocument } from './GeneratedDocument.js';
import { MemoryCatalogue } from './MemoryCatalogue.js';
import { Random } from './Random.js';
import { UpdatePlanner } from './UpdatePlanner.js';
import { UpdateWriter } from './UpdateWriter.js';
import { categoryDocuments } from './categoryDocuments.js';
import { detectoidDocuments } from './detectoidDocuments.js';
import { productTree } from './products.js';

/** What the generator makes; the same options give the same bytes. */
export interface GeneratorOptions {
  /** How many documents besides the configuration, bundle children included. */
  readonly updates: number;
  readonly seed: number;
  /** Characters of a document on average. */
  readonly size?: number;
  /** A few documents of megabytes from 1,000 updates on; none, or the first of them alone. */
  readonly giants?: false | 'first';
  /** Characters of each giant; 1 to 5 million otherwise. */
  readonly giantChars?: number;
  /** Every update stands alone, supersedes none and has not expired: each becomes a software update. */
  readonly allCurrent?: boolean;
}

/** The size that the budgets of the design are stated for. */
export const DEFAULT_DOCUMENT_CHARS = 13_800;

const GIANTS_FROM = 1000;
const FIRST_GIANT = 999;
const GIANT_EVERY = 3333;

/** Makes a catalogue: the real product tree, detectoids, then the software updates, children before their bundles. */
export function* generateCatalogue(options: GeneratorOptions): Generator<GeneratedDocument, void, undefined> {
  const random = new Random(options.seed);
  yield* categoryDocuments();
  const detectoids = [...detectoidDocuments(random)];
  yield* detectoids;
  const ids = detectoids.map((detectoid) => detectoid.identity.updateId) as [string, ...string[]];
  const writer = new UpdateWriter(random, ids);
  let index = 0;
  for (const plan of new UpdatePlanner(random, options.updates, options.allCurrent === true).plans()) {
    yield writer.write(plan, charsOf(index, options, random));
    index++;
  }
}

function charsOf(index: number, options: GeneratorOptions, random: Random): number {
  if (isGiant(index, options)) return options.giantChars ?? 1_000_000 + random.below(4_000_000);
  return Math.round((options.size ?? DEFAULT_DOCUMENT_CHARS) * (0.6 + 0.8 * random.fraction()));
}

function isGiant(index: number, { giants, updates }: GeneratorOptions): boolean {
  if (giants === false || updates < GIANTS_FROM) return false;
  return giants === 'first' ? index === FIRST_GIANT : index % GIANT_EVERY === FIRST_GIANT;
}

/** A catalogue of generated documents; the seed decides its server id too. */
export function catalogueFromGenerator(
  options: GeneratorOptions & { readonly keepsEscaped?: boolean },
): MemoryCatalogue {
  const catalogue = new MemoryCatalogue({
    serverId: new Random(options.seed).guid(),
    languages: productTree.languages,
    keepsEscaped: options.keepsEscaped ?? false,
  });
  catalogue.add(generateCatalogue(options));
  return catalogue;
}
