// What a message holds: it may be meant for its agent alone, so nobody sees it in passing.

import {h} from './dom.js';
import {json} from './json.js';
import {problem} from './notices.js';
import {copyButton} from './parts.js';

/**
 * A button that makes room for a body.
 *
 * @param label what the button says
 * @param fetched gives the body; undefined when it is not there any more, or too large to be shown
 */
export function reveal(label, fetched) {
  const place = h('div.reveal', {}, h('button', {type: 'button', onclick: open}, label));
  async function open() {
    try {
      const data = await fetched();
      if (data === undefined) throw new Error('The body is not there any more, or too large to be shown here.');
      const view = json();
      view.update(data);
      place.replaceChildren(h('p.reveal-tools', {}, copyButton(JSON.stringify(data, null, 2), 'the body')), view.node);
      view.node.focus();
    } catch (failure) {
      problem(failure);
    }
  }
  return place;
}
