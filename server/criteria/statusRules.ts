/** A rule for status messages: which ones it is for, and what is done with them. What is undefined does not matter. */
export interface StatusRule {
  readonly name: string;
  readonly isEnabled: boolean;
  readonly messageId?: number;
  readonly componentName?: string;
  readonly severityType?: string;
  readonly messageType?: string;
  readonly siteSystemServerName?: string;
  readonly statusFilterRuleSiteCode?: string;
  readonly source?: string;
  readonly reportToEventLog?: boolean;
  readonly runProgram?: boolean;
  readonly programPath?: string;
  /** False: rules of lower priority do not see what this one is for. */
  readonly processLowerPriorityRule?: boolean;
  /** The product's, kept as they were given: they have no effect here. */
  readonly kept?: Readonly<Record<string, string | number | boolean>>;
}

/** Rules of a site, that of the highest priority first; one of another form is of a later version. */
export interface StatusRules {
  readonly form: 1;
  readonly rules: readonly StatusRule[];
}

/** What rules look at of a message. */
export interface RuledMessage {
  readonly MessageID: number;
  readonly Component: string;
  readonly SeverityName: string;
  readonly MachineName: string;
  readonly SiteCode: string;
}

/** What all messages here have in common. */
const SOURCE = 'Site Server';
const TYPE = 'Milestone';
const SEVERITY_TYPE: Readonly<Record<string, string>> = { Information: 'Informational' };

/** The rules that a message is for, in their order, as far as one does not end it. */
export function rulesFor(rules: readonly StatusRule[], message: RuledMessage): readonly StatusRule[] {
  const met = rules.filter((rule) => rule.isEnabled && isFor(rule, message));
  const last = met.findIndex(({ processLowerPriorityRule }) => processLowerPriorityRule === false);
  return last === -1 ? met : met.slice(0, last + 1);
}

function isFor(rule: StatusRule, message: RuledMessage): boolean {
  const severity = SEVERITY_TYPE[message.SeverityName] ?? message.SeverityName;
  return (
    (rule.messageId ?? message.MessageID) === message.MessageID &&
    isSame(rule.componentName, message.Component) &&
    isSame(anyOf(rule.severityType), severity) &&
    isSame(anyOf(rule.messageType), TYPE) &&
    isSame(rule.siteSystemServerName, message.MachineName) &&
    isSame(rule.statusFilterRuleSiteCode, message.SiteCode) &&
    isSame(rule.source, SOURCE) &&
    rule.kept?.['propertyId'] === undefined
  );
}

/** `None` is the product's word for any. */
function anyOf(name: string | undefined): string | undefined {
  return name === 'None' ? undefined : name;
}

function isSame(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted === '' || wanted.toLowerCase() === value.toLowerCase();
}
