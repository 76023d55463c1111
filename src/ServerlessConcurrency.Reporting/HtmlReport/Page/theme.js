// Colours are those of the style sheet, so that light, dark and print are defined in one place.
const probe = document.createElement('span');
probe.hidden = true;

export function colours() {
  document.body.append(probe);
  const colour = name => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const theme = {
    ink: colour('ink'), soft: colour('soft'), line: colour('line'), grid: colour('grid'), card: colour('card'),
    bad: colour('bad-fill'), warn: colour('warn'), series: Array.from({ length: 10 }, (_, index) => colour(`m${index}`)),
  };
  probe.remove();
  return theme;
}

export const font = getComputedStyle(document.body).fontFamily;

// The marks of SVG charts, so that colours are not the only difference.
export const symbols = ['circle', 'rect', 'diamond', 'triangle'];

const print = matchMedia('print');
const dark = matchMedia('(prefers-color-scheme: dark)');

/** Calls back whenever colours change: by the system, by the button or for print. */
export function onThemeChange(changed) {
  const button = document.getElementById('theme');
  const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  const name = () => { if (button) button.textContent = isDark() ? 'Light' : 'Dark'; };
  button?.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    name();
    changed();
  });
  for (const media of [dark, print]) {
    media.addEventListener('change', () => {
      name();
      changed();
    });
  }

  name();
}
