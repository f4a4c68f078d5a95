import type { LinkReport, LinkState } from '../../../server/contract/generated/types.js';
import { validate } from '../../../server/contract/validator.js';
import { SyncError } from '../../../server/errors/SyncError.js';
import type { ChildLink } from '../../../server/link/LinkedNode.js';
import type { NodeEnd } from '../../../server/link/NodeConnection.js';
import type { NodeRecord } from '../../../server/link/NodeRecord.js';
import type { ParentHub } from '../../../server/link/ParentHub.js';
import { ReportSender } from '../../../server/link/ReportSender.js';
import { reconnectDelay } from '../../../server/link/dialParent.js';
import { LINK_METHODS, LINK_RANGE } from '../../../server/link/linkContract.js';
import { createMeter } from '../../../server/link/meter.js';
import { stateFor } from '../../../server/link/reportForm.js';
import type { SimulatedClock } from './SimulatedClock.js';
import type { Line, SimulatedNetwork } from './SimulatedNetwork.js';

/** What a link is made of. `hub`: that of the parent's engine, undefined while none runs. */
interface LinkParts {
  readonly clock: SimulatedClock;
  readonly network: SimulatedNetwork;
  readonly random: () => number;
  readonly nodeId: number;
  readonly hub: () => ParentHub | undefined;
}

type Listeners<Heard extends readonly unknown[]> = Set<(...heard: Heard) => void>;

/** Both ends of a node's connection to its parent; it connects again as a real one does. */
export class SimulatedLink implements ChildLink {
  /** The requests of all states that have come, in order; 0 for none. */
  readonly told: number[] = [];
  readonly #parts: LinkParts;
  readonly #reports: ReportSender;
  readonly #states: Listeners<[LinkState]> = new Set();
  readonly #connections: Listeners<[boolean]> = new Set();
  readonly #losses: Listeners<[SyncError]> = new Set();
  #state: LinkState | undefined;
  #end: { readonly up: Line; readonly down: Line; readonly atParent: NodeEnd; readonly hub: ParentHub } | undefined;
  #failures = 0;
  #isUnplugged = true;

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.#reports = new ReportSender(parts.clock);
  }

  get connected(): boolean {
    return this.#end !== undefined;
  }

  /** Begins to dial. */
  plug(): void {
    this.#isUnplugged = false;
    this.#dialAfter(this.#parts.network.latency());
  }

  /** Loses the connection, and makes none until it is plugged again. */
  unplug(): void {
    this.#isUnplugged = true;
    this.#over(broken('it was unplugged'));
  }

  /** The parent's engine is gone: the next one is looked for. */
  lose(): void {
    this.#over(broken('its engine ends'));
  }

  async report(report: LinkReport): Promise<void> {
    await this.#reports.report(report);
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.#states.add(listener);
    if (this.#state !== undefined) listener(this.#state);
    return () => this.#states.delete(listener);
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.#connections.add(listener);
    return () => this.#connections.delete(listener);
  }

  onLoss(listener: (reason: SyncError) => void): () => void {
    this.#losses.add(listener);
    return () => this.#losses.delete(listener);
  }

  async untilTried(): Promise<void> {
    return Promise.resolve();
  }

  #dialAfter(milliseconds: number): void {
    this.#parts.clock.after(milliseconds, () => this.#dial());
  }

  #dial(): void {
    if (this.#isUnplugged || this.#end !== undefined) return;
    const hub = this.#parts.hub();
    const record = hub?.findNode(this.#parts.nodeId);
    if (hub === undefined || record === undefined) {
      this.#failed(broken('nobody listens'));
      return;
    }
    const line = (direction: Line['direction']): Line => ({ direction, arrival: 0, isOpen: true });
    const [up, down] = [line('up'), line('down')];
    const atParent = this.#parentEnd(record, down);
    this.#end = { up, down, atParent, hub };
    hub.opened(record, atParent);
    this.#reports.begin(this.#childChannel(up, { hub, atParent }), LINK_RANGE.maximum);
    for (const listener of this.#connections) listener(true);
  }

  #childChannel(up: Line, { hub, atParent }: { hub: ParentHub; atParent: NodeEnd }): Pick<ChannelOfChild, 'notify'> {
    const { network, clock } = this.#parts;
    const meter = createMeter({ now: () => clock.time, site: hub.siteCode, node: () => atParent.claimed });
    return {
      notify: async (method, report) => {
        network.send(up, method, report, (params, bytes) => {
          const reason = meter({ bytes }) ?? meter({ messages: 1 });
          validate('LinkReport', params, method);
          if (reason === undefined) hub.reported(this.#parts.nodeId, params);
          else this.#over(reason);
        });
        return Promise.resolve();
      },
    };
  }

  #parentEnd(record: NodeRecord, down: Line): NodeEnd {
    const { network, clock, nodeId } = this.#parts;
    return {
      node: record,
      claimed: `${record.siteCode} (${record.serverName})`,
      address: `192.0.${nodeId >> 8}.${nodeId & 255}`,
      lastSign: clock.now(),
      send: async (state) => {
        network.send(down, LINK_METHODS.state, stateFor(LINK_RANGE.maximum, state), (params) => {
          validate('LinkState', params, LINK_METHODS.state);
          this.#state = params;
          this.told.push(params.request?.id ?? 0);
          for (const listener of this.#states) listener(params);
        });
        return Promise.resolve();
      },
      close: (reason) => this.#over(reason),
    };
  }

  #over(reason: SyncError): void {
    const end = this.#end;
    if (end === undefined) return;
    this.#end = undefined;
    end.up.isOpen = false;
    end.down.isOpen = false;
    this.#reports.end();
    this.#failures = 0;
    end.hub.closed(end.atParent, reason);
    for (const listener of this.#connections) listener(false);
    this.#failed(reason);
  }

  #failed(reason: SyncError): void {
    for (const listener of this.#losses) listener(reason);
    if (this.#isUnplugged) return;
    this.#failures += 1;
    this.#dialAfter(reconnectDelay({ failures: this.#failures, isRefusal: false }, this.#parts.random()));
  }
}

interface ChannelOfChild {
  notify(method: string, params: object): Promise<void>;
}

function broken(reason: string): SyncError {
  return new SyncError('LinkBroken', { node: 'CS1', reason });
}
