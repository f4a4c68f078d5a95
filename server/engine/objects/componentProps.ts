import type { EmbeddedProperty } from '../../contract/generated/types.js';
import { findPoint, newSoftwareUpdatePoint, type SoftwareUpdatePoints } from '../../state/SoftwareUpdatePoint.js';
import {
  CONTENT_FILE_OPTIONS,
  REPORTING_EVENTS,
  SYNCHRONIZE_ACTIONS,
  type ComponentSettings,
} from '../../state/ComponentSettings.js';

/**
 * Props of SMS_WSUS_CONFIGURATION_MANAGER (configmgr.md section 2.5), in a stable order. There is no SQL index to add
 * here.
 */
export function configurationProps(settings: ComponentSettings, points: SoftwareUpdatePoints): EmbeddedProperty[] {
  const { httpPort, httpsPort, isSsl } = findPoint(points, points.defaultServer) ?? newSoftwareUpdatePoint('');
  return [
    text('DefaultWSUS', points.defaultServer),
    number('DefaultWSUSIISPort', httpPort),
    number('DefaultWSUSIISSSLPort', httpsPort),
    number('SSLDefaultWSUS', Number(isSsl)),
    number('DefaultUseParentWSUS', SYNCHRONIZE_ACTIONS.indexOf(settings.synchronizeAction)),
    text('ParentWSUS', settings.upstreamSourceLocation.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/, '')),
    number('ClientReportingLevel', REPORTING_EVENTS.indexOf(settings.reportingEvent)),
    text('SupportedTitleLanguages', settings.summaryLanguages.join(',')),
    text('SupportedUpdateLanguages', settings.updateFileLanguages.join(',')),
    number('Sync Supersedence Mode For NonFeature', settings.immediatelyExpireSupersedence ? 0 : 1),
    number('Sync Supersedence Mode For Feature', settings.immediatelyExpireSupersedenceForFeature ? 0 : 1),
    number('Sync Supersedence Age For NonFeature', settings.waitMonth),
    number('Sync Supersedence Age For Feature', settings.waitMonthForFeature),
    number('Call WSUS Cleanup', Number(settings.callWsusCleanup)),
    number('Call WSUS Indexing', 0),
    // The product's own spelling.
    number('Call WSUS Delete Obselete Updates', Number(settings.deleteObsoleteUpdates)),
  ];
}

/** Props of SMS_WSUS_SYNC_MANAGER; run times in seconds. */
export function syncManagerProps(settings: ComponentSettings): EmbeddedProperty[] {
  return [
    { PropertyName: 'Sync Schedule', Value: 0, Value1: settings.schedule, Value2: '' },
    number('Full Sync Interval (days)', settings.fullSyncIntervalDays),
    number('Updates Cleanup Age', settings.updatesCleanupAgeDays),
    number('Sync ExpressFiles', CONTENT_FILE_OPTIONS.indexOf(settings.contentFileOption)),
    number('EnableThirdPartyUpdates', thirdPartyValue(settings)),
    number('MaxInstallTime-ServicePack', settings.featureUpdateMaxRuntimeMins * 60),
    number('MaxInstallTime-Windows', settings.nonFeatureUpdateMaxRuntimeMins * 60),
    number('MaxInstallTime-NonWindows', settings.nonWindowsUpdateMaxRuntimeMins * 60),
  ];
}

/** 0 off, 1 on with a certificate of the administrator, 2 on with a managed one. */
function thirdPartyValue({ thirdPartyUpdates, manualCertManagement }: ComponentSettings): number {
  if (!thirdPartyUpdates) return 0;
  return manualCertManagement ? 1 : 2;
}

function text(name: string, value: string): EmbeddedProperty {
  return { PropertyName: name, Value: 0, Value1: 'REG_SZ', Value2: value };
}

function number(name: string, value: number): EmbeddedProperty {
  return { PropertyName: name, Value: value, Value1: '', Value2: '' };
}
