// One experiment: how far it is, and what it found.
async function showExperiment(main, signal, id) {
  const description = await readOnce('openapi.json', signal);
  const meta = make('p', { class: 'meta' });
  const state = make('div', {});
  const actions = make('div', { class: 'actions' });
  const outcome = make('div', {});
  const bar = make('progress', { 'aria-label': 'Progress' });
  const current = make('p', {});
  const waits = make('p', { class: 'hint' });
  const status = make('span', { role: 'status' });
  let told = null;

  await follow(id, signal, now => {
    if (told === null) {
      put(main, heading(named(now.spec.name), status), meta, state, actions, outcome);
      document.title = `${visible(now.spec.name)} – ServerlessConcurrency`;
    }
    if (told?.status !== now.status) {
      put(status, chip(now.status));
      put(meta, facts(now));
      const focused = actions.contains(document.activeElement) ? document.activeElement.textContent : null;
      put(actions, actionsOf(now));
      if (focused !== null)
        ([...actions.querySelectorAll('a, button')].find(({ textContent }) => textContent === focused) ?? main.querySelector('h1')).focus();
      put(state, !hasEnded(now) && make('div', { class: 'card' }, bar, current, waits));
      put(outcome, hasEnded(now) && outcomeOf(now));
    }
    const { runsDone, runsTotal, currentRun, waitsFor, waitingTimings } = now.progress;
    bar.max = Math.max(1, runsTotal);
    bar.value = runsDone;
    current.textContent = visible(now.status === 'pending' ? now.environment.engine === 'local' ? 'It waits for its turn: experiments run one at a time.' : 'It has not begun yet.'
      : `${count(runsDone)} of ${counted(runsTotal, isOfClaims(now) ? 'claim' : 'run')} done${currentRun ? `; ${currentRun}` : ''}`);
    waits.textContent = visible([
      waitsFor && `Measures on to decide ${waitsFor}.`,
      waitingTimings > 0 && `${counted(waitingTimings, 'timing waits', 'timings wait')} to be stored.`,
    ].filter(part => part).join(' '));
    told = now;
  });

  function facts({ id, startedAt, finishedAt, environment, spec }) {
    return [
      id, `started ${moment(startedAt)}`, finishedAt && `took ${duration(startedAt, finishedAt)}`,
      `${environment.engine} engine`, `${counted(environment.processors, 'processor')}${environment.cpu ? `, ${environment.cpu}` : ''}`, environment.runtime,
    ].filter(part => part).flatMap((part, index) => index > 0 ? [' · ', named(part)] : [named(part)]).concat(make('br'), named(measured({ spec })));
  }

  function actionsOf(now) {
    const file = (text, route, fileName, opens) => fileLink(text, experimentPath(id, `/${route}`), `${id}-${fileName}`, opens);
    const formats = description.paths['/api/experiments/{id}/timings'].get.parameters[0].schema.enum;
    return [
      make('div', { class: 'links' },
        file(hasEnded(now) ? 'Report' : 'Report so far', 'report', 'report.html', true),
        hasEnded(now) && !isOfClaims(now) && [
          make('span', {}, 'Timings: ', formats.map((format, index) => [index > 0 && ', ', file(format, `timings?format=${encodeURIComponent(format)}`, `timings.${format}`)])),
          file('Trace for Perfetto', 'trace', 'trace.json'),
          link('Compare', `#/compare/${encodeURIComponent(id)}`),
          link('Over time', `#/trend/${encodeURIComponent(id)}`),
        ],
        link('Start again', `#/start/${encodeURIComponent(id)}`)),
      !hasEnded(now) && button('Cancel', cancel),
      button('Delete', remove, { class: 'danger' }),
    ];
  }

  async function cancel(event) {
    await act(event.currentTarget, 'Cancelling …', () => send(experimentPath(id, '/cancel'), { method: 'POST', signal }));
  }

  async function remove(event) {
    const pressed = event.currentTarget;
    const name = visible(told.spec.name);
    if (!await ask(`Delete ${name}?`, `${id} with its timings and its report will be gone for good${hasEnded(told) ? '' : '; it is still under way'}.`, 'Delete', signal))
      return;
    await act(pressed, 'Deleting …', async () => {
      await send(experimentPath(id), { method: 'DELETE', signal }).catch(unlessGone);
      addEventListener('hashchange', () => notify('Deleted ', named(name), '.'), { once: true });
      location.hash = '#/';
    });
  }

  async function act(pressed, saying, action) {
    const label = pressed.textContent;
    pressed.disabled = true;
    pressed.textContent = saying;
    try {
      await patiently(action, signal);
    } catch (error) {
      tellFailure(error, signal);
    } finally {
      pressed.disabled = false;
      pressed.textContent = label;
      // What is disabled loses the focus.
      if (document.activeElement === document.body)
        (pressed.isConnected ? pressed : main.querySelector('h1')).focus();
    }
  }
}

function outcomeOf(experiment) {
  return [
    make('p', {}, outcomeText(experiment)),
    experiment.error && make('p', { class: 'card bad' }, experiment.error),
    ...isOfClaims(experiment) ? [claimTable(experiment)] : [answers(experiment), medians(experiment)],
    findings(experiment),
  ];
}

function answers({ recommendation }) {
  return recommendation.length > 0 && make('section', {}, make('h2', {}, 'Answer'), make('ul', { class: 'answers' }, recommendation.map(entry => make('li', { class: entry.model === null && 'none' },
    make('p', { class: 'of' }, `${entry.workload} ${count(entry.size)}`), make('h3', {}, answer(entry)), make('p', {}, explanation(entry))))));
}

const SURE_ROUNDS = 6;

const lessSure = () => hint(`With fewer than ${SURE_ROUNDS} rounds an interval is less sure than 95 %.`);

const groups = (rows, keyOf) => [...Map.groupBy(rows, keyOf).values()];

const interval = (low, high, write) => low === null || low === undefined ? NONE : `${write(low)} to ${write(high)}`;

/** A row for each model: those with figures, then the others of the spec, whose runs all failed or never were. */
function rowsOf({ analysis, runs, spec }, { kind, size }) {
  const of = row => row.workload === kind && row.size === size;
  const known = analysis.filter(of);
  return [...known, ...spec.models.filter(model => !known.some(row => row.model === model)).map(model => ({
    model, verdict: runs.some(run => of(run) && run.model === model) ? 'failed' : null,
  }))];
}

function medians(experiment) {
  const { analysis, runs, spec } = experiment;
  return runs.length > 0 && make('section', {}, make('h2', {}, 'Medians'), analysis.some(row => row.rounds < SURE_ROUNDS) && lessSure(), spec.workloads.map(workload => {
    const rows = rowsOf(experiment, workload);
    const slowest = Math.max(...rows.map(row => row.medianMs).filter(Number.isFinite));
    return table(`${workload.kind}, size ${count(workload.size)}`, [
      'Model', { text: 'Median ms', class: 'n' }, { text: '95 % CI', class: 'n' }, { text: 'Speed-up', class: 'n' }, { text: '95 % CI', class: 'n' }, 'Verdict',
      { text: 'p (Holm)', class: 'n' }, { text: 'Degree', class: 'n' }, { text: 'Rounds', class: 'n' },
    ], rows.map(row => make('tr', {},
      rowHead(named(row.model)),
      figure(milliseconds(row.medianMs), meter(row.medianMs / slowest)), figure(interval(row.ciLowMs, row.ciHighMs, milliseconds)),
      figure(make('b', {}, ratio(row.speedup))), figure(interval(row.speedupLow, row.speedupHigh, ratio)),
      make('td', {}, make('span', { class: `verdict ${row.verdict ?? ''}` }, words(row.verdict))),
      figure(pValue(row.adjustedPValue)), figure(count(row.degree)), figure(count(row.rounds)))));
  }));
}

const meter = share => Number.isFinite(share) && draw('svg', { class: 'bar', width: 72, height: 3, 'aria-hidden': 'true' },
  draw('rect', { width: 72 * share, height: 3 }));

function claimTable({ claims }) {
  const verdict = evidence => [make('span', { class: `verdict ${evidence.failed ? 'failed' : evidence.verdict}` }, claimVerdict(evidence)), evidence.reason && make('small', {}, evidence.reason)];
  return claims.length > 0 && make('section', {}, make('h2', {}, 'Claims'), table('Claims and what was found of them', ['Claim', 'Statement', '.NET', 'CPython'],
    claims.map(claim => make('tr', {}, rowHead(claim.id), make('td', {}, claim.statement),
      make('td', {}, verdict(claim.dotNet), claim.emulated && make('div', { class: 'emulated' }, make('span', { class: 'of' }, EMULATION), ' ', verdict(claim.emulated))),
      make('td', {}, verdict(claim.cPython))))));
}

function findings({ findings }) {
  return findings.length > 0 && make('section', {}, make('h2', {}, 'Findings'), make('ul', { class: 'findings' }, findings.map(({ severity, message, code }) =>
    make('li', { class: severity }, make('b', {}, words(severity)), ' ', message, ' ', make('code', {}, code)))));
}
