import type { PortLimits } from './PortOptions.js';

/** Somebody who has a place. */
export interface Visitor {
  /** Who he is for his share. */
  readonly key: string;
  /** True while he has asked for something that is not answered. */
  readonly isInWork: boolean;
  /** Since when we wait for his peer (ms since 1970); undefined while he waits for us. */
  waitingSince(): number | undefined;
  /** Ends his connection. */
  cut(): void;
}

/** What places are given by. */
interface PlacesOptions extends Pick<PortLimits, 'connections' | 'keptConnections' | 'addressShare' | 'stalledMs'> {
  /** ms since 1970 */
  readonly now: () => number;
  /** Whether a node of the site has come from that address before. */
  readonly isKnown: (key: string) => boolean;
}

/**
 * The places of a port. Who comes when there is none takes that of somebody who keeps us waiting: of the same address
 * where its share is used up, else of the address that has most. Some are kept for nodes of the site.
 */
export class Places {
  readonly #options: PlacesOptions;
  /** Strangers by address, in the order in which they came. */
  readonly #strangers = new Map<string, Set<Visitor>>();
  readonly #proved = new Set<Visitor>();
  #strangerCount = 0;

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  /** How many are taken. */
  get count(): number {
    return this.#strangerCount + this.#proved.size;
  }

  /** Gives a place; false where nobody can be asked to leave. */
  enter(visitor: Visitor): boolean {
    const { connections, keptConnections, addressShare, isKnown } = this.#options;
    const forStrangers = connections - keptConnections;
    const isAtHome = isKnown(visitor.key);
    const isFull = this.count >= connections || (this.#strangerCount >= forStrangers && !isAtHome);
    const own = this.#strangers.get(visitor.key)?.size ?? 0;
    const share = isAtHome ? forStrangers : Math.ceil(addressShare * forStrangers);
    const crowded = own >= share ? visitor.key : isFull ? this.#crowd() : undefined;
    if (crowded !== undefined && !this.#clear(crowded)) return false;
    this.#add(visitor);
    return true;
  }

  /** The visitor is a node of the site: he counts as a stranger no longer, and keeps his place. */
  prove(visitor: Visitor): void {
    if (this.#remove(visitor)) this.#proved.add(visitor);
  }

  /** His place is free. */
  leave(visitor: Visitor): void {
    this.#remove(visitor);
    this.#proved.delete(visitor);
  }

  #add(visitor: Visitor): void {
    const others = this.#strangers.get(visitor.key);
    if (others === undefined) this.#strangers.set(visitor.key, new Set([visitor]));
    else others.add(visitor);
    this.#strangerCount += 1;
  }

  #remove(visitor: Visitor): boolean {
    const others = this.#strangers.get(visitor.key);
    if (others?.delete(visitor) !== true) return false;
    this.#strangerCount -= 1;
    if (others.size === 0) this.#strangers.delete(visitor.key);
    return true;
  }

  /** The address that has most. */
  #crowd(): string {
    let [crowd, most] = ['', 0];
    for (const [key, { size }] of this.#strangers) if (size > most) [crowd, most] = [key, size];
    return crowd;
  }

  /** Frees a place of an address. */
  #clear(key: string): boolean {
    const stalledBefore = this.#options.now() - this.#options.stalledMs;
    for (const visitor of this.#strangers.get(key) ?? []) {
      const since = visitor.waitingSince();
      if (since === undefined || (visitor.isInWork && since > stalledBefore)) continue;
      visitor.cut();
      this.leave(visitor);
      return true;
    }
    return false;
  }
}
