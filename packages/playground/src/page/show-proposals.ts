import type { Proposal } from '../engine/analysis.ts';
import { element } from './element.ts';

/**
 * What would have the filters read what is printed and not read.
 *
 * @param adopt takes a proposal
 */
export function showProposals(
  proposals: readonly Proposal[],
  adopt: (proposal: Proposal) => void,
): readonly Node[] {
  if (proposals.length === 0) return [];
  return [
    element('h2', {}, 'What would read it'),
    ...proposals.map((proposal) => showProposal(proposal, adopt)),
  ];
}

function showProposal(proposal: Proposal, adopt: (proposal: Proposal) => void): HTMLElement {
  const { choiceFor, yaml, rows, adopted, filters } = proposal;
  const found = rows.map(({ name, value, line }) => `${name} ← ${value} (line ${line} of its script)`);
  const why = choiceFor === undefined ? 'Tried on every statement' : `If this is ${choiceFor}`;
  const button = element('button', { type: 'button' }, 'Take it');
  button.addEventListener('click', () => adopt(proposal));
  return element(
    'div',
    { class: 'proposal' },
    element('p', {}, `${why}: it gives ${[...new Set(found)].join(', ')}.`),
    element('pre', { tabindex: '0' }, yaml),
    adopted !== undefined || (filters !== undefined && choiceFor === undefined) ? button : undefined,
  );
}
