import type { IncomingMessage, ServerResponse } from 'node:http';
import { Door, type DoorOptions } from './Door.js';
import { PageTurns } from './PageTurns.js';
import { ProgressFeed, type ProgressSource } from './ProgressFeed.js';
import { UnreadAnswers } from './UnreadAnswers.js';
import { answerPage, type Ending, type PageOptions } from './answerPage.js';

/** What a page is opened with: what it is about, what its door knows, and where progress comes from. */
interface PageParts extends Omit<PageOptions, 'door' | 'turns' | 'unread' | 'feed'>, DoorOptions {
  readonly progress: ProgressSource;
}

/** Opens the status page of a site. Gives what answers a request, false where the path is none of the page. */
export function openPage({
  progress,
  ...parts
}: PageParts): (request: IncomingMessage, response: ServerResponse, ending: Ending) => Promise<boolean> {
  const shared = {
    door: new Door(parts),
    turns: new PageTurns(),
    unread: new UnreadAnswers(),
    feed: new ProgressFeed(progress),
  };
  return async (request, response, ending) => answerPage(request, response, { ...parts, ...shared, ...ending });
}
