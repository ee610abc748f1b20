// The last five minutes as four charts, or as a table.

import {chart} from './chart.js';
import {attr, fill, h, show, text} from './dom.js';
import {bytes, millis, rate, time} from './format.js';
import {head} from './parts.js';
import {href} from './page.js';

const PICTURES = [
  {title: 'Accepted per second', of: ['acceptedPerSecond'], series: [{name: 'Accepted per second', color: 1}], write: rate},
  {title: 'Turns per second', of: ['turnsPerSecond'], series: [{name: 'Turns per second', color: 2}], write: rate},
  {title: 'Failed per second', of: ['failedPerSecond'], series: [{name: 'Failed per second', color: 3}], write: rate},
  {
    title: 'Latency',
    of: ['p50Millis', 'p99Millis'],
    series: [
      {name: 'p50', color: 1},
      {name: 'p99', color: 4},
    ],
    write: millis,
  },
];

export function charts() {
  const pictures = PICTURES.map((picture) => ({...picture, chart: chart(picture)}));
  const grid = h(
    'div.charts',
    {},
    pictures.map((picture) => picture.chart.node),
  );
  const rows = h('tbody', {});
  const table = h(
    'div.scroll',
    {tabindex: '0', role: 'region', 'aria-label': 'The last five minutes as a table', hidden: true},
    h('table.table', {}, head(['Time', '#Accepted/s', '#Turns/s', '#Failed/s', '#p50', '#p99', '#Heap used']), rows),
  );
  const toggle = h('a.section-link.push', {href: href({as: 'table'})}, 'Show as a table');
  const node = h(
    'section',
    {'aria-labelledby': 'rates'},
    h('div.section-head', {}, h('h2', {id: 'rates'}, 'Last five minutes'), toggle),
    grid,
    table,
  );
  let asTable = false;
  let known = null;

  function open(query) {
    asTable = query.as === 'table';
    show(grid, !asTable);
    show(table, asTable);
    text(toggle, asTable ? 'Show as charts' : 'Show as a table');
    attr(toggle, 'href', href({...query, as: asTable ? '' : 'table'}));
    if (known !== null) update(known);
  }

  function update(status) {
    known = status;
    const history = status.history;
    if (asTable) fill(rows, history, lines);
    else
      pictures.forEach((picture) =>
        picture.chart.update(
          picture.of.map((name) => history[name] ?? []),
          history.until,
          history.intervalSeconds,
        ),
      );
  }
  return {node, open, update};
}

function lines(history) {
  const until = new Date(history.until).getTime();
  const amount = history.acceptedPerSecond.length;
  return history.acceptedPerSecond
    .map((accepted, index) =>
      h(
        'tr',
        {},
        h('td', {}, time(new Date(until - (amount - 1 - index) * history.intervalSeconds * 1000).toISOString())),
        [
          rate(accepted),
          rate(history.turnsPerSecond[index]),
          rate(history.failedPerSecond[index]),
          millis(history.p50Millis[index]),
          millis(history.p99Millis[index]),
          bytes(history.heapUsedBytes?.[index]),
        ].map((value) => h('td.number', {}, value)),
      ),
    )
    .reverse();
}
