import type { ComparedPackage, ComparingSite, NamedId } from '../criteria/comparePackage.js';
import type { ComponentSettings } from '../state/ComponentSettings.js';
import type { SiteContext } from '../state/SiteContext.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { readText } from '../platform/files/readText.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { readState, STATE } from '../state/siteState.js';
import { PackageError } from './package.js';
import type { WsusPackage } from './package.js';
import { fingerprintOf } from './packageKey.js';
import type { PackagePlace } from './packagePlace.js';
import { hashFile, MAX_SIDE_CAR_BYTES, readSideCar } from './sideCar.js';
import type { PackageHashes } from './sideCar.js';
import type { PackageSurvey } from './surveyPackage.js';

/** Who signed a package, as far as that can be known without trusting anybody; undefined parts: it has no side-car. */
export interface PackageSignature {
  readonly size: number;
  readonly sha256: string;
  readonly publicKey: string | undefined;
  readonly fingerprint: string;
  readonly manifest: PackageHashes | undefined;
}

/**
 * Hashes the file and holds it against its side-car. @throws SyncError PackageInvalid when the two do not belong
 * together
 */
export async function readSignature(place: PackagePlace, shownPath: string): Promise<PackageSignature> {
  try {
    const file = await hashFile(place.files, place.file);
    const text = sideCarText(place);
    if (text === undefined) return { ...file, publicKey: undefined, fingerprint: '', manifest: undefined };
    const { manifest, publicKey } = readSideCar(text);
    if (manifest.size !== file.size || manifest.sha256 !== file.sha256)
      throw new PackageError('it does not match its .manifest.json: it was damaged or changed on the way');
    return { ...file, publicKey, fingerprint: fingerprintOf(publicKey), manifest };
  } catch (error) {
    if (error instanceof PackageError || systemErrorCode(error) !== '')
      throw new SyncError('PackageInvalid', { path: shownPath, reason: reasonOf(error) }, { cause: error });
    throw error;
  }
}

function sideCarText({ files, sideCar }: PackagePlace): string | undefined {
  try {
    if (files.lstatSync(sideCar).size > MAX_SIDE_CAR_BYTES)
      throw new PackageError('its .manifest.json file is not valid');
    return readText(files, sideCar);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The own public key, and the fingerprints of those that are trusted. */
interface KnownSigners {
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

/** What the site wants, and what it has imported before of the same catalogue. */
export async function comparingSite(
  { database }: SiteContext,
  settings: ComponentSettings,
  catalogue: string,
): Promise<ComparingSite> {
  const subscribed = (await database.categories()).filter(({ isSubscribed }) => isSubscribed);
  const named = (type: string): NamedId[] =>
    subscribed
      .filter(({ typeName }) => typeName === type)
      .map(({ updateId, title }) => ({ id: updateId, name: title }));
  const imported = (await readState(database, STATE.importedPackages)) ?? {};
  return {
    languages: settings.summaryLanguages,
    products: named('Product'),
    classifications: named('UpdateClassification'),
    before: imported[catalogue],
    trustsSigners: settings.trustedPackageSigners.length > 0,
  };
}
