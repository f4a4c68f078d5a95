import type { ComparedPackage } from '../../criteria/comparePackage.js';
import type { PackageSurvey } from '../../transfer/surveyPackage.js';
import type { WsusPackage } from '../../transfer/WsusPackage.js';
import type { PackageSignature } from './readSignature.js';

/** The own public key, and the fingerprints of those that are trusted. */
export interface KnownSigners {
  readonly own: string;
  readonly trusted: readonly string[];
}

/** A package as a site compares it with itself. */
export function comparedPackage(
  { opened, survey, signature }: { opened: WsusPackage; survey: PackageSurvey; signature: PackageSignature },
  signers: KnownSigners,
): ComparedPackage {
  const { description, languages, header } = opened;
  return {
    languages:
      languages.length === 0
        ? undefined
        : languages.filter(({ enabled }) => enabled).map(({ shortLanguage }) => shortLanguage.toLowerCase()),
    ...(description === undefined
      ? criteriaOf(opened)
      : { products: new Set(description.products), classifications: new Set(description.classifications) }),
    created: Date.parse(header.creationTime),
    follows: description?.follows ?? 0,
    signature: signatureOf(signature, signers),
    fingerprint: signature.fingerprint,
    unlisted: survey.unlisted.length,
  };
}

/** What a package of wsusutil lists with its updates; one that holds categories alone says nothing of it. */
function criteriaOf({ updates }: WsusPackage): Pick<ComparedPackage, 'products' | 'classifications'> {
  const products = new Set<string>();
  const classifications = new Set<string>();
  for (const update of updates.values()) {
    for (const id of update.categories) products.add(id);
    for (const id of update.classifications) classifications.add(id);
  }
  return {
    products: products.size === 0 ? undefined : products,
    classifications: classifications.size === 0 ? undefined : classifications,
  };
}

function signatureOf(
  { publicKey, fingerprint }: PackageSignature,
  { own, trusted }: KnownSigners,
): ComparedPackage['signature'] {
  if (publicKey === undefined) return 'None';
  if (publicKey === own) return 'Own';
  return trusted.includes(fingerprint) ? 'Trusted' : 'Foreign';
}
