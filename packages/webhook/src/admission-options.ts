import type { RewriteOptions } from '@katib-push/katib';
import { choices, ways } from '@katib-push/katib/choices';
import type { AdmissionOptions } from './admission-review.ts';
import type { WorkerSettings } from './worker/messages.ts';

const numbers = ['timeout', 'workers', 'memory', 'maxScriptLength', 'maxGrowth'] as const;
const chosen = ['coverage', 'output', 'delivery', 'deliver'] as const;

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
  for (const name of chosen) {
    const value = given[name];
    const allowed: readonly string[] = choices[name].values;
    if (value !== undefined && !allowed.includes(value))
      throw new TypeError(
        `The option ${name}${where} is ${String(value)}; it has to be one of ${allowed.join(', ')}.`,
      );
  }
  const odd = given.ways?.find((way) => !ways.includes(way));
  if (odd !== undefined)
    throw new TypeError(`The option ways${where} has ${String(odd)}; it may have ${ways.join(', ')}.`);
}

/** Longer arguments can't be given to a process, so a longer script could not run once it is rewritten. */
const longestArgument = 131_072;

/** The options of the rewrite among others, with the defaults that differ here. */
export function rewriteOptions(options: AdmissionOptions): RewriteOptions {
  const { namespaces, strict, timeout, workers, memory, worker, observe, ...ofRewrite } = options;
  return { maxScriptLength: longestArgument, ...present(ofRewrite) };
}

/** The options that hold in a namespace: its own where it has some, below the server's ceiling. */
export function optionsFor(
  namespace: string | undefined,
  { options, namespaces }: WorkerSettings,
): RewriteOptions {
  if (namespace === undefined || !Object.hasOwn(namespaces, namespace)) return options;
  const { ways: own = ways, ...rest } = namespaces[namespace] ?? {};
  const server = options.ways ?? ways;
  return { ...options, ...present(rest), ways: server.filter((way) => own.includes(way)) };
}

/** What an object has, without what is undefined. */
export function present<Options extends object>(options: Options): Present<Options> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Present<Options>;
}

type Present<Options> = { [Key in keyof Options]?: Exclude<Options[Key], undefined> };
