import type { ProductSession } from '../product/ProductSession.js';

/** Join tokens for so many sites. */
export async function tokensOf(session: ProductSession, count: number): Promise<string[]> {
  const tokens: string[] = [];
  while (tokens.length < count) {
    const { Token } = await session.change<{ Token: string }>('site/joinToken', { role: 'Site', expirationHours: 1 });
    tokens.push(Token);
  }
  return tokens;
}
