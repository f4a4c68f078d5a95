import { isChosen } from '../criteria/decideRun.js';
import type { AlertFacts, AlertReading } from './AlertFacts.js';
import { dueAfter } from './dueTime.js';
import { timeText } from './healthText.js';
import { pointReadings } from './pointReadings.js';
import { unkept } from './siteFindings.js';

/** What is seen of every condition that there is anything of; the failed synchronization apart, which its run tells. */
export function alertReadings(facts: AlertFacts): readonly AlertReading[] {
  return [
    ...noSuccess(facts),
    ...repeatedFailure(facts),
    ...pointReadings(facts),
    ...schedule(facts),
    ...vanished(facts),
    ...sourceSize(facts),
    ...disk(facts),
    ...damage(facts),
    ...certificates(facts),
    ...critical(facts),
  ];
}

/** Since the first attempt that came to nothing, or since one was due that was not made. */
function noSuccess(facts: AlertFacts): AlertReading[] {
  const { rows, rhythm, failingSince, broughtAt, now, zone } = facts;
  const success = rows[0]?.LastSuccessfulSyncTime ?? null;
  const isByImport = !rhythm.hasSource && rhythm.parent === undefined;
  const last = isByImport ? broughtAt : success === null ? undefined : Date.parse(success);
  const due = last === undefined ? undefined : dueAfter(last, rhythm);
  const since = Math.min(failingSince ?? Infinity, due?.time ?? Infinity);
  if (since > now) return [];
  const before = last === undefined ? 'never' : `last at ${timeText(last, zone)}`;
  const cause = `No synchronization has succeeded since ${timeText(since, zone)}; one succeeded ${before}.`;
  return [{ kind: 'NoSuccess', about: '', since, cause }];
}

/** A synchronization that was stopped does not count. */
function repeatedFailure({ ended }: AlertFacts): AlertReading[] {
  const counted = ended.filter(({ State, ErrorId }) => State !== 'Cancelled' && ErrorId !== 'EngineStopped');
  const [newest] = counted;
  if (newest?.State !== 'Failed') return [];
  const other = counted.findIndex(({ State, ErrorId }) => State !== 'Failed' || ErrorId !== newest.ErrorId);
  const value = other === -1 ? counted.length : other;
  const cause = `${value} synchronizations in a row failed for ${newest.ErrorId ?? ''}: ${newest.ErrorMessage ?? ''}`;
  return [{ kind: 'RepeatedFailure', about: '', value, cause }];
}

function schedule(facts: AlertFacts): AlertReading[] {
  const cause = unkept(facts);
  return cause === undefined ? [] : [{ kind: 'ScheduleUnkept', about: '', cause }];
}

function vanished(facts: AlertFacts): AlertReading[] {
  return facts.vanished.map(({ id, name }) => ({
    kind: 'CategoryVanished',
    about: id,
    shown: name,
    cause: `${name} is selected, but the upstream server no longer offers it.`,
  }));
}

/** What somebody chose is no surprise, nor what comes first. */
function sourceSize({ ended, updates }: AlertFacts): AlertReading[] {
  const newest = ended.find(({ State }) => State === 'Succeeded');
  if (newest === undefined || isChosen(newest.Reason)) return [];
  const { New, Expired, Removed } = newest.Counts;
  const before = updates + Removed - New;
  if (before <= 0) return [];
  const percent = (count: number): number => (100 * count) / before;
  const told = (what: string): string => `Synchronization ${newest.Id}: ${what}.`;
  return [
    {
      kind: 'SourceShrank',
      about: '',
      value: percent(Expired),
      cause: told(`${Expired} of ${before} updates expired at once`),
    },
    {
      kind: 'SourceGrew',
      about: '',
      value: percent(New),
      cause: told(`${New} new updates came to ${before} that were there`),
    },
  ];
}

function disk({ freeBytes, folder }: AlertFacts): AlertReading[] {
  if (freeBytes === undefined) return [{ kind: 'DiskNearlyFull', about: '', cause: '', isUnknown: true }];
  const value = freeBytes / 1_048_576;
  return [
    { kind: 'DiskNearlyFull', about: '', value, cause: `The disk of ${folder} has ${Math.floor(value)} MB left.` },
  ];
}

function damage(facts: AlertFacts): AlertReading[] {
  const cause = facts.damage.join(' ');
  return cause === '' ? [] : [{ kind: 'DamageFound', about: '', cause }];
}

/** The one that ends first. */
function certificates({ certificates: all, now, zone }: AlertFacts): AlertReading[] {
  const [first] = [...all].sort((a, b) => a.notAfter - b.notAfter);
  if (first === undefined) return [];
  const value = (first.notAfter - now) / 86_400_000;
  const ends = value < 0 ? 'ended' : 'ends';
  const cause = `The certificate of ${first.name} ${ends} at ${timeText(first.notAfter, zone)}.`;
  return [{ kind: 'CertificateEnds', about: '', value, cause }];
}

/** Titles that are named in one sentence. */
const NAMED = 5;

function critical({ critical: found, ended }: AlertFacts): AlertReading[] {
  if (found === undefined || found.count === 0) return [];
  const run = ended.find(({ State }) => State === 'Succeeded')?.Id ?? 0;
  const titles = found.titles.slice(0, NAMED).join('; ') + (found.count > NAMED ? '; …' : '');
  const what = found.count === 1 ? '1 new update' : `${found.count} new updates`;
  const cause = `Synchronization ${run} brought ${what} of severity Critical: ${titles}.`;
  return [{ kind: 'CriticalUpdates', about: '', value: found.count, cause, occasion: String(run) }];
}
