// The API: its routes stand beside this page's own.
const KEY = 'function-key';
const PATIENCE = 45_000;

class ServerError extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? `the server answered ${status}`);
    this.status = status;
    this.errors = problem.errors ?? [];
    this.retryAfter = retryAfter;
  }

  static async of(response) {
    const retryAfter = Number(response.headers.get('Retry-After')) || null;
    try {
      return new ServerError(response.status, await response.json(), retryAfter);
    } catch {
      return new ServerError(response.status, {}, retryAfter);
    }
  }
}

class ServerGone extends Error {
  constructor() {
    super('The server does not answer.');
  }
}

// A seed may be larger than what JavaScript counts exactly.
const readJson = text => JSON.parse(text, (_, value, context) =>
  Number.isInteger(value) && !Number.isSafeInteger(value) && context && JSON.rawJSON ? JSON.rawJSON(context.source) : value);

let keyBeingAsked = null;

function askForKey(wasWrong) {
  keyBeingAsked ??= new Promise(resolve => {
    const dialog = document.getElementById('key');
    const input = document.getElementById('key-value');
    document.getElementById('key-why').textContent = wasWrong ? 'The key was not accepted.' : 'This app answers only who has a key.';
    input.value = '';
    dialog.oncancel = event => event.preventDefault();
    dialog.addEventListener('close', () => {
      // What no header can hold cannot be part of a key: it came along when that was copied.
      sessionStorage.setItem(KEY, input.value.replace(/[^\x21-\x7e]/g, ''));
      input.value = '';
      keyBeingAsked = null;
      resolve();
    }, { once: true });
    dialog.showModal();
  });
  return keyBeingAsked;
}

const hasKey = () => sessionStorage.getItem(KEY) !== null;

async function send(path, { headers = {}, ...options } = {}) {
  for (;;) {
    const key = sessionStorage.getItem(KEY);
    let response;
    try {
      response = await fetch(path, { ...options, cache: 'no-store', headers: key === null ? headers : { ...headers, 'x-functions-key': key } });
    } catch (error) {
      options.signal?.throwIfAborted();
      throw error instanceof TypeError ? new ServerGone() : error;
    }
    if (response.ok)
      return response;
    if (response.status !== 401)
      throw await ServerError.of(response);
    // Another request may have asked for the key meanwhile.
    if (sessionStorage.getItem(KEY) === key)
      await askForKey(key !== null);
  }
}

async function read(path, options) {
  const response = await send(path, options);
  try {
    return readJson(await response.text());
  } catch (error) {
    options?.signal?.throwIfAborted();
    throw error instanceof TypeError ? new ServerGone() : error;
  }
}

function pause(time, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, time);
    function done() {
      signal.removeEventListener('abort', stop);
      resolve();
    }
    function stop() {
      clearTimeout(timer);
      reject(signal.reason);
    }
    signal.throwIfAborted();
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** In what time it is of use to ask again, in seconds; null: never. */
function waitAfter(error, failures) {
  const usual = Math.min(10, 2 ** failures);
  return error instanceof ServerGone ? usual
    : error instanceof ServerError && [429, 502, 503, 504].includes(error.status) ? error.retryAfter ?? usual
    : error instanceof ServerError && error.status === 500 && failures < 3 ? usual
    : null;
}

/** Asks until there is an answer, and says what it waits for. */
async function patiently(act, signal) {
  for (let failures = 0; ; failures++) {
    try {
      const result = await act();
      if (failures > 0)
        notify();
      return result;
    } catch (error) {
      signal.throwIfAborted();
      const seconds = waitAfter(error, failures);
      if (seconds === null)
        throw error;
      const now = new AbortController();
      const countdown = make('span', { 'aria-hidden': 'true' });
      notify(`${sentence(error.message)} Trying again `, countdown, ' ', button('Try now', () => now.abort(), { class: 'small' }));
      try {
        for (let left = seconds; left > 0; left--) {
          countdown.textContent = `in ${left} s. `;
          await pause(1000, AbortSignal.any([signal, now.signal]));
        }
      } catch {
        signal.throwIfAborted();
      }
    }
  }
}

const sentence = text => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** Tells what went wrong, unless nobody looks at the view any more in which it did. */
function tellFailure(error, signal) {
  if (!signal.aborted)
    notify(sentence(error.message));
}

/** Takes it that an experiment is gone, which may be deleted from elsewhere or by a request whose answer was lost. */
function unlessGone(error) {
  if (error.status !== 404)
    throw error;
  return null;
}

const experimentPath = (id, rest = '') => `experiments/${encodeURIComponent(id)}${rest}`;

const getExperiment = (id, signal) => patiently(() => read(experimentPath(id), { signal }), signal);

const listExperiments = (top, continuation, signal) => patiently(
  () => read(`experiments?top=${top}${continuation ? `&continuation=${encodeURIComponent(continuation)}` : ''}`, { signal }), signal);

const once = {};

/** Reads what does not change while the server runs. */
async function readOnce(path, signal) {
  once[path] ??= await patiently(() => read(path, { signal }), signal);
  return once[path];
}

/** A file of an experiment, as a link; where a key is needed no link can send it, and the page fetches the file itself. */
function fileLink(text, path, fileName, opens) {
  if (!hasKey())
    return link(text, path, opens ? { target: '_blank', rel: 'noopener' } : { download: true });
  // Saved rather than opened: a page that is opened from here would be held to this page's policy, which lets no other script in.
  return link(text, path, {
    download: fileName,
    click: async event => {
      event.preventDefault();
      notify(`Fetching ${fileName} …`);
      try {
        const file = URL.createObjectURL(await (await send(path)).blob());
        link('', file, { download: fileName }).click();
        setTimeout(() => URL.revokeObjectURL(file), 60_000);
        notify();
      } catch (error) {
        notify(sentence(error.message));
      }
    },
  });
}
