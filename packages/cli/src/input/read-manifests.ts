import { valueAt } from '@katib-push/katib/json-pointer';
import { LineCounter } from 'yaml';
import { type CommandCode, type FilePlace, type Problem, problem } from '../problems/problem.ts';
import { exactValueOf, findDeepNesting, parseYaml } from '../yaml/parse-yaml.ts';
import { type DocumentPlaces, findPlaces } from './find-places.ts';
import type { SourceFile } from './read-sources.ts';

/** One document of a file. Together the texts of a file's manifests are the file's text. */
export interface Manifest extends DocumentPlaces {
  readonly source: SourceFile;
  /** 0-based index in the file. */
  readonly index: number;
  /** The document with what is in front of it (directives, `---`, comments). */
  readonly text: string;
  /** The value with integers as BigInt. */
  readonly exactValue: unknown;
  /** The Experiments in it: the document itself, or items of a List. */
  readonly experiments: readonly FoundExperiment[];
}

export interface FoundExperiment {
  /** JSON pointer in the document: empty, or `/items/0`. */
  readonly pointer: string;
  /** A plain JSON value. */
  readonly value: unknown;
}

/** The documents of a file, or what is wrong with it. A file with one faulty document is faulty. */
export function readManifests(source: SourceFile): {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem[];
} {
  const { text, name } = source;
  const places = placesIn(text);
  const fail = (code: CommandCode, message: string, offset?: number) => ({
    manifests: [],
    problems: [
      problem(code, message, { file: name, ...(offset === undefined ? {} : { place: places(offset) }) }),
    ],
  });
  if (text.trim() === '') return fail('no-input', `${name} is empty.`);
  const nul = text.indexOf('\0');
  if (nul >= 0) return fail('not-yaml', 'A NUL character can not stand in YAML.', nul);
  const deep = findDeepNesting(text);
  if (deep !== undefined) return fail('too-deep', 'The document nests more than 200 levels deep.', deep);
  const documents = parseYaml(text);
  const faults = documents.flatMap(({ errors: [first] }) => first ?? []);
  if (faults.length > 0) {
    return {
      manifests: [],
      problems: faults
        .slice(0, 10)
        .map((fault) =>
          problem('not-yaml', sentence(fault.message), { file: name, place: places(fault.pos[0]) }),
        ),
    };
  }
  const manifests: Manifest[] = [];
  let from = 0;
  for (const [index, document] of documents.entries()) {
    const to = index === documents.length - 1 ? text.length : document.range[2];
    let exactValue: unknown;
    try {
      exactValue = exactValueOf(document);
    } catch (error) {
      const bomb = /Excessive alias count/.test(String(error));
      if (bomb)
        return fail('too-many-aliases', 'The document repeats itself too often through aliases.', from);
      return fail('not-yaml', sentence((error as Error).message), from);
    }
    if (containsItself(exactValue))
      return fail('not-yaml', 'An alias repeats the node that it stands in.', from);
    manifests.push({
      source,
      index,
      text: text.slice(from, to),
      exactValue,
      experiments: findExperiments(exactValue),
      ...findPlaces(document, places),
    });
    from = to;
  }
  return { manifests, problems: [] };
}

/** Gives the place of an offset in a text. */
function placesIn(text: string): (offset: number) => FilePlace {
  const counter = new LineCounter();
  for (const { index } of text.matchAll(/^|(?<=\n)/g)) counter.addNewLine(index);
  return (offset) => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col };
  };
}

function findExperiments(value: unknown): readonly FoundExperiment[] {
  if (isExperimentLike(value)) return [{ pointer: '', value: toPlainNumbers(value) }];
  const items = valueAt(value, ['items']);
  if (valueAt(value, ['kind']) !== 'List' || !Array.isArray(items)) return [];
  return items.flatMap((item, i) =>
    isExperimentLike(item) ? [{ pointer: `/items/${i}`, value: toPlainNumbers(item) }] : [],
  );
}

/** Whether the value is meant to be an Experiment. Its version is for the engine to judge. */
function isExperimentLike(value: unknown): boolean {
  const version = valueAt(value, ['apiVersion']);
  return (
    valueAt(value, ['kind']) === 'Experiment' &&
    (typeof version !== 'string' || /^kubeflow\.org\//.test(version))
  );
}

function sentence(message: string): string {
  const line = message.split('\n')[0]?.trim() ?? '';
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/**
 * A copy of a value with BigInts as numbers, where they fit, and shared parts no longer shared (an alias gives the
 * same object twice). The value must not contain itself.
 */
function toPlainNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(toPlainNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlainNumbers(item)]));
}

/** Whether a value contains itself, as an alias within the node that it repeats makes it. */
function containsItself(value: unknown, around: readonly unknown[] = []): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (around.includes(value)) return true;
  const deeper = [...around, value];
  return Object.values(value).some((item) => containsItself(item, deeper));
}
