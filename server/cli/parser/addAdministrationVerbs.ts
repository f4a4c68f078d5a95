import type { Argv } from 'yargs';
import * as alertOptions from './alertSwitchOptions.js';
import * as options from './administrationOptions.js';
import type { Verb } from './administrationOptions.js';
import * as componentOptions from './componentOptions.js';
import * as ruleOptions from './ruleOptions.js';

/** The verbs for status messages, alerts and what belongs to them. */
export function addAdministrationVerbs(parser: Argv, choose: (verb: Verb) => void): void {
  parser
    .command('messages', 'list status messages', options.messages, (args) =>
      choose(async (context) => (await import('../verbs/messages.js')).messages(args, context)),
    )
    .command('component-status', 'how many status messages components have reported', (status) =>
      addComponentVerbs(status, choose),
    )
    .command('maintenance-task', 'which old rows of the site are removed', (task) => addTaskVerbs(task, choose))
    .command('alerts', 'list alerts', options.alerts, (args) =>
      choose(async (context) => (await import('../verbs/alert.js')).alerts(args, context)),
    )
    .command('status-token', 'tokens for the status page, seen from other machines', (token) =>
      token
        .command('new <name>', 'make a token', options.newStatusToken, (args) =>
          choose(async (context) => (await import('../verbs/statusToken.js')).newStatusToken(args, context)),
        )
        .command('list', 'list the tokens', options.statusTokens, (args) =>
          choose(async (context) => (await import('../verbs/statusToken.js')).listStatusTokens(args, context)),
        )
        .command('remove <name>', 'remove a token; whoever used it is signed out', options.statusToken, (args) =>
          choose(async (context) => (await import('../verbs/statusToken.js')).removeStatusToken(args, context)),
        )
        .demandCommand(1, 'No command given. Give new, list or remove'),
    )
    .command('alert', 'change, switch and suspend alerts', (alert) => addAlertVerbs(alert, choose))
    .command('rule', 'status filter rules', (rule) => addRuleVerbs(rule, choose))
    .command('source', 'test the synchronization source', (source) =>
      source
        .command(
          'test',
          'test the connection to the source, stage by stage; nothing is changed',
          options.sourceTest,
          (args) => choose(async (context) => (await import('../verbs/sourceTest.js')).sourceTest(args, context)),
        )
        .demandCommand(1, 'No command given. Give test'),
    );
}

function addAlertVerbs(alert: Argv, choose: (verb: Verb) => void): Argv {
  return alert
    .command('set [id]', 'change name, comment, severity and limit of an alert', alertOptions.alertSet, (args) =>
      choose(async (context) => (await import('../verbs/alert.js')).setAlert(args, context)),
    )
    .command('suspend [id]', 'tell nobody of alerts until a time', alertOptions.alertSuspend, (args) =>
      choose(async (context) => (await import('../verbs/alert.js')).suspendAlerts(args, context)),
    )
    .command('enable [id]', 'raise alerts again', alertOptions.alertWhich, (args) =>
      choose(async (context) => (await import('../verbs/alert.js')).switchAlerts(args, true, context)),
    )
    .command('disable [id]', 'raise alerts no longer', alertOptions.alertWhich, (args) =>
      choose(async (context) => (await import('../verbs/alert.js')).switchAlerts(args, false, context)),
    )
    .command('remove [id]', 'remove alerts with all that was said of them', alertOptions.alertWhich, (args) =>
      choose(async (context) => (await import('../verbs/alert.js')).removeAlerts(args, context)),
    )
    .demandCommand(1, 'No command given. Give set, suspend, enable, disable or remove');
}

function addRuleVerbs(rule: Argv, choose: (verb: Verb) => void): Argv {
  return rule
    .command('list [name]', 'list status filter rules', ruleOptions.ruleList, (args) =>
      choose(async (context) => (await import('../verbs/rule.js')).listRules(args, context)),
    )
    .command('new <name>', 'create a status filter rule', ruleOptions.ruleSet, (args) =>
      choose(async (context) => (await import('../verbs/rule.js')).setRule(args, true, context)),
    )
    .command('set <name>', 'change a status filter rule', ruleOptions.ruleSet, (args) =>
      choose(async (context) => (await import('../verbs/rule.js')).setRule(args, false, context)),
    )
    .command('enable <name>', 'enable a status filter rule', ruleOptions.ruleName, (args) =>
      choose(async (context) => (await import('../verbs/rule.js')).switchRule(args, true, context)),
    )
    .command('disable <name>', 'disable a status filter rule', ruleOptions.ruleName, (args) =>
      choose(async (context) => (await import('../verbs/rule.js')).switchRule(args, false, context)),
    )
    .command('remove <name>', 'remove a status filter rule', ruleOptions.ruleName, (args) =>
      choose(async (context) => (await import('../verbs/rule.js')).removeRule(args, context)),
    )
    .demandCommand(1, 'No command given. Give list, new, set, enable, disable or remove');
}

function addComponentVerbs(status: Argv, choose: (verb: Verb) => void): Argv {
  return status
    .command('list', 'list components with their counts', componentOptions.componentStatus, (args) =>
      choose(async (context) => (await import('../verbs/componentStatus.js')).listComponentStatus(args, context)),
    )
    .command('clear <severity>', 'set counts to zero', componentOptions.componentClear, (args) =>
      choose(async (context) => (await import('../verbs/componentStatus.js')).clearComponentStatus(args, context)),
    )
    .demandCommand(1, 'No command given. Give list or clear');
}

function addTaskVerbs(task: Argv, choose: (verb: Verb) => void): Argv {
  return task
    .command('list [name]', 'list the maintenance tasks', componentOptions.taskList, (args) =>
      choose(async (context) => (await import('../verbs/maintenanceTask.js')).listTasks(args, context)),
    )
    .command('set <name>', 'change maintenance tasks', componentOptions.taskSet, (args) =>
      choose(async (context) => (await import('../verbs/maintenanceTask.js')).setTask(args, context)),
    )
    .demandCommand(1, 'No command given. Give list or set');
}
