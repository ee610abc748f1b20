// The HTTP API, version 1, with the session of whoever looks at the page. The browser sends Origin and Sec-Fetch-Site
// with it, which the API asks of every change.

const ROOT = '/v1';
const LOGIN = '/system/console/login';

/** What the API refused, in its own words (RFC 9457). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? `The server answered ${status} and did not say why. Its log may: logs/openclaw.log.`);
    this.status = status;
    this.code = body.code ?? '';
    this.body = body;
  }
}

/** Nobody answered: the server is stopped, starting, or out of reach. */
export class Away extends Error {
  constructor() {
    super("The server does not answer. It may be starting again; if not, start it with 'claw run'.");
  }
}

export const get = (path, signal) => call('GET', path, {signal});
export const put = (path, json) => call('PUT', path, json === undefined ? {} : body(json, 'application/json'));
export const post = (path, json) => call('POST', path, json === undefined ? {} : body(json, 'application/json'));
/** Posts JSON as it was written. */
export const postText = (path, text) => call('POST', path, {body: text, headers: {'Content-Type': 'application/json'}});
export const patch = (path, json) => call('PATCH', path, body(json, 'application/merge-patch+json'));
export const remove = (path) => call('DELETE', path, {});

const body = (json, type) => ({body: JSON.stringify(json), headers: {'Content-Type': type}});

async function call(method, path, request) {
  let response;
  try {
    response = await fetch(ROOT + path, {method, credentials: 'same-origin', cache: 'no-store', ...request});
  } catch (failure) {
    throw failure.name === 'AbortError' ? failure : new Away();
  }
  return answer(response.status, await response.text().catch(() => ''));
}

/** The JSON of an answer; throws what was refused, and leads to the login where nobody is logged in any more. */
function answer(status, content) {
  if (status === 401) {
    login();
    return new Promise(() => {});
  }
  const json = parsed(content);
  if (status >= 400) throw new Problem(status, json ?? {});
  return json;
}

function parsed(content) {
  try {
    return content === '' ? null : JSON.parse(content);
  } catch {
    return null;
  }
}

let leaving = false;

/** To the login, and from there back to this very view. */
function login() {
  if (leaving) return;
  leaving = true;
  location.assign(`${LOGIN}?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Sends a jar and waits for its verdict; tells how much of it has gone out (0 to 1). */
export function upload(file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${ROOT}/bundles?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Content-Type', 'application/java-archive');
    request.setRequestHeader('Prefer', 'wait=60');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.upload.addEventListener('load', () => progress(1));
    request.addEventListener('error', () => reject(new Away()));
    request.addEventListener('load', () => {
      try {
        resolve(answer(request.status, request.responseText));
      } catch (problem) {
        reject(problem);
      }
    });
    request.send(file);
  });
}

/** The path of an agent; a key may hold slashes, which stay. */
export function agentPath(address) {
  return `/agents/${address.split('/').map(encodeURIComponent).join('/')}`;
}
