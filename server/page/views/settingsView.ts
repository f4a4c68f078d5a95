import type { Reader } from '../PageSource.js';
import { html } from '../html.js';
import type { View } from '../layout.js';
import { factsOf, listOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { timeOf } from '../times.js';

const T = TEXTS.settings;

/** The settings of the site in words. */
export async function settingsView({ ask, zone }: Reader): Promise<View> {
  const component = await ask('component/get', { component: 'SMS_WSUS_SYNC_MANAGER' });
  const { UpstreamSourceLocation: url, SynchronizeAction: action, ScheduleDescription: schedule = '' } = component;
  const next =
    component.NextSyncTime === null
      ? component.NextSyncReason
      : html`${timeOf(component.NextSyncTime, zone)} (${component.NextSyncReason})`;
  return {
    title: T.title,
    body: html`${factsOf([
        [T.source, url === '' ? action : url],
        [T.schedule, schedule === '' ? T.noSchedule : schedule],
        [T.next, next],
        [T.languages, component.LanguageSummaryDetails.join(', ')],
      ])}
      <h2>${T.products}</h2>
      ${listOf([...component.Companies, ...component.ProductFamilies, ...component.Products], TEXTS.none)}
      <h2>${T.classifications}</h2>
      ${listOf(component.UpdateClassifications, TEXTS.none)}`,
  };
}
