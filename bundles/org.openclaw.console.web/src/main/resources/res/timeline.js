// How the latest turns of an agent ended, newest first.

import {h, keyed, show} from './dom.js';
import {millis, time} from './format.js';
import {pill, receipt} from './parts.js';

const LETTERS = '/system/console/dead-letters';
const OUTCOMES = {
  done: {kind: 'done', dot: 'serving'},
  failed: {kind: 'suspended', dot: 'waiting', means: 'is tried again'},
  dead: {kind: 'failed', dot: 'failed', means: 'set aside'},
  cancelled: {kind: 'passive', dot: 'passive', means: 'taken back before its turn'},
  expired: {kind: 'suspended', dot: 'waiting', means: 'expired before its turn'},
};

/** A section with the turns of an agent; update(turns) shows these. */
export function timeline() {
  const turns = h('ol.timeline', {tabindex: '0', 'aria-label': 'Turns, newest first'});
  const none = h('p.nothing', {}, 'None is remembered: the node keeps the latest of all agents, until it stops.');
  return {
    node: h('section', {}, h('div.section-head', {}, h('h2', {}, 'Recent turns')), h('div.panel', {}, turns, none)),
    update(all) {
      // a message that is tried again has a turn for each attempt
      keyed(
        turns,
        all,
        (turn) => `${turn.receipt} ${turn.at} ${turn.outcome}`,
        item,
        () => {},
      );
      show(turns, all.length > 0);
      show(none, all.length === 0);
    },
  };
}

function item(turn) {
  const {kind, dot, means} = OUTCOMES[turn.outcome] ?? {kind: 'passive', dot: 'passive'};
  return h(
    'li',
    {},
    h(`span.dot.is-${dot}`, {'aria-hidden': 'true'}),
    h('p.timeline-what', {}, h('code', {}, turn.type), ' ', pill(turn.outcome, kind), means ? h('span.quiet', {}, ` ${means}`) : null),
    h('p.timeline-when', {}, time(turn.at)),
    turn.cause ? h('p.cause', {}, turn.cause, turn.code ? [' ', h('code', {}, turn.code)] : null) : null,
    h(
      'p.timeline-more',
      {},
      turn.version ? `version ${turn.version}, ${millis(turn.millis)}, ` : null,
      turn.outcome === 'dead'
        ? h('a', {href: `${LETTERS}?letter=${encodeURIComponent(turn.receipt)}`}, 'dead letter')
        : receipt(turn.receipt),
    ),
  );
}
