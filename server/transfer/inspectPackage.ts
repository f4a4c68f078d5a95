import type { Package } from '../contract/generated/types.js';
import { comparePackage } from '../criteria/comparePackage.js';
import type { ComparedPackage } from '../criteria/comparePackage.js';
import type { SiteContext } from '../state/SiteContext.js';
import { SyncError } from '../errors/SyncError.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import { readSettings } from '../state/settingsStore.js';
import type { FailedDocument } from '../upstream/Source.js';
import type { PackageImport } from './PackageImport.js';
import { PackageSource } from './PackageSource.js';
import { comparedPackage, comparingSite, readSignature } from './comparedPackage.js';
import type { PackageSignature } from './comparedPackage.js';
import { removePlace } from './exportCatalogue.js';
import { openWsusPackage } from './openPackage.js';
import type { WsusPackage } from './package.js';
import { packagePlace } from './packagePlace.js';
import { shownPackage } from './shownPackage.js';
import { missingDependencies, surveyPackage } from './surveyPackage.js';
import type { OutlineReader, PackageSurvey } from './surveyPackage.js';
import type { ImportOrder } from '../state/siteState.js';

/** A package that was checked; whoever has it closes its source. */
export interface InspectedPackage {
  readonly imported: PackageImport;
  /** What does not fit this site and can be passed over. */
  readonly differences: readonly string[];
  readonly shown: Package;
}

/** What ends a check, and what hears of it. */
export interface InspectionOptions {
  readonly signal: AbortSignal;
  /** What reads the documents, where an import follows that can use it. */
  readonly reader?: OutlineReader;
  readonly onProgress: (activity: string, done: number, total: number) => void;
}

/**
 * Reads all of a package before anything is written: its form, each record, each document, what it needs, how it fits
 * this site.
 * @throws SyncError PackageInvalid, Cancelled
 */
export async function inspectPackage(
  context: SiteContext,
  order: ImportOrder,
  options: InspectionOptions,
): Promise<InspectedPackage> {
  const place = packagePlace(context.site, order.requestId);
  const signature = await readSignature(place, order.path);
  const opened = await openWsusPackage(place.file, { shownPath: order.path, files: place.files });
  try {
    refuseForeignManifest(signature, opened, order.path);
    const onProgress = (done: number, total: number): void => {
      if (options.signal.aborted) throw new SyncError('Cancelled', { what: 'The check of the package' });
      options.onProgress('Checking the package', done, total);
    };
    const survey = await surveyPackage(opened, order.path, { onProgress, reader: options.reader });
    return await judge(context, { order, signature, opened, survey });
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function refuseForeignManifest({ manifest }: PackageSignature, { header }: WsusPackage, path: string): void {
  if (manifest === undefined || manifest.serverId === header.serverId) return;
  throw new SyncError('PackageInvalid', {
    path,
    reason: 'its .manifest.json and its package.xml name different servers',
  });
}

interface Findings {
  readonly order: ImportOrder;
  readonly signature: PackageSignature;
  readonly opened: WsusPackage;
  readonly survey: PackageSurvey;
}

async function judge(context: SiteContext, findings: Findings): Promise<InspectedPackage> {
  const { order, opened, survey } = findings;
  const settings = await readSettings(context.database, context.site.serverName);
  const problems = [...survey.invalid, ...(await missingDependencies(context.database, survey))];
  const compared = comparedPackage(findings, {
    own: (await context.packageKey()).publicKey,
    trusted: settings.trustedPackageSigners,
  });
  const differences = comparePackage(compared, await comparingSite(context, settings, catalogueOf(opened)));
  return {
    imported: importOf(context, { order, opened, compared, problems, survey }),
    differences,
    shown: shownPackage({ ...findings, compared, problems, differences }),
  };
}

function importOf(
  context: SiteContext,
  parts: Pick<Findings, 'order' | 'opened' | 'survey'> & {
    compared: ComparedPackage;
    problems: readonly FailedDocument[];
  },
): PackageImport {
  const { order, opened, compared, problems, survey } = parts;
  const left = new Set(problems.map(({ identity }) => identityKey(identity)));
  const readable = {
    configuration: survey.configuration,
    updates: survey.updates.filter((identity) => !left.has(identityKey(identity))),
  };
  return {
    order,
    source: new PackageSource(opened, readable, sourceNameOf(opened)),
    catalogue: catalogueOf(opened),
    created: compared.created,
    reaches: opened.description?.reaches ?? 0,
    isIncrement: compared.follows > 0,
    problems,
    remove: async () => {
      removePlace(packagePlace(context.site, order.requestId));
      return Promise.resolve();
    },
  };
}

/** WSUSSourceServer of the status row. */
function sourceNameOf({ description, header }: WsusPackage): string {
  return description?.serverName ?? header.serverId;
}

function catalogueOf({ description, header }: WsusPackage): string {
  return description?.catalogue ?? header.serverId;
}
