import { homedir } from 'node:os';
import path from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { cacheFolder } from '../powershell/powershellTool.js';
import { type BenchRequest, readArguments, USAGE } from './arguments/readArguments.js';
import baseline from './baseline.json' with { type: 'json' };
import { Lab } from './lab/Lab.js';
import { onceInterrupted } from './lab/onceInterrupted.js';
import { Upstreams } from './lab/Upstreams.js';
import { BenchFailure } from './product/BenchFailure.js';
import { buildCommit } from './product/buildCommit.js';
import { commitOf, git } from './product/git.js';
import { type Product, productIn } from './product/Product.js';
import { loadNow, thisMachine } from './report/machine.js';
import { type Report, reportJson, reportLines, shortLines } from './report/Report.js';
import { measureScenario } from './runs/measureScenario.js';
import type { ScenarioResult } from './runs/Outcome.js';
import { scenarios, USUAL_SCENARIOS } from './scenarios/scenarios.js';

/** Short ones: continuous integration runs them each time. */
const BASELINE_CHOICES = [
  { name: 'start', size: 200 },
  { name: 'sync-all', size: 300 },
];
const root = packageFolder();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** This checkout, named so that a table tells whether it was changed. */
async function thisProduct(): Promise<Product> {
  const commit = await commitOf(root, 'HEAD');
  if (commit === undefined) return productIn(root, { commit: '', label: 'this folder' });
  const changes = await git(root, 'status', '--porcelain', '--untracked-files=no');
  return productIn(root, { commit, label: `${commit.slice(0, 7)}${changes === '' ? '' : ' with changes'}` });
}

async function otherProduct({ against, isBaseline }: BenchRequest): Promise<Product | undefined> {
  const ref = isBaseline ? baseline.commit : against;
  if (ref === undefined) return undefined;
  const commit = await commitOf(root, ref);
  if (commit === undefined)
    throw new BenchFailure(`this clone has no commit ${ref}; a shallow one gets it with git fetch origin ${ref}`);
  const cache = path.join(cacheFolder(process.platform, process.env, homedir()), 'bench');
  return buildCommit(commit, { root, cache, tell });
}

async function measureAll(
  { choices, rounds }: BenchRequest,
  products: (Product | undefined)[],
): Promise<ScenarioResult[]> {
  const upstreams = new Upstreams();
  const [here, there] = products.map((product) => (product === undefined ? undefined : new Lab(product, upstreams)));
  const deaf = onceInterrupted(async () => {
    await Promise.all([upstreams.stop(), here?.abandon(), there?.abandon()]);
  });
  const results: ScenarioResult[] = [];
  try {
    for (const scenario of scenarios) {
      const choice = choices.find(({ name }) => name === scenario.name);
      if (choice === undefined || here === undefined) continue;
      const size = choice.size ?? scenario.size;
      results.push(await measureScenario({ scenario, size, rounds, here, there, tell }));
    }
    return results;
  } finally {
    deaf();
    await upstreams.stop();
    here?.remove();
    there?.remove();
  }
}

async function measured(request: BenchRequest): Promise<Report> {
  const here = await thisProduct();
  const there = await otherProduct(request);
  const before = loadNow();
  const results = await measureAll(request, [here, there]);
  return { here, there, machine: thisMachine(), loads: [before, loadNow()], rounds: request.rounds, results };
}

/** Gives the exit code. What could not be measured here is a failure; what the other commit cannot do is none. */
async function bench(request: BenchRequest): Promise<number> {
  const report = await measured(request);
  const lines = request.isBaseline ? shortLines(report) : reportLines(report);
  say(request.json ? reportJson(report) : lines.join('\n'));
  return report.results.some(({ here }) => here.problem !== undefined) ? 1 : 0;
}

async function main(args: readonly string[]): Promise<number> {
  const names = scenarios.map(({ name }) => name);
  const request = readArguments(args, { names, usual: USUAL_SCENARIOS, baseline: BASELINE_CHOICES });
  if ('problem' in request) {
    tell(`${request.problem}\n${USAGE}`);
    return 2;
  }
  try {
    const code = await bench(request);
    return request.isBaseline ? 0 : code;
  } catch (error) {
    if (!(error instanceof BenchFailure)) throw error;
    say(
      request.isBaseline
        ? `Not compared with ${baseline.commit}: ${error.message}.`
        : `The bench failed: ${error.message}.`,
    );
    return request.isBaseline ? 0 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
