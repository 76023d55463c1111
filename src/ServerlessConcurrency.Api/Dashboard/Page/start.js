// A form that starts an experiment, and its spec as JSON beside it: each follows the other.
const FIRST_FIELDS = ['name', 'workloads', 'models', 'degree', 'inFlight', 'rounds', 'only', 'quick'];
const OWN_FIELDS = ['items', 'nature', 'results'];
const NATURES = { 'cpu-bound': 'computing', 'io-bound': 'waiting', mixed: 'on both' };
const FIRST_SPEC = { workloads: [{ kind: 'primes', size: 20000, tasks: 32 }] };

// JSON that can be read, in which nothing hides.
const jsonOf = value => JSON.stringify(value, null, 2).replace(HIDDEN, character =>
  character === '\n' ? character : Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''));

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

// As the server makes them; sent along, so that what is sent again is not started twice.
const newExperimentId = () => `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${
  Array.from(crypto.getRandomValues(new Uint32Array(4)), number => ALPHABET[number % ALPHABET.length]).join('')}`;

// What was written and has not been started, by the experiment that it began with: kept while one looks elsewhere and comes back.
const drafts = new Map();

async function showStart(main, signal, fromId) {
  const [description, available, source] = await Promise.all([
    readOnce('openapi.json', signal), readOnce('workloads', signal), fromId ? getExperiment(fromId, signal) : null,
  ]);
  const schemas = description.components.schemas;
  const entries = new Map(available.workloads.map(workload => [workload.kind, workload]));
  let spec = structuredCloneOf(source?.spec ?? FIRST_SPEC);
  // What was written of the other kind is there again when one goes back to it.
  const draft = drafts.get(fromId) ?? { text: null, specs: { models: structuredCloneOf(FIRST_SPEC), claims: { kind: 'claims' } } };
  drafts.set(fromId, draft);
  const { specs } = draft;
  let errors = [];
  let sent = { text: null, id: null };

  const fields = make('div', {});
  const summary = make('div', { role: 'alert' });
  const start = make('button', { class: 'primary' }, 'Start');
  const text = make('textarea', { id: newId(), spellcheck: 'false', autocomplete: 'off', rows: 22, 'aria-describedby': newId(), input: readText });
  const mistake = make('p', { class: 'error', id: text.getAttribute('aria-describedby') });

  put(main,
    heading(source ? `Start ${source.spec.name} again` : 'Start an experiment'),
    make('form', { class: 'columns', novalidate: true, submit: event => { event.preventDefault(); submit(); } },
      make('div', {}, summary, fields),
      make('div', { class: 'beside' }, make('div', { class: 'field' }, make('label', { for: text.id }, 'Spec as JSON'), text, mistake,
          !JSON.rawJSON && hint(`This browser rounds whole numbers above ${count(Number.MAX_SAFE_INTEGER)}, such as a seed.`)),
        make('div', { class: 'actions' }, start),
        details('What can be measured here', workloadTable()))));
  show();
  if (draft.text === null) {
    writeText();
  } else {
    text.value = draft.text;
    readText();
  }

  function show() {
    const isClaims = spec.kind === 'claims';
    const schema = schemas[isClaims ? 'ClaimsSpec' : 'Spec'];
    const names = Object.keys(schema.properties).filter(name => name !== '$schema' && name !== 'kind');
    const isFirst = name => FIRST_FIELDS.includes(name);
    const field = name => name === 'workloads' ? workloadsField(schema.properties.workloads)
      : fieldOf(name, name, schema.properties[name], spec[name], (schema.required ?? []).includes(name), value => change(spec, name, value));
    const others = names.filter(name => !isFirst(name));
    const opened = fields.querySelector('details')?.open || others.some(name => spec[name] !== undefined && spec[name] !== null);
    // What takes one line stands beside others of its kind.
    const grid = names => names.reduce((rows, name) => {
      const isWide = name === 'name' || name === 'workloads' || typesOf(schema.properties[name]).includes('array');
      if (isWide)
        rows.push(field(name));
      else if (rows.at(-1)?.matches?.('.row'))
        rows.at(-1).append(field(name));
      else
        rows.push(make('div', { class: 'row' }, field(name)));
      return rows;
    }, []);
    put(fields,
      schemas.ClaimsSpec.properties.only.items.enum && kindField(isClaims),
      grid(names.filter(isFirst)),
      others.length > 0 && details(`More fields (${others.length})`, grid(others), opened));
    showErrors();
  }

  function kindField(isClaims) {
    const kind = make('select', {
      id: newId(),
      change: () => {
        specs[isClaims ? 'claims' : 'models'] = spec;
        spec = specs[kind.value];
        errors = [];
        show();
        writeText();
        fields.querySelector('select').focus();
      },
    }, option('models', 'workloads under concurrency models'), option('claims', 'claims about threads, processes and event loops'));
    kind.value = isClaims ? 'claims' : 'models';
    return labelled(kind, 'What to measure');
  }

  function workloadsField(schema) {
    const workloads = Array.isArray(spec.workloads) ? spec.workloads : [];
    const again = () => {
      errors = [];
      show();
      writeText();
    };
    return make('fieldset', { class: 'field', tabindex: -1, 'data-path': 'workloads' },
      make('legend', {}, 'workloads'),
      make('p', { class: 'error' }),
      workloads.map((workload, index) => workload !== null && typeof workload === 'object' && workloadField(workload, index, () => {
        workloads.splice(index, 1);
        again();
        fields.querySelector('[data-path="workloads"]').focus();
      })),
      make('div', { class: 'actions' }, button('Add a workload', () => {
        spec.workloads = [...workloads, { kind: available.workloads[0].kind }];
        again();
        fields.querySelector(`[data-path="workloads[${workloads.length}].kind"]`).focus();
      }, { disabled: workloads.length >= schema.maxItems })),
      hint(hintOf(schema)));
  }

  function workloadField(workload, index, remove) {
    const { properties, required } = schemas.Workload;
    const entry = entries.get(workload.kind);
    const path = `workloads[${index}]`;
    const shown = Object.keys(properties).filter(name => !OWN_FIELDS.includes(name) || entry?.isOwnCode || workload[name] !== undefined);
    return make('fieldset', { class: 'workload', tabindex: -1, 'data-path': path },
      make('legend', {}, `workload ${index + 1}`),
      make('div', { class: 'row' }, shown.map(name => fieldOf(
        `${path}.${name}`, name,
        name === 'size' && entry ? { ...properties.size, maximum: entry.maxSize, description: entry.sizeUnit ? `Unit: ${entry.sizeUnit}` : properties.size.description } : properties[name],
        workload[name],
        required.includes(name) || (!entry?.isOwnCode && (name === 'size' || name === 'tasks')),
        value => {
          change(workload, name, value);
          if (name === 'kind') {
            show();
            fields.querySelector(`[data-path="${path}.kind"]`).focus();
          }
        }))),
      make('p', { class: 'error' }),
      spec.workloads.length > 1 && button(`Remove workload ${index + 1}`, remove, { class: 'small' }));
  }

  function workloadTable() {
    return [false, true].map(isOwnCode => {
      const some = available.workloads.filter(workload => workload.isOwnCode === isOwnCode);
      return some.length > 0 && table(isOwnCode ? 'Your own workloads' : 'Built-in workloads', ['Name', 'Size', { text: 'Up to', class: 'n' }, 'Spends its time'],
        some.map(({ kind, sizeUnit, maxSize, nature }) => make('tr', {},
          rowHead(named(kind)), make('td', {}, sizeUnit || NONE), figure(count(maxSize)), make('td', {}, NATURES[nature] ?? 'is measured'))));
    });
  }

  function change(object, name, value) {
    if (value === undefined)
      delete object[name];
    else
      object[name] = value;
    writeText();
  }

  function writeText() {
    text.value = jsonOf(spec);
    draft.text = text.value;
    mistake.textContent = '';
    text.removeAttribute('aria-invalid');
  }

  function readText() {
    draft.text = text.value;
    try {
      const value = readJson(text.value);
      if (value === null || typeof value !== 'object' || Array.isArray(value))
        throw new SyntaxError('a spec is a JSON object');
      spec = value;
      mistake.textContent = '';
      text.removeAttribute('aria-invalid');
      show();
    } catch (error) {
      mistake.textContent = visible(`The form shows what was there before: ${error.message}.`);
      text.setAttribute('aria-invalid', 'true');
    }
  }

  async function submit() {
    hold(true);
    // What is in the text counts, also where it is no JSON: the server says what is wrong with it.
    if (sent.text !== text.value)
      sent = { text: text.value, id: newExperimentId() };
    try {
      const { id } = await patiently(() => read('experiments', {
        method: 'POST', body: sent.text, signal, headers: { 'Content-Type': 'application/json', 'Experiment-Id': sent.id },
      }), signal);
      drafts.delete(fromId);
      location.hash = `#/experiments/${encodeURIComponent(id)}`;
    } catch (error) {
      if (signal.aborted)
        return;
      errors = error instanceof ServerError && error.errors.length > 0 ? error.errors : [{ field: '', message: error.message }];
      showErrors();
      summary.querySelector('h2').focus();
    } finally {
      hold(false);
    }
  }

  // What is started is what was there when it was asked for, however long the server is waited for.
  function hold(isHeld) {
    start.disabled = isHeld;
    fields.inert = isHeld;
    text.readOnly = isHeld;
  }

  function placeOf(field) {
    for (let path = field; path !== ''; path = path.replace(/[.[]?[^.[]*$/, '')) {
      const place = fields.querySelector(`[data-path="${CSS.escape(path)}"]`);
      if (place !== null)
        return place;
    }
    return null;
  }

  function showErrors() {
    fields.querySelectorAll('.error').forEach(place => { place.textContent = ''; });
    fields.querySelectorAll('[aria-invalid]').forEach(place => place.removeAttribute('aria-invalid'));
    const items = errors.map(({ field, message }) => {
      const place = placeOf(field);
      if (place === null)
        return make('li', {}, field !== '' && make('code', {}, field), ' ', message);
      const error = (place.matches('fieldset') ? place : place.parentElement).querySelector(':scope > .error');
      error.textContent += `${error.textContent === '' ? '' : ' '}${visible(place.dataset.path === field ? sentence(message) : sentence(`${field}: ${message}`))}`;
      if (!place.matches('fieldset'))
        place.setAttribute('aria-invalid', 'true');
      const more = place.closest('details');
      if (more !== null)
        more.open = true;
      return make('li', {}, button(field, () => place.focus(), { class: 'plain' }), ' ', message);
    });
    put(summary, items.length > 0 && make('div', { class: 'card bad' },
      make('h2', { tabindex: -1 }, `Not started: ${counted(items.length, 'mistake')}`), make('ul', {}, items)));
  }
}

// Numbers that keep their digits are no objects to a structured clone.
const structuredCloneOf = value => readJson(JSON.stringify(value));

const details = (title, content, isOpen = false) => make('details', { open: isOpen }, make('summary', {}, title), content);
