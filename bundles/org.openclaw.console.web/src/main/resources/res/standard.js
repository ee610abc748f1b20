// Puts our frame around the console's standard tabs, in place of their own head and menu.

const HOME = '/system/console/overview';

const answer = await fetch(HOME);
if (answer.ok) {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const frame = document.adoptNode(page.getElementById('frame'));
  mark(frame);
  document.body.prepend(frame);
  document.getElementById('content')?.setAttribute('role', 'main');
  await import('./frame.js');
}

/** Marks the tab that is shown, which may be a page below it. */
function mark(frame) {
  for (const link of frame.querySelectorAll('.frame-nav a')) {
    link.removeAttribute('aria-current');
    if (location.pathname === link.pathname || location.pathname.startsWith(`${link.pathname}/`)) {
      link.setAttribute('aria-current', 'page');
      link.closest('details')?.setAttribute('open', '');
    }
  }
}
