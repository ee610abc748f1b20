// What the suspended turn of an agent waits for, and the answer to a signal.

import {postText} from './api.js';
import {ask, field} from './dialog.js';
import {h, show} from './dom.js';
import {time} from './format.js';
import {list} from './list.js';
import {href} from './page.js';

/** What an answer may look like, by what it is read as. */
const EXAMPLES = {
  'java.lang.String': '"yes"',
  'java.lang.Boolean': 'true',
  'java.lang.Integer': '1',
  'java.lang.Long': '1',
};

/** A section that is there only while something is waited for; update(waits) shows these. */
export function waits(page) {
  const made = list({
    title: 'Waits for',
    names: ['What', 'Since', 'Until', 'Answer read as'],
    nothing: 'Nothing.',
    key: (wait) => JSON.stringify(wait),
    row: (wait) => row(page, wait),
  });
  return {
    node: made.node,
    update(all) {
      made.update(all);
      show(made.node, all.length > 0);
    },
  };
}

function row(page, wait) {
  const what = wait.asked ? ['the reply of ', h('a', {href: href({agent: wait.asked})}, wait.asked)] : wait.name;
  const answer =
    wait.signal && page.operator
      ? h('div.reveal', {}, h('button', {type: 'button', onclick: () => answering(page, wait)}, 'Answer'))
      : null;
  return h(
    'tr',
    {},
    h('th', {scope: 'row'}, what, answer),
    h('td', {}, time(wait.since)),
    h('td', {}, time(wait.until)),
    h('td.long', {}, h('code', {}, wait.answer)),
  );
}

/** Asks for the answer to a signal, and gives it. It goes out as it was written: numbers keep all their digits. */
function answering(page, {agent, name, signal, answer, messageType}) {
  ask({
    title: `Answer '${name}'?`,
    content: [
      h('p', {}, `The turn of ${agent} for ${messageType} goes on with it. A signal is answered once.`),
      field(
        'Answer',
        h('textarea', {
          name: 'answer',
          required: true,
          autofocus: true,
          rows: 4,
          placeholder: EXAMPLES[answer] ?? '{}',
          autocomplete: 'off',
          autocapitalize: 'none',
          spellcheck: 'false',
        }),
        `JSON, which is read as ${answer}.`,
      ),
    ],
    action: 'Answer',
    run: async (form) => {
      await postText(`/signals/${encodeURIComponent(signal)}`, form.get('answer'));
      page.settled(`'${name}' is answered: ${agent} goes on.`);
    },
  });
}
