import type { HoleType } from '@katib-push/core';
import { dottedPath } from '../names/imports.ts';
import { withoutWrapping } from '../names/use.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { typeOf } from './hole-type.ts';

/** Functions of Python and of common libraries that return one kind of value, whatever they are given. */
const RESULTS: Readonly<Record<string, HoleType>> = {
  float: 'number',
  int: 'integer',
  len: 'integer',
  bool: 'boolean',
  isinstance: 'boolean',
  callable: 'boolean',
  hasattr: 'boolean',
  str: 'string',
  repr: 'string',
  format: 'string',
  ascii: 'string',
  hex: 'string',
  chr: 'string',
  ord: 'integer',
  'time.time': 'number',
  'time.perf_counter': 'number',
  'time.monotonic': 'number',
  'time.process_time': 'number',
  'time.time_ns': 'integer',
  'time.strftime': 'string',
  'time.ctime': 'string',
  'random.random': 'number',
  'random.uniform': 'number',
  'random.gauss': 'number',
  'random.randint': 'integer',
  'os.getpid': 'integer',
  'os.getcwd': 'string',
  'os.path.join': 'string',
  'os.path.exists': 'boolean',
  'json.dumps': 'string',
  'math.floor': 'integer',
  'math.ceil': 'integer',
  'math.isnan': 'boolean',
  'math.isinf': 'boolean',
  'math.isfinite': 'boolean',
  'sklearn.metrics.accuracy_score': 'number',
  'sklearn.metrics.balanced_accuracy_score': 'number',
  'torch.cuda.is_available': 'boolean',
  'torch.cuda.device_count': 'integer',
};

/** Methods that only one kind of object has, or that return the same on all that have them. */
const METHODS: Readonly<Record<string, HoleType>> = {
  item: 'number',
  total_seconds: 'number',
  isoformat: 'string',
  strftime: 'string',
  format: 'string',
  upper: 'string',
  lower: 'string',
  strip: 'string',
  rstrip: 'string',
  lstrip: 'string',
  ljust: 'string',
  rjust: 'string',
  zfill: 'string',
  title: 'string',
  capitalize: 'string',
};

/** What a call returns, as far as that is certain. A name that the script shadows is looked up by what it says. */
export function typeOfCall(script: Script, call: Syntax): HoleType | undefined {
  const callee = call.field('function');
  if (!callee) return 'unknown';
  const given = withoutWrapping(script, call);
  if (given !== call) return typeOf(script, given);
  const path = dottedPath(script, callee);
  if (path !== undefined && Object.hasOwn(RESULTS, path)) return RESULTS[path];
  if (path?.startsWith('math.')) return 'number';
  const first = call.field('arguments')?.parts[0];
  if (path === 'abs' && first) return typeOf(script, first);
  // of a tensor, round gives a tensor; with a number of digits people round numbers
  if (path === 'round') return (call.field('arguments')?.parts.length ?? 0) > 1 ? 'number' : 'integer';
  if (callee.type !== 'attribute') return 'unknown';
  const method = textOf(script, callee).split('.').at(-1)?.trim() ?? '';
  if (method === 'join' || method === 'replace') {
    const receiver = callee.field('object');
    return receiver && typeOf(script, receiver) === 'string' ? 'string' : 'unknown';
  }
  return Object.hasOwn(METHODS, method) ? METHODS[method] : 'unknown';
}
