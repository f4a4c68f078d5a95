import type { IncomingMessage, ServerResponse } from 'node:http';
import { Door, type DoorOptions } from './Door.js';
import { PageTurns } from './PageTurns.js';
import { UnreadAnswers } from './UnreadAnswers.js';
import { answerPage, type PageOptions } from './answerPage.js';

/** What a page is opened with: what it is about, and what its door knows. */
interface PageParts extends Omit<PageOptions, 'door' | 'turns' | 'unread'>, DoorOptions {}

/** Opens the status page of a site. Gives what answers a request, false where the path is none of the page. */
export function openPage(parts: PageParts): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const options = { ...parts, door: new Door(parts), turns: new PageTurns(), unread: new UnreadAnswers() };
  return async (request, response) => answerPage(request, response, options);
}
