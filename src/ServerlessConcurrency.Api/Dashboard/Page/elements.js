// The only way in which anything gets into the page: as elements and text, never as markup.
const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function')
      element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : visible(value));
  }
  element.append(...contentOf(children));
  return element;
}

const contentOf = children => children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false)
  .map(child => child instanceof Node ? child : visible(child));

/** Puts children in the place of what an element holds: what a condition left out is none of them. */
const put = (element, ...children) => element.replaceChildren(...contentOf(children));

const make = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);

const draw = (name, attributes = {}, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

/** What an input stands for is as it is, hidden characters too: it comes back from there. */
function holding(value, input) {
  input.value = value;
  return input;
}

const option = (value, text) => holding(value, make('option', {}, text));

const button = (text, act, attributes = {}) => make('button', { type: 'button', click: act, ...attributes }, text);

const link = (text, href, attributes = {}) => make('a', { href, ...attributes }, text);

const hint = (...children) => make('p', { class: 'hint' }, children);

// What a user named, so that its direction of writing does not reach beyond it.
const named = text => make('bdi', {}, text);

/** A table that scrolls by itself where it is too wide, with the keyboard too. */
function table(caption, heads, rows) {
  return make('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    make('table', {},
      make('caption', {}, caption),
      make('thead', {}, make('tr', {}, heads.map(head => make('th', { scope: 'col', class: head.class }, head.text ?? head)))),
      make('tbody', {}, rows)));
}

const figure = (...children) => make('td', { class: 'n' }, children);

const rowHead = (...children) => make('th', { scope: 'row' }, children);

const chip = status => make('span', { class: `chip ${status}` }, words(status));

function heading(text, ...beside) {
  return make('div', { class: 'heading' }, make('h1', { tabindex: -1 }, text), beside);
}

let ids = 0;

const newId = () => `e${++ids}`;

/** What goes on in the page, for all to see and to hear; empty: nothing. */
function notify(...children) {
  put(document.getElementById('notice'), children.length > 0 && make('p', {}, children));
}

function ask(title, text, yes, signal) {
  const dialog = document.getElementById('confirm');
  document.getElementById('confirm-title').textContent = visible(title);
  document.getElementById('confirm-text').textContent = visible(text);
  document.getElementById('confirm-yes').textContent = visible(yes);
  dialog.returnValue = 'no';
  dialog.showModal();
  signal.addEventListener('abort', () => dialog.close('no'), { once: true });
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}
