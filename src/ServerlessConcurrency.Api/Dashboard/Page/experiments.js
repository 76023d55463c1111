// The list of experiments.
const PAGE = 100;
const STATUSES = ['pending', 'running', 'completed', 'cancelled', 'failed'];
const LOOK_INTERVAL = { busy: 3000, idle: 15_000 };

// Kept while one looks at an experiment and comes back.
const filter = { text: '', workload: '', status: '' };
const chosen = new Set();

const kindsOf = experiment => isOfClaims(experiment) ? ['claims'] : experiment.spec.workloads.map(workload => workload.kind);

const isFiltered = () => filter.text.trim() + filter.workload + filter.status !== '';

function isWanted(experiment) {
  const text = filter.text.trim().toLowerCase();
  return (filter.status === '' || experiment.status === filter.status)
    && (filter.workload === '' || kindsOf(experiment).includes(filter.workload))
    && (text === '' || [experiment.spec.name, experiment.id, measured(experiment), experiment.error ?? '', ...experiment.spec.models ?? []]
      .some(part => part.toLowerCase().includes(text)));
}

async function showExperiments(main, signal) {
  let experiments = [];
  let continuation = null;

  const rows = make('div', {});
  const told = make('p', { class: 'hint', role: 'status' });
  const older = button('Load older ones', loadOlder, { hidden: true });
  const compare = link('Compare', '#/compare', { class: 'button', hidden: true });
  const tooMany = hint();
  const workload = make('select', { id: newId(), change: () => change('workload', workload.value) }, option('', 'any'));
  const status = make('select', { id: newId(), change: () => change('status', status.value) }, option('', 'any'), STATUSES.map(value => option(value, value)));
  const text = make('input', { id: newId(), type: 'search', spellcheck: 'false', autocomplete: 'off', input: () => change('text', text.value) });

  put(main,
    heading('Experiments', link('Start one', '#/start', { class: 'button primary' })),
    make('form', { class: 'filter', role: 'search', 'aria-label': 'Filter', submit: event => event.preventDefault() },
      labelled(text, 'Name, id or model'), labelled(workload, 'Workload'), labelled(status, 'Status')),
    told, rows,
    make('div', { class: 'actions' }, compare, tooMany, older));
  text.value = filter.text;

  await load(null);
  for (;;) {
    await pause(experiments.every(hasEnded) ? LOOK_INTERVAL.idle : LOOK_INTERVAL.busy, signal);
    if (!document.hidden)
      await load(null);
  }

  async function load(after) {
    // The newest anew, as many as are shown.
    const top = after === null ? Math.min(LISTED, Math.max(PAGE, experiments.length)) : isFiltered() ? LISTED : PAGE;
    const page = await listExperiments(top, after, signal);
    if (after !== null) {
      experiments.push(...page.experiments);
      continuation = page.continuation;
    } else {
      // Those beyond what one answer holds stay.
      const last = page.continuation;
      const beyond = last === null ? [] : experiments.filter(experiment => experiment.id < last);
      if (beyond.length === 0)
        continuation = last;
      experiments = [...page.experiments, ...beyond];
    }
    update();
  }

  async function loadOlder() {
    older.disabled = true;
    const found = experiments.filter(isWanted).length;
    try {
      do
        await load(continuation);
      while (isFiltered() && continuation !== null && experiments.filter(isWanted).length <= found);
    } catch (error) {
      tellFailure(error, signal);
    } finally {
      older.disabled = false;
    }
  }

  function change(field, value) {
    filter[field] = value;
    update();
  }

  function update() {
    const kinds = [...new Set(experiments.flatMap(kindsOf))].sort();
    if (filter.workload !== '' && !kinds.includes(filter.workload))
      kinds.push(filter.workload);
    if ([...workload.options].map(({ value }) => value).join() !== ['', ...kinds].join())
      put(workload, option('', 'any'), kinds.map(kind => option(kind, kind)));
    workload.value = filter.workload;
    status.value = filter.status;
    const wanted = experiments.filter(isWanted);
    const present = new Set(experiments.map(experiment => experiment.id));
    // Those that are older than what is shown may still be there.
    [...chosen].filter(id => !present.has(id) && (continuation === null || id > experiments.at(-1).id)).forEach(id => chosen.delete(id));
    const now = experiments.length === 0 ? 'There are no experiments yet.'
      : isFiltered() ? `${count(wanted.length)} of ${continuation === null ? '' : 'the newest '}${counted(experiments.length, 'experiment')}${continuation === null ? '' : '; older ones were not searched'}.`
      : `${counted(experiments.length, 'experiment')}${continuation === null ? '' : '; there are older ones'}.`;
    if (told.textContent !== now)
      told.textContent = now;
    older.hidden = continuation === null;
    older.textContent = isFiltered() ? 'Search older ones' : 'Load older ones';
    const focused = document.activeElement?.dataset.id;
    const state = JSON.stringify(wanted);
    if (rows.dataset.state !== state) {
      rows.dataset.state = state;
      put(rows, wanted.length > 0 && table('Experiments, newest first', [
        { text: make('span', { class: 'unseen' }, 'Choose') }, 'Experiment', 'Status', { text: 'Started, UTC' }, { text: 'Took', class: 'n roomy' },
      ], wanted.map(row)));
      if (focused)
        rows.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
    }
    updateChoice();
  }

  function row(experiment) {
    const { id, status: state, spec, startedAt, finishedAt, progress } = experiment;
    const box = make('input', {
      type: 'checkbox', 'data-id': id, 'aria-label': `Compare ${spec.name}, ${id}`, disabled: isOfClaims(experiment) || !hasEnded(experiment),
      change: () => {
        box.checked ? chosen.add(id) : chosen.delete(id);
        updateChoice();
      },
    });
    box.checked = chosen.has(id);
    return make('tr', {},
      make('td', { class: 'choice' }, box),
      make('th', { scope: 'row', class: 'named' }, link(named(spec.name), `#/experiments/${encodeURIComponent(id)}`, { 'data-id': `${id}/link` }), make('small', {}, named(measured(experiment)))),
      make('td', {}, chip(state), state === 'running' && make('small', {}, `${count(progress.runsDone)} of ${count(progress.runsTotal)}`)),
      make('td', { class: 'time' }, minute(startedAt)),
      make('td', { class: 'n roomy' }, finishedAt ? duration(startedAt, finishedAt) : NONE));
  }

  function updateChoice() {
    const [before, after] = [...chosen].sort();
    compare.hidden = chosen.size !== 2;
    tooMany.textContent = chosen.size > 2 ? `${count(chosen.size)} are chosen; choose two to compare them.` : '';
    if (chosen.size === 2)
      compare.href = `#/compare/${encodeURIComponent(after)}/${encodeURIComponent(before)}`;
  }
}

const labelled = (input, text) => make('div', { class: 'field' }, make('label', { for: input.id }, text), input);
