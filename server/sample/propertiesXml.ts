import type { UpdatePlan } from './UpdatePlan.js';

const PUBLISHER = '395392a0-19c0-48b7-a927-f7c15066d905';

/** What Properties carries besides the plan. */
export interface PropertyExtras {
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
