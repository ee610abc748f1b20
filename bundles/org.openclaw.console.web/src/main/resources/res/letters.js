// What is done with dead letters, one or many.

import {post, remove} from './api.js';
import {ask} from './dialog.js';
import {h} from './dom.js';
import {many} from './format.js';

export const letterPath = (id) => `/dead-letters/${encodeURIComponent(id)}`;

/** Asks whether a letter may be forgotten, and forgets it. */
export function discarding(page, {receipt, type, to}) {
  ask({
    title: 'Discard this dead letter?',
    content: h('p', {}, h('code', {}, type), ` to ${to} is forgotten with what it holds. This is final.`),
    action: 'Discard',
    danger: true,
    run: async () => {
      await remove(letterPath(receipt));
      page.settled(`The ${type} to ${to} is discarded.`);
    },
  });
}

/** Lets its agent try a letter again. */
export const redrive = (page, {receipt, type, to}) =>
  page.act(`The ${type} waits for ${to} again.`, () => post(`${letterPath(receipt)}/redrive`));

/** Asks whether all of these may be tried again, and goes through them one by one. */
export function redrivingAll(page, letters) {
  ask({
    title: `Redrive ${many(letters.length, 'dead letter')}?`,
    content: h(
      'p',
      {},
      'Each goes into the inbox of its agent again, behind what waits there, and has all its attempts anew. Mend the cause',
      ' first: otherwise they come back.',
    ),
    action: 'Redrive',
    run: async () => {
      const refused = [];
      for (const {receipt} of letters) await post(`${letterPath(receipt)}/redrive`).catch((failure) => refused.push(failure));
      const done = letters.length - refused.length;
      page.refresh();
      if (refused.length > 0)
        throw new Error(`${many(done, 'message')} redriven, ${many(refused.length, 'message')} not. ${refused[0].message}`);
      page.settled(`${many(done, 'message')} redriven.`);
    },
  });
}
