import { atLeastOne, handlerType, identityReference, NAMESPACES } from './GeneratedDocument.js';
import type { Random } from './Random.js';
import type { UpdatePlan } from './UpdatePlanner.js';

/** The handler of an update: the attribute of Properties and the HandlerSpecificData element. */
interface HandlerParts {
  readonly attribute: string;
  readonly element: string;
}

const NONE: HandlerParts = { attribute: '', element: '' };

/**
 * Component servicing for Windows packages, a command line for the rest, the OS installer for upgrades; none for
 * bundles.
 */
export function handlerParts(plan: UpdatePlan): HandlerParts {
  if (plan.role === 'bundle') return NONE;
  const { line, kb } = plan.issue;
  if (line.osUpgrade === true)
    return parts(
      NAMESPACES.osi,
      `${handlerType('OSInstallerMetadata')}<osi:OSInstallData InitialModule="windlp.dll" />`,
    );
  if (line.file.startsWith('windows')) {
    const identity = `Package_for_KB${kb}~31bf3856ad364e35~${plan.arch}~~${line.build}.${plan.issue.number}.1.0`;
    return parts(NAMESPACES.cbs, `${handlerType('cbs:Cbs')}<cbs:CbsData PackageIdentity="${identity}" />`);
  }
  return parts(
    NAMESPACES.cmd,
    handlerType('cmd:CommandLineInstallation') +
      `<cmd:InstallCommand Arguments="/quiet /norestart" Program="${line.file}-kb${kb}.exe" ` +
      `RebootByDefault="false" DefaultResult="Failed">` +
      '<cmd:ReturnCode Reboot="false" Result="Succeeded" Code="0" /><cmd:ReturnCode Reboot="true" ' +
      'Result="Succeeded" Code="3010" /></cmd:InstallCommand>',
  );
}

function parts(uri: string, content: string): HandlerParts {
  return { attribute: ` Handler="${uri}"`, element: `${content}</upd:HandlerSpecificData>` };
}

const PUBLISHER = '395392a0-19c0-48b7-a927-f7c15066d905';

/** What Properties carries besides the plan. */
interface PropertyExtras {
  /** The Handler attribute, with a blank before it, or nothing. */
  readonly handler: string;
  readonly downloadBytes: number;
  /** '' where there is no licence. */
  readonly eulaId: string;
}

/** The Properties element, its children in the fixed order (wsus-protocol section 2.2). */
export function propertiesXml(plan: UpdatePlan, extras: PropertyExtras): string {
  const article = `https://support.microsoft.com/help/${plan.issue.kb}`;
  return (
    `<upd:Properties DefaultPropertiesLanguage="en" UpdateType="Software"${attributes(plan, extras)}>` +
    installationXml(plan) +
    `<upd:MoreInfoUrl>${article}</upd:MoreInfoUrl>` +
    `<upd:SupportUrl>https://support.microsoft.com/help/</upd:SupportUrl>` +
    plan.issue.bulletins.map((id) => `<upd:SecurityBulletinID>${id}</upd:SecurityBulletinID>`).join('') +
    plan.issue.cves.map((id) => `<upd:CveID>${id}</upd:CveID>`).join('') +
    `<upd:KBArticleID>${plan.issue.kb}</upd:KBArticleID></upd:Properties>`
  );
}

function attributes(plan: UpdatePlan, extras: PropertyExtras): string {
  const { issue, role } = plan;
  return (
    ` ExplicitlyDeployable="${role !== 'child'}" AutoSelectOnWebSites="${role !== 'child'}" ` +
    `IsPublic="true"${extras.handler}` +
    (issue.severity === '' ? '' : ` MsrcSeverity="${issue.severity}"`) +
    (issue.line.osUpgrade === true ? ' OSUpgrade="true"' : '') +
    (extras.eulaId === '' ? '' : ` EulaID="${extras.eulaId}"`) +
    (extras.downloadBytes === 0
      ? ''
      : ` MaxDownloadSize="${extras.downloadBytes}" MinDownloadSize="${Math.min(extras.downloadBytes, 40_000)}"`) +
    ` PublicationState="${issue.isExpired ? 'Expired' : 'Published'}" ` +
    `CreationDate="${new Date(issue.date).toISOString()}" PublisherID="${PUBLISHER}"`
  );
}

function installationXml(plan: UpdatePlan): string {
  const reboot = plan.issue.line.classification === 'Definition Updates' ? 'NeverReboots' : 'CanRequestReboot';
  const impact = plan.issue.line.osUpgrade === true ? 'RequiresExclusiveHandling' : 'Normal';
  return (
    `<upd:InstallationBehavior RebootBehavior="${reboot}" Impact="${impact}" CanRequestUserInput="false" ` +
    `RequiresNetworkConnectivity="false" />`
  );
}

/** What prerequisites are chosen from. */
interface PrerequisiteIds {
  readonly classification: string;
  readonly detectoids: readonly [string, ...string[]];
}

/** Share of leaf children that name their product only. */
const PRODUCT_ONLY = 0.6;
/** Share of bundles that offer their children as alternatives. */
const ALTERNATIVES = 0.2;

/** The Relationships element: detectoids, product and classification clauses, children, superseded updates. */
export function relationshipsXml(plan: UpdatePlan, ids: PrerequisiteIds, random: Random): string {
  return (
    `<upd:Relationships><upd:Prerequisites>` +
    `${detectoidClauses(ids, random)}${categoryClauses(plan, ids, random)}</upd:Prerequisites>` +
    bundledXml(plan, random) +
    supersededXml(plan) +
    '</upd:Relationships>'
  );
}

function detectoidClauses(ids: PrerequisiteIds, random: Random): string {
  const alternatives = Array.from({ length: 2 + random.below(4) }, () => random.pick(ids.detectoids));
  return identityReference(random.pick(ids.detectoids)) + atLeastOne([...new Set(alternatives)], false);
}

function categoryClauses(plan: UpdatePlan, ids: PrerequisiteIds, random: Random): string {
  const isOffered = plan.role !== 'child';
  const products = atLeastOne(plan.issue.line.products, isOffered);
  if (!isOffered && random.chance(PRODUCT_ONLY)) return products;
  return products + atLeastOne([ids.classification], isOffered);
}

function bundledXml(plan: UpdatePlan, random: Random): string {
  if (plan.bundled.length === 0) return '';
  const children = plan.bundled
    .map((child) => `<upd:UpdateIdentity UpdateID="${child.updateId}" RevisionNumber="${child.revisionNumber}" />`)
    .join('');
  const inside =
    plan.bundled.length > 1 && random.chance(ALTERNATIVES) ? `<upd:AtLeastOne>${children}</upd:AtLeastOne>` : children;
  return `<upd:BundledUpdates>${inside}</upd:BundledUpdates>`;
}

function supersededXml(plan: UpdatePlan): string {
  if (plan.superseded.length === 0) return '';
  return `<upd:SupersededUpdates>${plan.superseded.map(identityReference).join('')}</upd:SupersededUpdates>`;
}
