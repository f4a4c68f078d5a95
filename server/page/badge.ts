import type { Health } from '../contract/generated/types.js';
import { html } from './html.js';

/** Colours of the badge's right half; the text on it is white, with a contrast of at least 4.5 to 1. */
const COLOURS: Readonly<Record<Health['Status'], string>> = {
  Well: '#0b6a2b',
  Degraded: '#7a4b00',
  Broken: '#a80000',
  Unknown: '#575757',
};

const LETTER = 7;
const PADDING = 12;
const HEIGHT = 20;

/** How a site is, as a small picture for a page of others; its title is the sentence of health. */
export function badgeOf({ SiteCode, Status, Summary }: Health): string {
  const [left, right] = [SiteCode.length * LETTER + PADDING, Status.length * LETTER + PADDING];
  const width = left + right;
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="${width}"
    height="${HEIGHT}"
    role="img"
    aria-label="${SiteCode}: ${Status}"
  >
    <title>${Summary}</title>
    <path fill="#333" d="M0 0h${left}v${HEIGHT}H0z" />
    <path fill="${COLOURS[Status]}" d="M${left} 0h${right}v${HEIGHT}H${left}z" />
    <g fill="#fff" font-family="Verdana,sans-serif" font-size="11" text-anchor="middle">
      <text x="${left / 2}" y="14">${SiteCode}</text>
      <text x="${left + right / 2}" y="14">${Status}</text>
    </g>
  </svg>`.markup;
}
