// How things are written for people: as in reports and on the command line.
const NONE = '–';

// Control characters, and those that hide or turn round what stands beside them; the joiners of emoji and of scripts stay.
const HIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const visible = text => String(text).replace(HIDDEN, character => {
  const code = character.codePointAt(0);
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\ufffd';
});

function digits(value, places) {
  const number = Number(value ?? NaN);
  return Number.isFinite(number) ? number.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places }) : NONE;
}

const count = value => typeof value === 'number' && Number.isFinite(value) ? value.toLocaleString('en-US') : value === null || value === undefined ? NONE : visible(JSON.stringify(value));

// Three digits of what the decimals would show as 0, or nearly.
function decimals(value, places) {
  return Math.abs(value) > 0 && Math.abs(value) < 0.01 ? value.toPrecision(3) : digits(value, places);
}

function milliseconds(value) {
  const size = Math.abs(value);
  return decimals(value, size < 10 ? 3 : size < 100 ? 2 : size < 1000 ? 1 : 0);
}

function ratio(value) {
  const size = Math.abs(value);
  return decimals(value, size < 10 ? 2 : size < 100 ? 1 : 0);
}

const pValue = value => value === null || value === undefined ? NONE : value < 0.001 ? '< 0.001' : digits(value, 3);

const counted = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

const moment = text => text ? `${new Date(text).toISOString().slice(0, 19).replace('T', ' ')} UTC` : NONE;

const minute = text => new Date(text).toISOString().slice(0, 16).replace('T', ' ');

function duration(from, to) {
  const seconds = Math.max(0, (new Date(to) - new Date(from)) / 1000);
  return seconds < 60 ? `${digits(seconds, 1)} s`
    : seconds < 3600 ? `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
    : `${count(Math.floor(seconds / 3600))} h ${Math.floor(seconds % 3600 / 60)} min`;
}

const hasEnded = experiment => experiment.status !== 'pending' && experiment.status !== 'running';

const isOfClaims = experiment => experiment.spec.kind === 'claims';

/** How an experiment ended, and after how much. */
function outcomeText({ status, progress, ...experiment }) {
  const ofClaims = isOfClaims(experiment);
  const done = `${count(progress.runsDone)} of ${counted(progress.runsTotal, ofClaims ? 'claim' : 'run')}`;
  const flawed = ofClaims ? experiment.claims.filter(({ dotNet, emulated, cPython }) => [dotNet, emulated, cPython].some(evidence => evidence?.failed)).length
    : experiment.runs.filter(run => !run.isValid).length;
  const flaws = flawed > 0 ? `, ${count(flawed)} of them ${ofClaims ? 'failed' : 'not valid'}` : '';
  return status === 'completed' ? `Completed: ${done}${experiment.spec.warmupRounds > 0 ? ', warm-up included' : ''}${flaws}.`
    : `${status === 'cancelled' ? 'Cancelled' : 'Failed'} after ${done}${flaws}: the figures rest on what had been measured.`;
}

const workloadText = workload => `${workload.kind} ${count(workload.size)} × ${count(workload.tasks)}`;

const measured = experiment => isOfClaims(experiment)
  ? `claims ${(experiment.spec.only ?? []).join(', ')}`
  : experiment.spec.workloads.map(workloadText).join(', ');

function answer(recommendation) {
  const { model, isDecided, candidates = [], next } = recommendation;
  return model === null ? 'No recommendation'
    : !isDecided && candidates.length > 1 ? `Undecided: ${candidates.join(' or ')}`
    : !isDecided && next ? `${model}, not certain`
    : model;
}

function explanation({ model, isDecided, candidates = [], next, reason }) {
  const choice = !isDecided && candidates.length > 1 ? ` Take ${model} for now: it is the simplest of them.` : '';
  return `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.${choice}${next ? ` Next: ${next}.` : ''}`;
}

// The model under which a claim is measured in .NET a second time.
const EMULATION = 'gil-threads';

const claimVerdict = ({ verdict, failed }) => failed ? 'failed' : verdict === 'not-measurable' ? 'not measurable here' : words(verdict);

const words = kebab => kebab ? kebab.replaceAll('-', ' ') : NONE;
