// The fields of a spec, each made from its JSON Schema.
const typesOf = schema => [schema.type ?? []].flat().filter(type => type !== 'null');

const namesOf = schema => (schema.enum ?? []).filter(value => value !== null);

function boundsOf(schema) {
  const { minimum, exclusiveMinimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  return [
    minimum !== undefined && maximum !== undefined && `${count(minimum)} to ${count(maximum)}`,
    exclusiveMinimum !== undefined && `above ${count(exclusiveMinimum)}, up to ${count(maximum)}`,
    maxLength !== undefined && namesOf(schema).length === 0 && `${count(minLength ?? 0)} to ${counted(maxLength, 'character')}`,
    maxItems !== undefined && `${count(minItems ?? 0)} to ${count(maxItems)}`,
    schema.default !== undefined && `${count(schema.default)} unless given`,
  ].filter(part => part).join('; ');
}

const hintOf = schema => [schema.description, boundsOf(schema)].filter(part => part).map(sentence).join(' ');

// What is no number goes to the server as it was typed, which says what it expects.
function numberOf(text) {
  try {
    const value = readJson(text);
    return typeof value === 'number' || JSON.isRawJSON?.(value) ? value : text;
  } catch {
    return text;
  }
}

const textOf = value => value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/**
 * A field with its name, what it means and its bounds, and room for what is wrong with it.
 * @param path Where it is in the spec, as errors name it, e.g. workloads[0].size.
 * @param change Is told the new value; undefined where it is left out.
 */
function fieldOf(path, name, schema, value, isRequired, change) {
  const types = typesOf(schema);
  const choices = types.includes('boolean') ? [true, false] : namesOf(schema);
  const named = types.includes('array') ? namesOf(schema.items) : null;
  return named ? choiceField(path, name, schema, value, named, change)
    : choices.length > 0 ? inputField(path, name, schema, isRequired, selectOf(choices, value, isRequired, change))
    : inputField(path, name, schema, isRequired, holding(textOf(value), make('input', {
      type: 'text', autocomplete: 'off', spellcheck: 'false', inputmode: types.includes('integer') ? 'numeric' : types.includes('number') ? 'decimal' : null,
      input: event => {
        const text = event.target.value;
        change(text === '' ? undefined : types.includes('string') ? text : numberOf(text));
      },
    })));
}

function selectOf(choices, value, isRequired, change) {
  const known = choices.some(choice => choice === value);
  const select = make('select', { change: () => change(select.value === '' ? undefined : readJson(select.value)) },
    (!isRequired || !known) && option('', isRequired ? 'choose' : 'not given'),
    value !== undefined && value !== null && !known && option(JSON.stringify(value), textOf(value)),
    choices.map(choice => option(JSON.stringify(choice), typeof choice === 'string' ? choice : choice ? 'yes' : 'no')));
  select.value = value === undefined || value === null ? '' : JSON.stringify(value);
  return select;
}

function inputField(path, name, schema, isRequired, input) {
  const id = newId();
  fill(input, { id, 'aria-describedby': `${id}-hint ${id}-error`, 'aria-required': isRequired ? 'true' : null, 'data-path': path }, []);
  return make('div', { class: 'field' },
    make('label', { for: id }, name),
    input,
    make('p', { class: 'error', id: `${id}-error` }),
    make('p', { class: 'hint', id: `${id}-hint` }, hintOf(schema)));
}

/** Several of given names, none of which means: not given. */
function choiceField(path, name, schema, value, names, change) {
  const id = newId();
  const values = Array.isArray(value) ? value : [];
  const boxes = [...names, ...values.filter(item => !names.includes(item))].map(item => {
    const box = make('input', { type: 'checkbox', id: newId(), change: () => change(picked()) });
    box.checked = values.includes(item);
    return { item, box };
  });
  const picked = () => {
    const items = boxes.filter(entry => entry.box.checked).map(entry => entry.item);
    return items.length > 0 ? items : undefined;
  };
  return make('fieldset', { class: 'field', tabindex: -1, 'data-path': path, 'aria-describedby': `${id}-hint ${id}-error` },
    make('legend', {}, name),
    make('div', { class: 'choices' }, boxes.map(({ item, box }) => make('label', { for: box.id }, box, ' ', named(textOf(item))))),
    make('p', { class: 'error', id: `${id}-error` }),
    make('p', { class: 'hint', id: `${id}-hint` }, hintOf(schema)));
}
