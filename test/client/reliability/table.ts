import { renderRows } from '../../write-section.ts';
import type { Outcome } from './run-fault.ts';

const number = new Intl.NumberFormat('en').format;
const names: Readonly<Record<string, string>> = { python: 'Python', javascript: 'JavaScript', shim: 'shim' };

/** One outcome in one line, for a terminal. */
export function describeOutcome(outcome: Outcome): string {
  const { fault, language, account } = outcome;
  const cells = cellsOf(outcome);
  const rows = `printed ${account.printed} delivered ${cells.delivered} spilled ${cells.spilled} lost ${cells.lost}`;
  return `${fault.name} | ${language}: ${rows} stdout ${cells.stdout} exit ${cells.exit} seconds ${cells.seconds}`;
}

/** All outcomes as a Markdown table. */
export function renderTable(outcomes: readonly Outcome[]): string {
  const head = [
    'what goes wrong',
    'client',
    'printed',
    'delivered',
    'spilled',
    'lost',
    'stdout',
    'exit',
    'seconds added',
  ];
  const lines = outcomes.map((outcome, index) => {
    const { fault, language, account } = outcome;
    const cells = cellsOf(outcome);
    const again = outcomes[index - 1]?.fault === fault;
    return [
      again ? '' : fault.name,
      names[language] ?? language,
      number(account.printed),
      cells.delivered,
      cells.spilled,
      cells.lost,
      cells.stdout,
      cells.exit,
      cells.seconds,
    ];
  });
  return renderRows(head, lines, [2, 3, 4, 5, 8]);
}

function cellsOf({ fault, account, said, intact, code, plainCode, added, unseen }: Outcome) {
  const twice = account.duplicates + account.both;
  const missing = account.missing.length;
  const killed = fault.may?.includes('unseen');
  const lost =
    killed && missing > 0 ? `${missing}, of the last ${Math.max(1, Math.ceil(unseen))} ms` : number(missing);
  return {
    delivered: number(account.delivered) + (twice > 0 ? ` (${number(twice)} of them twice)` : ''),
    spilled: number(account.spilled),
    lost: missing > 0 && !killed ? `${lost}${said?.lost === missing ? ', counted' : ', NOT COUNTED'}` : lost,
    stdout: intact ? 'intact' : 'DIFFERS',
    exit: code === plainCode ? (fault.end ?? 'same') : `${code} INSTEAD OF ${plainCode}`,
    seconds: killed ? '' : Math.max(0, added).toFixed(1),
  };
}
