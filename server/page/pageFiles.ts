import { TEXTS } from './texts.js';

/** The style of the page. Colours have a contrast of at least 4.5 to 1 on their ground, light and dark. */
export const PAGE_CSS = `
:root {
  color-scheme: light dark;
  --ground: #fff;
  --text: #1b1b1b;
  --quiet: #575757;
  --line: #c8c8c8;
  --link: #0a58a6;
  --well: #0b6a2b;
  --degraded: #7a4b00;
  --broken: #a80000;
}
@media screen and (prefers-color-scheme:dark) {
  :root {
    --ground: #161616;
    --text: #eee;
    --quiet: #b4b4b4;
    --line: #484848;
    --link: #8ec5ff;
    --well: #7bd88f;
    --degraded: #f2c063;
    --broken: #ff9c94;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0 auto;
  max-width: 90rem;
  padding: 0 1rem 2rem;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.5 system-ui,sans-serif;
}
a {
  color: var(--link);
}
:focus-visible {
  outline: 3px solid var(--link);
  outline-offset: 2px;
}
.skip {
  position: absolute;
  left: -100rem;
}
.skip:focus {
  left: 1rem;
  top: .5rem;
  background: var(--ground);
  padding: .5rem;
}
header {
  display: flex;
  flex-wrap: wrap;
  gap: 0 2rem;
  align-items: baseline;
  border-bottom: 1px solid var(--line);
}
nav ul,.choices {
  display: flex;
  flex-wrap: wrap;
  gap: .25rem 1rem;
  list-style: none;
  padding: 0;
}
[aria-current] {
  font-weight: bold;
  text-decoration: none;
}
.sentence {
  font-size: 1.25rem;
  border-left: .5rem solid var(--quiet);
  padding-left: .75rem;
}
.sentence.well {
  border-color: var(--well);
}
.sentence.degraded {
  border-color: var(--degraded);
}
.sentence.broken {
  border-color: var(--broken);
}
span.well,.succeeded {
  color: var(--well);
}
span.broken,.failed {
  color: var(--broken);
}
.cancelled,.note {
  color: var(--degraded);
}
.scroll {
  overflow-x: auto;
}
table {
  border-collapse: collapse;
  min-width: 100%;
}
caption {
  text-align: left;
  font-weight: bold;
  padding: .75rem 0 .25rem;
}
th,td {
  border-bottom: 1px solid var(--line);
  padding: .3rem .75rem .3rem 0;
  text-align: left;
  vertical-align: top;
  overflow-wrap: break-word;
  max-width: 30rem;
}
tbody th {
  font-weight: normal;
}
pre,.log {
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
pre {
  max-height: 30rem;
  overflow: auto;
}
time {
  white-space: nowrap;
}
.number {
  text-align: right;
}
td.number {
  white-space: nowrap;
}
.depth1 {
  padding-left: 1.25rem;
}
.depth2 {
  padding-left: 2.5rem;
}
.depth3 {
  padding-left: 3.75rem;
}
.depth4 {
  padding-left: 5rem;
}
.depth5,.depth6 {
  padding-left: 6.25rem;
}
dl {
  display: grid;
  grid-template-columns: max-content 1fr;
  gap: .25rem 1rem;
}
dt {
  color: var(--quiet);
}
dd {
  margin: 0;
  overflow-wrap: anywhere;
}
form {
  display: flex;
  flex-wrap: wrap;
  gap: .75rem 1rem;
  align-items: end;
}
label {
  display: grid;
  gap: .15rem;
}
input,select,button {
  font: inherit;
  min-height: 2.25rem;
}
.chart {
  width: 100%;
  max-width: 45rem;
  height: auto;
  border-bottom: 1px solid var(--line);
}
figure {
  margin: 0;
}
.chart rect {
  fill: var(--well);
}
.chart .failed .duration {
  fill: var(--broken);
}
.chart .cancelled .duration,.chart .running .duration,.chart .expired {
  fill: var(--degraded);
}
.chart .new {
  fill: var(--link);
}
figcaption,small {
  color: var(--quiet);
}
.chart path {
  stroke: var(--broken);
  stroke-width: 2;
  fill: none;
}
.growth path {
  stroke: var(--link);
}
footer {
  color: var(--quiet);
  border-top: 1px solid var(--line);
  margin-top: 2rem;
}
@media (max-width:40rem) {
  dl {
    grid-template-columns: 1fr;
  }
  dt {
    margin-top: .5rem;
  }
}
@media print {
  :root {
    color-scheme: light;
  }
  nav,.skip,form {
    display: none;
  }
  .scroll,pre {
    overflow: visible;
    max-height: none;
  }
  table {
    font-size: .55rem;
  }
  td {
    overflow-wrap: anywhere;
  }
  th,td {
    padding: .2rem .4rem .2rem 0;
  }
}
`;

/**
 * Shows times as the clock of the reader does, with the name of his zone, and follows a synchronization while the page
 * is seen.
 */
export const PAGE_JS = `'use strict';
for (const time of document.querySelectorAll('time'))
  time.textContent = new Date(time.dateTime).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const zone = document.getElementById('zone');
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
if (zone) zone.textContent = ${JSON.stringify(TEXTS.browserZone)}.replace('{zone}', timeZone);
const live = document.getElementById('live');
let events;
const follow = () => {
  if (document.hidden) {
    events?.close();
    events = undefined;
  } else if (!events) {
    events = new EventSource('/events');
    events.onmessage = ({ data }) => {
      live.textContent = JSON.parse(data).text;
      live.hidden = false;
    };
  }
};
if (live) {
  document.addEventListener('visibilitychange', follow);
  follow();
}
`;

/** A sign for the tab of a browser, which otherwise asks for one that is not there. */
export const PAGE_ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0a58a6"/>' +
  '<path d="M4 8.5l3 3 5-6" fill="none" stroke="#fff" stroke-width="2"/></svg>';
