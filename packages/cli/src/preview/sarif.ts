import type { Problem } from '../problems/problem.ts';
import { version } from '../version.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;
const pages = 'docs/diagnostics.md';

/**
 * Problems as a SARIF log, for code scanning: one result each, one rule for each code.
 *
 * Source: OASIS, Static Analysis Results Interchange Format (SARIF) 2.1.0.
 */
export function createSarif(problems: readonly Problem[]): unknown {
  const codes = [...new Set(problems.map(({ code }) => code))].toSorted();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'katib-push',
            version,
            rules: codes.map((code) => ({
              id: code,
              shortDescription: { text: code.replaceAll('-', ' ') },
              help: { text: `katib-push explain ${code} says more; all are in ${pages}.` },
            })),
          },
        },
        results: problems.map((problem) => ({
          ruleId: problem.code,
          ruleIndex: codes.indexOf(problem.code),
          level: levels[problem.severity],
          message: { text: `${problem.message} ${problem.hint}` },
          ...(problem.file === undefined ? {} : { locations: [locationOf(problem, problem.file)] }),
        })),
      },
    ],
  };
}

function locationOf({ place }: Problem, file: string): unknown {
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/')) },
      ...(place ? { region: { startLine: place.line, startColumn: place.column } } : {}),
    },
  };
}
