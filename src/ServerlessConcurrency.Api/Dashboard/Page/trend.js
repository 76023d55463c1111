// One spec over time: the medians of experiments that asked for the same, or have the same name.
const TREND_LENGTH = 30;
const LISTED = 1000;

// What was asked for, whatever it is called.
const askedFor = ({ name, ...spec }) => JSON.stringify(spec);

// Medians are of whole runs, which are as long as they have tasks.
const tasksOf = ({ spec }, { workload, size }) => spec.workloads.find(asked => asked.kind === workload && asked.size === size)?.tasks;

async function showTrend(main, signal, id) {
  const reference = await getExperiment(id, signal);
  const same = make('select', { id: newId(), change: update }, option('spec', 'the same spec'), option('name', 'the same name'));
  const models = make('select', { id: newId(), change: () => render() }, option('all', 'every model'), option('best', 'the recommended model'));
  const told = make('p', { class: 'hint', role: 'status' });
  const charts = make('div', {});
  let documents = [];
  let updates = 0;
  put(main,
    heading(['Over time: ', named(reference.spec.name)]),
    make('p', { class: 'meta' }, named(measured(reference))),
    make('div', { class: 'filter' }, labelled(same, 'Experiments with'), labelled(models, 'Shown')),
    told, charts);
  await update();

  async function update() {
    const turn = ++updates;
    told.textContent = 'Reading …';
    try {
      await readDocuments(() => turn === updates);
    } catch (error) {
      if (turn === updates)
        told.textContent = '';
      tellFailure(error, signal);
    }
  }

  async function readDocuments(isNewest) {
    const isSame = same.value === 'spec'
      ? other => askedFor(other.spec) === askedFor(reference.spec)
      : other => other.spec.name === reference.spec.name && !isOfClaims(other);
    const page = await listExperiments(LISTED, null, signal);
    const wanted = page.experiments.filter(other => other.status === 'completed' && isSame(other));
    const found = [];
    for (const { id } of wanted.slice(0, TREND_LENGTH).reverse()) {
      if (!isNewest())
        return;
      found.push(await getExperiment(id, signal).catch(unlessGone));
    }

    if (!isNewest())
      return;
    documents = found.filter(document => document !== null);
    told.textContent = `${counted(documents.length, 'completed experiment')} with ${same.selectedOptions[0].textContent}${
      wanted.length > TREND_LENGTH ? '; older ones are left out' : page.continuation !== null ? `, of the newest ${count(LISTED)}` : ''}.`;
    render();
  }

  function render() {
    const all = documents.flatMap(document => document.analysis.map(row => ({ document, row })));
    put(charts, groups(all, ({ document, row }) => `${row.workload} ${row.size} ${tasksOf(document, row)}`).map(entries => {
      const { workload, size } = entries[0].row;
      const title = `${workload}, size ${count(size)}, ${counted(tasksOf(entries[0].document, entries[0].row), 'task')}`;
      const of = (document, model) => entries.find(entry => entry.document === document && entry.row.model === model)?.row;
      const series = models.value === 'best'
        ? [{ name: 'recommended', rowOf: document => of(document, document.recommendation.find(entry => entry.workload === workload && entry.size === size)?.model) }]
        : [...new Set(entries.map(({ row }) => row.model))].map(model => ({ name: model, rowOf: document => of(document, model) }));
      const lines = series.map(({ name, rowOf }) => ({
        name,
        points: documents.map(rowOf).map(row => Number.isFinite(row?.medianMs) ? { value: row.medianMs, low: row.ciLowMs, high: row.ciHighMs } : null),
      })).filter(line => line.points.some(point => point !== null));
      if (lines.length === 0)
        return make('section', { class: 'card' }, make('h2', {}, title), make('p', {}, 'No model is recommended in any of them.'));
      return make('section', { class: 'card' }, make('h2', {}, title),
        lineChart(`${title}: medians in ms of ${counted(lines.length, 'model')} over ${counted(documents.length, 'experiment')}; the table below has the figures`,
          documents.map(document => minute(document.startedAt)), lines),
        details('Figures', table(`${title}: median ms and 95 % CI`, ['Started, UTC', ...lines.map(line => ({ text: line.name, class: 'n' }))],
          documents.map((document, place) => make('tr', {},
            rowHead(link(minute(document.startedAt), `#/experiments/${encodeURIComponent(document.id)}`)),
            lines.map((line, index) => {
              const point = line.points[place];
              return figure(point === null ? NONE : [milliseconds(point.value), make('small', {},
                models.value === 'best' ? series[index].rowOf(document).model : interval(point.low, point.high, milliseconds))]);
            }))))));
    }));
  }
}
