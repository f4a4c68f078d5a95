import type { Argv } from 'yargs';
import { type Args, flag, number, SITE_OPTIONS, text } from './options.js';

const COMPONENT_OPTIONS = {
  ...SITE_OPTIONS,
  component: text('name of the component, with * and ?'),
  server: text('name of the server, with * and ?'),
} as const;
const TASK_OPTIONS = {
  ...SITE_OPTIONS,
  enabled: flag('remove old rows (--enabled=false: keep them)'),
  'older-than-days': number('remove rows of more days'),
} as const;
const TASK = 'name of the task, with * and ?';

export type ComponentStatusArgs = Args<typeof COMPONENT_OPTIONS>;
export type ComponentClearArgs = ComponentStatusArgs & { severity: string };
export type TaskListArgs = Args<typeof SITE_OPTIONS> & { name?: string | undefined };
export type TaskSetArgs = Args<typeof TASK_OPTIONS> & { name: string };

/** Options of the verbs `component-status` and `maintenance-task`. */
export const componentStatus = (parser: Argv) => parser.options(COMPONENT_OPTIONS);
export const componentClear = (parser: Argv) =>
  parser
    .positional('severity', {
      choices: ['All', 'Error', 'Warning', 'Information'] as const,
      demandOption: true,
      describe: 'which count',
    })
    .options(COMPONENT_OPTIONS);
export const taskList = (parser: Argv) =>
  parser.positional('name', { type: 'string', describe: TASK }).options(SITE_OPTIONS);
export const taskSet = (parser: Argv) =>
  parser.positional('name', { type: 'string', demandOption: true, describe: TASK }).options(TASK_OPTIONS);
