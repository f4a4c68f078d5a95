import type { Package } from '../contract/generated/types.js';
import type { ComparedPackage } from '../criteria/comparePackage.js';
import type { ImportOrder } from '../state/siteState.js';
import type { FailedDocument } from '../upstream/Source.js';
import type { PackageSignature } from './comparedPackage.js';
import type { WsusPackage } from './package.js';
import type { PackageSurvey } from './surveyPackage.js';

const MAX_LISTED = 1000;

/** Everything that is known of a package. */
interface PackageFindings {
  readonly order: ImportOrder;
  readonly signature: PackageSignature;
  readonly opened: WsusPackage;
  readonly survey: PackageSurvey;
  readonly compared: ComparedPackage;
  readonly problems: readonly FailedDocument[];
  readonly differences: readonly string[];
}

/** The Package object of the contract. */
export function shownPackage({
  order,
  signature,
  opened,
  survey,
  compared,
  problems,
  differences,
}: PackageFindings): Package {
  const { header, description } = opened;
  return {
    Path: order.path,
    Format: opened.format,
    Size: signature.size,
    ServerID: header.serverId,
    ServerName: description?.serverName ?? '',
    SiteCode: description?.siteCode ?? '',
    CreationTime: new Date(compared.created).toISOString(),
    ProtocolVersion: header.protocolVersion,
    Documents: opened.updates.size,
    Configuration: survey.configuration.length,
    Updates: survey.updates.length,
    Files: opened.files.size,
    Languages: [...(compared.languages ?? [])],
    IsIncrement: compared.follows > 0,
    Follows: compared.follows,
    Reaches: description?.reaches ?? 0,
    LastRun: description?.run ?? 0,
    Signature: compared.signature,
    SignerFingerprint: compared.fingerprint,
    Sha256: signature.sha256,
    ContentList: '',
    Differences: [...differences],
    Problems: problems.slice(0, MAX_LISTED).map(toFailedUpdate),
    Warnings: warningsOf(compared, problems),
  };
}

function toFailedUpdate({ identity, errorId, reason }: FailedDocument): Package['Problems'][number] {
  return { UpdateID: identity.updateId, RevisionNumber: identity.revisionNumber, ErrorId: errorId, Reason: reason };
}

function warningsOf({ signature, fingerprint }: ComparedPackage, problems: readonly FailedDocument[]): string[] {
  return [
    ...(signature === 'None' ? ['The package is not signed: nothing proves where it comes from.'] : []),
    ...(signature === 'Foreign' ? [`The package is signed by ${fingerprint}, which this site does not trust.`] : []),
    ...(problems.length === 0 ? [] : [`${problems.length} of its updates are skipped.`]),
  ];
}
