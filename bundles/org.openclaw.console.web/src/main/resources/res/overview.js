// The page after the login: what runs, how it does, what needs attention.

import {get} from './api.js';
import {attention} from './attention.js';
import {charts} from './charts.js';
import {fill, h} from './dom.js';
import {events} from './events.js';
import {count, duration, time} from './format.js';
import {Page} from './page.js';
import {holdings} from './holdings.js';

function overview(page) {
  const parts = {attention: attention(page), charts: charts(page), holdings: holdings(), events: events(page)};
  const lead = h('span', {});
  page.top({heading: 'Overview', lead});
  return {
    node: h('div.stack', {}, parts.attention.node, parts.charts.node, parts.holdings.node, parts.events.node),
    open(query) {
      parts.attention.open(query);
      parts.charts.open(query);
      parts.events.open(query);
    },
    async load(signal) {
      const status = await get('/status', signal);
      fill(lead, [status.ready, status.version, status.startedAt, Math.floor(status.uptimeSeconds / 60), status.missing], () =>
        summary(status),
      );
      Object.values(parts).forEach((part) => part.update(status));
    },
  };
}

function summary(status) {
  const ready = status.ready
    ? h('span', {}, 'Ready')
    : h('strong.is-bad', {}, `Not ready: ${(status.missing ?? []).join(', ') || 'something is missing'}`);
  return [
    ready,
    ` · version ${status.version} · process ${count(status.process.pid).replaceAll(',', '')} · up ${duration(status.uptimeSeconds)}, since `,
    time(status.startedAt),
  ];
}

await new Page({overview}, () => 'overview').start();
