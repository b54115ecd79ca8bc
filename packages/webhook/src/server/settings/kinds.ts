import { parseDuration, printDuration } from '../../time.ts';
import type { Kind } from './setting.ts';

/** A text of one line that is not empty. */
export function text(placeholder: string, remedy: string): Kind<string> {
  return {
    placeholder,
    remedy,
    read: (given) => (typeof given === 'string' && /^[^\0-\x1f]+$/.test(given) ? given : undefined),
    type: 'string',
    print: (value) => value,
    schema: { type: 'string', pattern: '^[^\\u0000-\\u001f]+$' },
  };
}

/** A text that starts with a slash. */
export function urlPath(): Kind<string> {
  const pattern = '^/[A-Za-z0-9._~/-]*$';
  return {
    placeholder: 'path',
    remedy: 'Give a path such as /mutate: a slash, then letters, digits and ._~/-.',
    read: (given) => (typeof given === 'string' && new RegExp(pattern).test(given) ? given : undefined),
    type: 'string',
    print: (value) => value,
    schema: { type: 'string', pattern },
  };
}

/** Some texts, with commas between them in a flag or an environment variable. */
export function list(placeholder: string, remedy: string): Kind<readonly string[]> {
  const isName = (name: unknown): name is string => typeof name === 'string' && /^[^\0-\x1f,]+$/.test(name);
  return {
    placeholder,
    remedy,
    read: (given) => {
      const names: unknown = typeof given === 'string' ? given.split(',').map((name) => name.trim()) : given;
      return Array.isArray(names) && names.length > 0 && names.every(isName) ? names : undefined;
    },
    type: 'object',
    print: (value) => value.join(','),
    schema: {
      oneOf: [
        {
          type: 'string',
          pattern:
            '^\\s*[^\\u0000-\\u001f,\\s][^\\u0000-\\u001f,]*(,\\s*[^\\u0000-\\u001f,\\s][^\\u0000-\\u001f,]*)*$',
        },
        { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[^\\u0000-\\u001f,]+$' } },
      ],
    },
  };
}

/** One of some words. */
export function choice<Word extends string>(...words: readonly Word[]): Kind<Word> {
  return {
    placeholder: words.join('|'),
    remedy: `Give one of: ${words.join(', ')}.`,
    read: (given) => words.find((word) => word === given),
    type: 'string',
    print: (value) => value,
    schema: { enum: [...words] },
  };
}

/** `true` or `false`; a bare flag is `true`. */
export function truth(): Kind<boolean> {
  return {
    placeholder: 'true',
    remedy: 'Give true or false.',
    read: (given) => (typeof given === 'boolean' ? given : undefined),
    readText: (text) => (text === 'true' ? true : text === 'false' ? false : text),
    type: 'boolean',
    print: String,
    schema: { type: 'boolean' },
  };
}

/** A whole number within bounds, both included. */
export function integer(minimum: number, maximum: number): Kind<number> {
  return {
    placeholder: 'number',
    remedy: `Give a whole number from ${minimum} to ${maximum}.`,
    read: (given) =>
      typeof given === 'number' && Number.isInteger(given) && given >= minimum && given <= maximum
        ? given
        : undefined,
    readText: (text) => (/^\d+$/.test(text) ? Number(text) : text),
    type: 'number',
    print: String,
    schema: { type: 'integer', minimum, maximum },
  };
}

/** A number of bytes, as such or with Kubernetes' binary units: `7340032`, `7Mi`. */
export function bytes(minimum: number, maximum: number): Kind<number> {
  const { read, schema } = integer(minimum, maximum);
  return {
    placeholder: 'bytes',
    remedy: `Give a number of bytes from ${minimum} to ${maximum}; Ki and Mi may follow it.`,
    read: (given) => {
      const [, number, unit] = (typeof given === 'string' && /^(\d+)(Ki|Mi)?$/.exec(given)) || [];
      const factor = unit === 'Mi' ? 1_048_576 : unit === 'Ki' ? 1024 : 1;
      return read(number === undefined ? given : Number(number) * factor);
    },
    type: 'number',
    print: (value) =>
      value % 1_048_576 === 0
        ? `${value / 1_048_576}Mi`
        : value % 1024 === 0
          ? `${value / 1024}Ki`
          : String(value),
    schema: { oneOf: [schema, { type: 'string', pattern: '^\\d+(Ki|Mi)?$' }] },
  };
}

/** Milliseconds, written as a duration of Go: `5s`, `1m30s`, `300ms`. Within bounds, both included. */
export function duration(minimum: number, maximum: number): Kind<number> {
  return {
    placeholder: 'duration',
    remedy: `Give a duration with its unit, such as 5s or 1m30s, from ${printDuration(minimum)} to ${printDuration(maximum)}.`,
    read: (given) => {
      const milliseconds = typeof given === 'string' ? parseDuration(given) : undefined;
      return milliseconds !== undefined && milliseconds >= minimum && milliseconds <= maximum
        ? Math.round(milliseconds)
        : undefined;
    },
    type: 'number',
    print: printDuration,
    schema: { type: 'string', pattern: '^(0|((\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+)$' },
  };
}

/** Some of these words, with commas between them in a flag or an environment variable. */
export function words<Word extends string>(...known: readonly Word[]): Kind<readonly Word[]> {
  const { read, ...kind } = list('words', `Give some of: ${known.join(', ')}.`);
  return {
    ...kind,
    placeholder: known.join(','),
    read: (given) => {
      const found = read(given);
      return found?.every((word) => known.includes(word as Word)) ? (found as readonly Word[]) : undefined;
    },
    schema: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: [...known] } },
  };
}
