// A small line chart in SVG. Its description holds the figures for those who cannot see it, and pointing at it shows a
// moment's values.

import {attr, h, s, show, text} from './dom.js';
import {moment} from './format.js';

const WIDTH = 300;
const HEIGHT = 72;
const SLOTS = 60;

let last = 0;

/** The least of some round numbers that is not less. */
export function ceiling(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((factor) => factor * power).find((candidate) => candidate >= value * 0.999);
}

/**
 * A chart with its title and present values.
 *
 * @param title what it shows
 * @param series one or two of {name, color (1 to 4)}
 * @param write how a value is written
 */
export function chart({title, series, write}) {
  const id = ++last;
  const lines = series.map(({color}) => s(`path.chart-line.color-${color}`, {'vector-effect': 'non-scaling-stroke'}));
  const area = s(`path.chart-area.color-${series[0].color}`);
  const description = s('desc', {id: `chart-${id}-desc`});
  const picture = s(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-labelledby': `chart-${id}-title chart-${id}-desc`,
    },
    s('title', {id: `chart-${id}-title`}, title),
    description,
    [0.5, HEIGHT / 2, HEIGHT - 0.5].map((y) =>
      s('line.chart-grid', {x1: 0, x2: WIDTH, y1: y, y2: y, 'vector-effect': 'non-scaling-stroke'}),
    ),
    series.length === 1 ? area : null,
    lines,
  );
  const cursor = h('div.chart-cursor', {hidden: true});
  const tip = h('div.chart-tip', {hidden: true});
  const top = h('span.chart-top', {'aria-hidden': 'true'});
  const plot = h(
    'div.chart-plot',
    {'aria-hidden': 'false', onpointermove: point, onpointerleave: leave},
    picture,
    cursor,
    tip,
    top,
  );
  const figures = series.map(({name, color}) => {
    const value = h('span.chart-value', {}, '–');
    return {
      value,
      node: h('span.chart-figure', {}, series.length > 1 ? h(`span.chart-name.color-${color}`, {}, name) : null, value),
    };
  });
  const node = h(
    'figure.chart',
    {},
    h(
      'figcaption',
      {},
      h('span.chart-title', {'aria-hidden': 'true'}, title),
      h(
        'span.chart-figures',
        {},
        figures.map((figure) => figure.node),
      ),
    ),
    plot,
  );
  let shown = {values: series.map(() => []), until: null, interval: 5};

  /** Shows these values, oldest first, the last one at the moment 'until'; null is a gap. */
  function update(values, until, interval) {
    shown = {values, until, interval};
    const known = values.flat().filter((value) => value !== null && value !== undefined);
    const highest = ceiling(Math.max(0, ...known));
    values.forEach((row, index) => attr(lines[index], 'd', path(row, highest)));
    if (series.length === 1) attr(area, 'd', closed(values[0], highest));
    values.forEach((row, index) => text(figures[index].value, write(row.at(-1) ?? null)));
    text(top, write(highest));
    text(description, series.map(({name}, index) => told(name, values[index], write)).join(' '));
  }

  function point(event) {
    const box = plot.getBoundingClientRect();
    const slot = Math.round(((event.clientX - box.left) / box.width) * (SLOTS - 1));
    const back = SLOTS - 1 - slot;
    const row = shown.values.map((values) => values[values.length - 1 - back]);
    const there = row.some((value) => value !== undefined) && shown.until !== null;
    show(cursor, there);
    show(tip, there);
    if (!there) return;
    const when = new Date(new Date(shown.until).getTime() - back * shown.interval * 1000).toISOString();
    text(
      tip,
      `${moment(when)}  ${series.map(({name}, index) => (series.length > 1 ? `${name} ` : '') + write(row[index] ?? null)).join('  ')}`,
    );
    cursor.style.left = `${(slot / (SLOTS - 1)) * 100}%`;
    tip.dataset.side = slot > SLOTS / 2 ? 'left' : 'right';
    tip.style[slot > SLOTS / 2 ? 'right' : 'left'] =
      `${slot > SLOTS / 2 ? 100 - (slot / (SLOTS - 1)) * 100 : (slot / (SLOTS - 1)) * 100}%`;
    tip.style[slot > SLOTS / 2 ? 'left' : 'right'] = 'auto';
  }

  function leave() {
    show(cursor, false);
    show(tip, false);
  }

  return {node, update};
}

const x = (index, length) => ((SLOTS - length + index) * WIDTH) / (SLOTS - 1);
const y = (value, highest) => HEIGHT - 1 - (value / highest) * (HEIGHT - 3);

/** Straight lines between neighbours; a value alone between gaps is a dot. */
function path(values, highest) {
  let drawing = false;
  return values
    .map((value, index) => {
      if (value === null) {
        drawing = false;
        return '';
      }
      const place = `${x(index, values.length).toFixed(1)} ${y(value, highest).toFixed(1)}`;
      const step = drawing ? `L${place}` : `M${place}h.01`;
      drawing = true;
      return step;
    })
    .join('');
}

function closed(values, highest) {
  if (values.length < 2) return '';
  const line = values.map((value, index) => `${x(index, values.length).toFixed(1)} ${y(value ?? 0, highest).toFixed(1)}`).join('L');
  return `M${line}L${WIDTH} ${HEIGHT}L${x(0, values.length).toFixed(1)} ${HEIGHT}Z`;
}

function told(name, values, write) {
  const known = values.filter((value) => value !== null);
  return known.length === 0
    ? `${name}: nothing in the last five minutes.`
    : `${name}: now ${write(values.at(-1))}, least ${write(Math.min(...known))}, most ${write(Math.max(...known))} in the last five minutes.`;
}
