// Questions before something is done. The browser's own dialogs: Escape closes them, and the focus goes back.

import {h, show, text} from './dom.js';

let last = 0;

/**
 * Asks, and does it on yes. What the server refuses is shown inside, and the dialog stays for another try.
 *
 * @param title a question or what is to be done
 * @param content elements below it; named fields reach run
 * @param action the words on the button
 * @param danger whether it cannot be taken back: then the focus is on Cancel
 * @param run does it; gets the form's data
 */
export function ask({title, content, action, danger = false, run}) {
  const id = `dialog-${++last}`;
  const refused = h('p.problem', {role: 'alert', hidden: true});
  const go = h(danger ? 'button.danger' : 'button.primary', {type: 'submit'}, action);
  const cancel = h('button', {type: 'button', autofocus: danger, onclick: () => dialog.close()}, 'Cancel');
  const form = h(
    'form',
    {onsubmit: submit},
    h('h2', {id}, title),
    h('div.dialog-content', {}, content),
    refused,
    h('div.dialog-actions', {}, cancel, go),
  );
  const dialog = h('dialog', {'aria-labelledby': id, onclose: () => dialog.remove()}, form);

  async function submit(event) {
    event.preventDefault();
    go.disabled = true;
    show(refused, false);
    try {
      await run(new FormData(form));
      dialog.close();
    } catch (failure) {
      text(refused, failure.message);
      show(refused, true);
    } finally {
      go.disabled = false;
    }
  }

  document.body.append(dialog);
  dialog.showModal();
}

/** A field of a dialog with its label and an explanation. */
export function field(label, input, explanation) {
  const id = `field-${++last}`;
  input.id = id;
  if (explanation) input.setAttribute('aria-describedby', `${id}-hint`);
  return h(
    'div.field',
    {},
    h('label', {for: id}, label),
    input,
    explanation ? h('p.quiet', {id: `${id}-hint`}, explanation) : null,
  );
}
