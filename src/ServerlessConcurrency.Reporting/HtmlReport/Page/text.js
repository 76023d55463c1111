const formats = [1, 2, 3, 4, 6].map(digits => [digits, new Intl.NumberFormat('en', { maximumSignificantDigits: digits })]);
const short = new Map(formats);

/** A number with about so many digits. */
export const number = (value, digits = 6) =>
  value === null || value === undefined || !Number.isFinite(value) ? '–'
    : Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en')
      : short.get(digits).format(value);

/** How many of what, as elsewhere in the report. */
export const counted = (count, one) => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

/** An element with text, never markup: what a user named may look like any. */
export function element(name, text = '', attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [attribute, value] of Object.entries(attributes))
    made.setAttribute(attribute, value);
  return made;
}

/** What a tooltip shows: a title and lines below it. */
export function tip(title, ...lines) {
  const made = element('div');
  made.append(element('b', title));
  for (const line of lines)
    made.append(element('div', line));
  return made;
}
