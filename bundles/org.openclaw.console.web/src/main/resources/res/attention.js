// What needs attention: each finding with why it matters and what to do, and where to look.

import {fill, h, show, text} from './dom.js';
import {count, many} from './format.js';
import {icon, sentence} from './parts.js';

const CONSOLE = '/system/console';
const FEW = 4;

/** Where a finding is looked into. */
function place({id, subject}) {
  if (id === 'bundle.refused' || id === 'bundle.flagged') return `${CONSOLE}/deployments?file=${encodeURIComponent(subject)}`;
  if (id === 'bundle.pin') return `${CONSOLE}/deployments?view=versions`;
  if (id === 'trust.problem') return `${CONSOLE}/deployments?view=trust`;
  if (id === 'type.stranded') return `${CONSOLE}/agents?state=stranded`;
  if (id === 'agents.quarantined') return `${CONSOLE}/agents?state=quarantined`;
  if (id === 'agents.suspended') return `${CONSOLE}/agents?state=suspended`;
  if (id === 'type.suspended') return `${CONSOLE}/agents?view=types&name=${encodeURIComponent(subject)}`;
  if (id === 'dead-letters.waiting') return `${CONSOLE}/dead-letters`;
  return null;
}

export function attention(page) {
  const list = h('ul.findings', {});
  const title = h('h2', {id: 'attention'}, 'Needs attention');
  const calm = h('p.calm', {}, icon('check'), 'Nothing needs attention.');
  const more = h('button.more', {type: 'button', onclick: () => page.go({...current, attention: 'all'}, {replace: true})}, '');
  const panel = h('div.panel', {}, list, more);
  const node = h('section.attention', {'aria-labelledby': 'attention'}, title, calm, panel);
  let current = {};
  let known = [];

  function open(query) {
    current = query;
    draw();
  }

  function update({attention: findings}) {
    known = findings;
    draw();
    fill(title, findings.length, (number) =>
      number === 0 ? 'Needs attention' : `${many(number, 'thing needs', 'things need')} attention`,
    );
    show(calm, findings.length === 0);
    show(title, findings.length > 0);
    show(panel, findings.length > 0);
  }

  function draw() {
    const visible = current.attention === 'all' ? known : known.slice(0, FEW);
    fill(list, visible, (all) => all.map(finding));
    show(more, visible.length < known.length);
    text(more, `Show all ${count(known.length)}`);
  }

  return {node, open, update};
}

function finding(found) {
  const where = place(found);
  return h(
    `li.finding.is-${found.severity}`,
    {},
    h(
      'span.finding-icon',
      {title: found.severity},
      icon(found.severity === 'error' ? 'error' : 'warning'),
      h('span.unseen', {}, `${found.severity}: `),
    ),
    h('div', {}, h('p.finding-text', {}, found.text), h('p.finding-why', {}, found.why)),
    h('p.finding-cure', {}, sentence(found.cure)),
    where ? h('a.finding-link', {href: where}, 'Look', h('span.unseen', {}, ` at ${found.subject}`)) : null,
  );
}
