// The menu on small screens: a button opens and closes it.

const frame = document.getElementById('frame');
const button = frame.querySelector('.frame-menu');

button.addEventListener('click', () => open(!frame.hasAttribute('data-open')));
frame.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && frame.hasAttribute('data-open')) {
    open(false);
    button.focus();
  }
});

function open(wanted) {
  frame.toggleAttribute('data-open', wanted);
  button.setAttribute('aria-expanded', String(wanted));
}
