import { isIPv6 } from 'node:net';

/**
 * Who a peer is for quotas: its IPv4 address, or the /64 network of its IPv6 address: whoever has one address of it has
 * all.
 */
export function addressKey(address: string | undefined): string {
  if (address === undefined) return 'an unknown address';
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const bare = address.split('%')[0] ?? address;
  return isIPv6(bare) && bare !== '::1' ? `${networkOf(bare)}::/64` : bare;
}

function networkOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...new Array<string>(zeros).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
