// Which view is shown: the part of the address after #, e.g. #/experiments/20260131-093000-k7qd.
const VIEWS = { '': showExperiments, start: showStart, experiments: showExperiment, trend: showTrend, compare: showComparison };
const TITLES = { '': 'Experiments', start: 'Start', experiments: 'Experiment', trend: 'Over time', compare: 'Compare' };

let leaving = new AbortController();
let isFirst = true;

async function show() {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const [given, ...parameters] = location.hash.replace(/^#\/?/, '').split('/').map(readable);
  const name = Object.hasOwn(VIEWS, given) ? given : '';
  const main = document.getElementById('main');
  document.title = `${TITLES[name]} – ServerlessConcurrency`;
  document.querySelectorAll('nav a').forEach(entry =>
    entry.getAttribute('href') === `#/${name}` ? entry.setAttribute('aria-current', 'page') : entry.removeAttribute('aria-current'));
  put(main, hint('Reading …'));
  if (!isFirst)
    main.focus();
  isFirst = false;
  try {
    await VIEWS[name](main, signal, ...parameters);
  } catch (error) {
    if (signal.aborted)
      return;
    if (!(error instanceof ServerError))
      console.error(error);
    put(main, heading(error.status === 404 ? 'It is not there' : 'Something went wrong'),
      make('p', { class: 'card bad', role: 'alert' }, sentence(error.message), error.status === 404 && ' It may have been deleted from elsewhere.'),
      make('p', {}, link('All experiments', '#/')));
  }
}

function readable(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function tellEngine() {
  const { engine, version } = await readOnce('health', new AbortController().signal);
  document.getElementById('engine').textContent = visible(`${engine} engine, ${version}`);
}

document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  document.getElementById('main').focus();
});
addEventListener('hashchange', () => {
  notify();
  show();
});
show();
tellEngine().catch(() => {});
