// Two experiments, run by run.
async function showComparison(main, signal, afterId, beforeId) {
  const page = await listExperiments(LISTED, null, signal);
  const known = new Map(page.experiments.filter(experiment => hasEnded(experiment) && !isOfClaims(experiment)).map(experiment => [experiment.id, experiment]));
  for (const id of [beforeId, afterId].filter(id => id && !known.has(id)))
    known.set(id, await getExperiment(id, signal));
  const choice = chosenId => {
    const select = make('select', { id: newId(), change }, option('', 'choose'),
      [...known.values()].map(({ id, spec, startedAt }) => option(id, `${minute(startedAt)} ${spec.name} (${id.slice(-4)})`)));
    select.value = chosenId ?? '';
    return select;
  };
  const before = choice(beforeId);
  const after = choice(afterId);
  const outcome = make('div', {});
  put(main, heading('Compare two experiments'),
    make('div', { class: 'filter' }, labelled(before, 'Before'), labelled(after, 'After'), button('Swap', () => {
      [before.value, after.value] = [after.value, before.value];
      change();
    })), page.continuation !== null && hint(`The newest ${count(LISTED)} experiments can be chosen.`), outcome);
  await update();

  // The address follows without a new view, which would take the focus away from what is being chosen.
  function change() {
    history.replaceState(null, '', `#/compare/${encodeURIComponent(after.value)}/${encodeURIComponent(before.value)}`);
    update();
  }

  async function update() {
    const pair = [after.value, before.value];
    const parts = await partsOf(...pair);
    if (pair[0] === after.value && pair[1] === before.value)
      put(outcome, parts);
  }

  async function partsOf(afterId, beforeId) {
    if (!beforeId || !afterId)
      return [hint(known.size < 2 && page.continuation === null ? 'There are not yet two experiments to compare.' : 'Choose two experiments that measured the same workloads.')];
    try {
      return comparisonOf(await patiently(() => read(`${experimentPath(afterId, '/comparison')}?with=${encodeURIComponent(beforeId)}`, { signal }), signal));
    } catch (error) {
      return signal.aborted ? [] : [make('p', { class: 'card bad', role: 'alert' }, sentence(error.message))];
    }
  }
}

function verdictOf(runs) {
  return runs.afterMs === null ? 'failed' : runs.beforeMs === null ? 'failed before' : runs.hasOtherResults ? 'other results' : words(runs.verdict);
}

function comparisonOf(comparison) {
  const { before, after, runs, notes, warnings, onlyBefore, onlyAfter } = comparison;
  const remarks = [
    ...warnings.map(text => ['warning', text]), ...notes.map(text => ['info', text]),
    ...[[before, onlyBefore], [after, onlyAfter]].filter(([, kinds]) => kinds.length > 0).map(([id, kinds]) => ['info', `Only in ${id}: ${kinds.join(', ')}`]),
  ];
  return [
    ...groups(runs, row => `${row.workload} ${row.size} ${row.tasks}`).map(rows => make('section', {},
      table(`${rows[0].workload}, size ${count(rows[0].size)}, ${counted(rows[0].tasks, 'task')}`, [
        'Model', { text: 'Before ms', class: 'n' }, { text: 'After ms', class: 'n' }, { text: 'After / before', class: 'n' }, { text: '95 % CI', class: 'n' },
        { text: 'p (Holm)', class: 'n' }, 'Verdict',
      ], rows.map(row => make('tr', {},
        rowHead(named(row.model)), figure(milliseconds(row.beforeMs)), figure(milliseconds(row.afterMs)), figure(make('b', {}, ratio(row.ratio))),
        figure(interval(row.ratioLow, row.ratioHigh, ratio)), figure(pValue(row.adjustedPValue)),
        make('td', {}, make('span', { class: `verdict ${row.afterMs === null || row.hasOtherResults ? 'slower' : row.verdict ?? ''}` }, verdictOf(row)))))))),
    runs.length > 0 && lessSure(),
    remarks.length > 0 && make('ul', { class: 'findings' }, remarks.map(([severity, text]) => make('li', { class: severity }, sentence(text)))),
  ];
}
