import { SyncError } from '../../errors/SyncError.js';
import { linkLimits } from './linkContract.js';
import { TokenBucket } from './TokenBucket.js';

/** What a meter knows of the node that it looks at. */
export interface MeterOptions {
  /** ms since 1970 */
  readonly now: () => number;
  /** Site code of the parent, and who the node says it is. */
  readonly site: string;
  readonly node: () => string;
}

/** What a channel tells a meter. */
export type MeteredAmount = { readonly bytes: number } | { readonly messages: number };

/**
 * Makes what a parent looks at every byte and message of a node with: undefined, or the LinkFlooded that ends the
 * connection.
 */
export function createMeter(options: MeterOptions): (amount: MeteredAmount) => SyncError | undefined {
  const bytes = new TokenBucket(linkLimits.bytes, options.now());
  const messages = new TokenBucket(linkLimits.messages, options.now());
  const flooded = (reason: string): SyncError =>
    new SyncError('LinkFlooded', { node: options.node(), site: options.site, reason });
  return (amount) => {
    if ('messages' in amount)
      return messages.take(1, options.now())
        ? undefined
        : flooded(`more than ${linkLimits.messages.perSecond} messages a second`);
    return bytes.take(amount.bytes, options.now())
      ? undefined
      : flooded(`more than ${linkLimits.bytes.perSecond} bytes a second`);
  };
}
