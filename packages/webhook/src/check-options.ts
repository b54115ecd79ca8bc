import { ways } from '@katib-push/katib';
import type { AdmissionOptions } from './admission-review.ts';

const numbers = ['timeout', 'workers', 'memory', 'maxScriptLength', 'maxGrowth'] as const;
const choices = {
  coverage: ['likely', 'output'],
  output: ['keep', 'drop'],
  delivery: ['auto', 'env', 'inline', 'image'],
  deliver: ['live', 'success', 'if-none'],
} as const;

/** @throws TypeError that names the option, its value and what it may be */
export function checkOptions(options: AdmissionOptions): void {
  for (const name of numbers) {
    const value = options[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0))
      throw new TypeError(`The option ${name} is ${String(value)}; it has to be a whole number above 0.`);
  }
  const everywhere = Object.entries({ ...options.namespaces, '': options });
  for (const [namespace, given] of everywhere)
    checkChoices(given, namespace && ` of namespaces.${namespace}`);
}

function checkChoices(given: AdmissionOptions, where: string): void {
  for (const [name, allowed] of Object.entries(choices)) {
    const value = given[name as keyof typeof choices];
    if (value !== undefined && !(allowed as readonly string[]).includes(value))
      throw new TypeError(
        `The option ${name}${where} is ${String(value)}; it has to be one of ${allowed.join(', ')}.`,
      );
  }
  const odd = given.ways?.find((way) => !ways.includes(way));
  if (odd !== undefined)
    throw new TypeError(`The option ways${where} has ${String(odd)}; it may have ${ways.join(', ')}.`);
}
