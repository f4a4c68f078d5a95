import type { Component } from '../../contract/generated/types.js';
import type { Reader } from '../PageSource.js';
import { html, type Piece } from '../html.js';
import type { View } from '../layout.js';
import { factsOf, listOf } from '../table.js';
import { TEXTS } from '../texts.js';
import { ageText, type Clock, timeOf } from '../times.js';

const T = TEXTS.settings;

/** The settings of the site in words. */
export async function settingsView({ ask, zone, now }: Reader): Promise<View> {
  const component = await ask('component/get', { component: 'SMS_WSUS_SYNC_MANAGER' });
  const { UpstreamSourceLocation: url, SynchronizeAction: action } = component;
  const { Companies, ProductFamilies, Products, ProductsWithFamily, PendingCategories, MissingCategories } = component;
  const waiting = (heading: string, names: readonly string[]): Piece =>
    names.length === 0
      ? undefined
      : html`<h2>${heading}</h2>
          ${listOf(names, '')}`;
  return {
    title: T.title,
    body: html`${factsOf([
        [T.source, url === '' ? T.actions[action] : url],
        [T.schedule, scheduleOf(component, { zone, now })],
        [T.languages, component.LanguageSummaryDetails.join(', ')],
        [T.fileLanguages, component.LanguageUpdateFiles.join(', ')],
        [T.superseded, expiryOf(component.ImmediatelyExpireSupersedence, component.WaitMonth)],
        [
          T.supersededFeatures,
          expiryOf(component.ImmediatelyExpireSupersedenceForFeature, component.WaitMonthForFeature),
        ],
        [T.cleanup, component.EnableCallWsusCleanupWizard ? T.declines : T.declinesNothing],
        [T.alert, component.EnableSyncFailureAlert ? TEXTS.yes : TEXTS.no],
        [T.proxy, component.ProxyServer === '' ? TEXTS.none : component.ProxyServer],
      ])}
      <h2>${T.products}</h2>
      ${listOf([...Companies, ...ProductFamilies, ...(ProductsWithFamily ?? Products)], TEXTS.none)}
      <h2>${T.classifications}</h2>
      ${listOf(component.UpdateClassifications, TEXTS.none)} ${waiting(T.pending, PendingCategories)}
      ${waiting(T.missing, MissingCategories)}`,
  };
}

/** `Every Tuesday at 02:00; next in 2 d 3 h (2026-12-01 02:00).` */
function scheduleOf(component: Component, { zone, now }: Clock): Piece {
  const { ScheduleDescription: words = '', NextSyncTime: time, NextSyncReason: reason } = component;
  const schedule = words === '' ? T.noSchedule : words;
  if (time === null) return html`${schedule} ${T.noNext(reason)}`;
  const span = ageText((now.getTime() - Date.parse(time)) / 1000);
  return html`${schedule}; ${T.next(span)} (${timeOf(time, zone)}, ${reason})`;
}

function expiryOf(isAtOnce: boolean, months: number): string {
  return isAtOnce ? T.atOnce : T.after(months);
}
