import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Random } from '../../../server/sample/Random.js';
import {
  CATEGORIES,
  MICROSOFT,
  OFFICE,
  OFFICE_2019,
  SECURITY,
  WINDOWS,
  WINDOWS_10,
  WINDOWS_11,
} from '../../engine/catalogue.js';
import { DAY } from './addMonths.js';
import { Evaluation } from './Evaluation.js';
import { expectSame } from './expectSame.js';
import { Lab } from './Lab.js';
import type { Row } from './model.js';
import { CLASSIFICATIONS, RandomLife } from './RandomLife.js';
import { repetitions } from '../../fixtures/repetitions.js';

const SEEDS = Number(process.env['CONFIGMGRSYNC_LIFE_SEEDS'] ?? repetitions(6, 100));
const FIRST_SEED = Number(process.env['CONFIGMGRSYNC_LIFE_SEED'] ?? 1);
const ROUNDS = 15;
const DEFINITIONS = CATEGORIES.filter((category) => category.id === SECURITY).map((category) => ({
  ...category,
  id: CLASSIFICATIONS[3],
  title: 'Definition Updates',
}));
type CategoryType = Parameters<Lab['subscribe']>[1];
const CHOICES: readonly (readonly [string, CategoryType])[] = [
  ...[WINDOWS_10, WINDOWS_11, OFFICE_2019].map((id) => [id, 'Product'] as const),
  [WINDOWS, 'ProductFamily'],
  [OFFICE, 'ProductFamily'],
  [MICROSOFT, 'Company'],
  ...CLASSIFICATIONS.map((id) => [id, 'UpdateClassification'] as const),
];

describe('A site that follows an upstream by chance', () => {
  let folder: string;
  let lab: Lab;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cmsync-'));
  });
  afterEach(async () => {
    await lab.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
    it(`equals the model after every round, and at the end a new site (seed ${seed})`, async () => {
      lab = await Lab.open(path.join(folder, 'followed'));
      const random = new Random(seed);
      const life = new RandomLife(lab.upstream, random);
      await begin({ lab, life, random, what: `seed ${seed}, the first synchronization` });
      for (let round = 1; round <= ROUNDS; round += 1)
        await live({ lab, life, random, what: `seed ${seed}, round ${round}` });
      life.settle();
      await synchronize(lab, `seed ${seed}, at the end`, true);
      await compareWithNewSite(lab, path.join(folder, 'new'), seed);
    });
  }
});

interface Round {
  readonly lab: Lab;
  readonly life: RandomLife;
  readonly random: Random;
  readonly what: string;
}

async function begin({ lab, life, random, what }: Round): Promise<void> {
  await lab.setRules({ rule: ruleOf(random), featureRule: ruleOf(random) });
  lab.upstream.listsChildren = random.chance(0.5);
  lab.upstream.put(...CATEGORIES, ...DEFINITIONS);
  for (let count = 0; count < 20; count += 1) life.publish();
  await lab.subscribe({ add: [random.chance(0.5) ? WINDOWS : OFFICE] }, 'ProductFamily');
  await lab.subscribe(
    { add: CLASSIFICATIONS.filter((_unused, index) => index === 0 || random.chance(0.6)) },
    'UpdateClassification',
  );
  await synchronize(lab, what, false);
}

/** One round: something happens upstream or to the settings, time passes, the site synchronizes. */
async function live({ lab, life, random, what }: Round): Promise<void> {
  lab.pass(random.pick([0, 0, 1, 2, 6, 9, 40]));
  const before = lab.upstream.lastChange;
  if (!random.chance(0.12) || !life.restore()) {
    if (random.chance(0.3)) life.takeBackup();
    for (let count = random.below(5); count > 0; count -= 1) life.publish();
    if (random.chance(0.3)) life.dropUpdate();
    if (random.chance(0.25)) life.changeCategories();
    if (random.chance(0.2)) life.bringBack();
    if (random.chance(0.3)) life.spoil(before);
    if (random.chance(0.08)) lab.upstream.replace();
  }
  if (random.chance(0.25)) await changeSubscription(lab, random);
  if (random.chance(0.15)) await lab.setRules({ rule: ruleOf(random), featureRule: ruleOf(random) });
  await synchronize(lab, what, random.chance(0.12));
}

/** What would expire everything is refused once and then meant. */
async function synchronize(lab: Lab, what: string, fullSync: boolean): Promise<void> {
  const run = await lab.sync(what, { fullSync });
  if (!run.Succeeded) await lab.sync(`${what}, meant`, { fullSync: true, allowMassExpiry: true });
}

async function changeSubscription(lab: Lab, random: Random): Promise<void> {
  const [id, type] = CHOICES[random.below(CHOICES.length)] ?? [WINDOWS, 'ProductFamily'];
  await lab.subscribe(lab.model.settings.selected.has(id) ? { remove: [id] } : { add: [id] }, type);
}

function ruleOf(random: Random): { readonly immediately: boolean; readonly months: number } {
  return { immediately: random.chance(0.3), months: 1 + random.below(6) };
}

/**
 * A site that was set up today sees the same live updates. What is history is left out: expired updates and tombstones,
 * since when something
 * is expired, and the revision of a child that a bundle holds which is not live any more.
 */
async function compareWithNewSite(lab: Lab, folder: string, seed: number): Promise<void> {
  const fresh = await Lab.open(folder, lab.upstream);
  fresh.pass((lab.now - fresh.now) / DAY);
  await fresh.setRules(lab.model.settings);
  for (const [id, type] of CHOICES) if (lab.model.settings.selected.has(id)) await fresh.subscribe({ add: [id] }, type);
  await fresh.sync(`seed ${seed}, new site`);
  expectSame(`seed ${seed}: a new site`, liveRows(fresh, lab), liveRows(lab, lab));
  await fresh.close();
}

function liveRows(lab: Lab, followed: Lab): Record<string, Partial<Row>> {
  const evaluation = new Evaluation(followed.model.facts(followed.now), followed.model.rows);
  const isHistory = (id: string): boolean =>
    evaluation.holders(id).some(({ root }) => followed.model.rows.get(root)?.reason !== 'none');
  return Object.fromEntries(
    [...lab.model.rows]
      .filter(([, row]) => row.reason === 'none')
      .map(([id, row]) => {
        const { number, isBundle, ...rest } = row;
        return [id, row.isHidden && isHistory(id) ? rest : { ...rest, number, isBundle }];
      }),
  );
}
