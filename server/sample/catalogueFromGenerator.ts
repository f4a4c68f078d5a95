import { generateCatalogue, type GeneratorOptions } from './generateCatalogue.js';
import { MemoryCatalogue } from './MemoryCatalogue.js';
import { productTree } from './productTree.js';
import { Random } from './Random.js';

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
