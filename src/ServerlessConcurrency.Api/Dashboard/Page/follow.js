// An experiment while it is under way.
const POLL_INTERVAL = 2000;

// The Functions app has no events.
let hasEvents = true;

function untilVisible(signal) {
  return new Promise((resolve, reject) => {
    if (!document.hidden)
      return resolve();
    document.addEventListener('visibilitychange', () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Tells what is known of an experiment, again and again until it has ended. */
async function follow(id, signal, tell) {
  for (;;) {
    await untilVisible(signal);
    const now = await getExperiment(id, signal);
    tell(now);
    if (hasEnded(now) || hasEvents && await listen(id, signal, tell))
      return;
    await pause(POLL_INTERVAL, signal);
  }
}

/** @returns Whether the experiment has ended; else nothing comes any more, and the server is to be asked. */
async function listen(id, signal, tell) {
  // Browsers hold few connections to a server: a page that nobody sees gives its own back.
  const end = new AbortController();
  const leave = () => end.abort();
  const hide = () => document.hidden && leave();
  let silence = setTimeout(leave, PATIENCE);
  document.addEventListener('visibilitychange', hide);
  try {
    const response = await send(experimentPath(id, '/events'), { signal: AbortSignal.any([signal, end.signal]) });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done)
        return false;
      clearTimeout(silence);
      silence = setTimeout(leave, PATIENCE);
      const events = (text + value).split('\n\n');
      text = events.pop();
      for (const event of events.filter(event => event.startsWith('data: '))) {
        const now = readJson(event.slice('data: '.length));
        tell(now);
        if (hasEnded(now))
          return true;
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ServerError && error.status === 404) {
      // Of an experiment that is gone the server says so here too, and events are there for others.
      await getExperiment(id, signal);
      hasEvents = false;
    }

    return false;
  } finally {
    clearTimeout(silence);
    end.abort();
    document.removeEventListener('visibilitychange', hide);
  }
}
