import {
  type CelInput,
  CelScalar,
  type CelValue,
  celEnv,
  celMethod,
  isCelError,
  isCelList,
  isCelMap,
  listType,
  parse,
  plan,
} from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { applyPatch, type PatchOperation } from '../../packages/katib/src/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: objects of Kubernetes
export type Stored = any;

/** What became of a Trial: the patched one, or why it is left: a condition, the variable `takes`, or how an expression failed. */
export type Evaluation = { readonly trial: unknown } | { readonly left: string };

/** Does to a Trial what the API server does with the objects of a policy. */
export function evaluatePolicy([params, policy]: readonly Stored[], object: unknown): Evaluation {
  const variables: Record<string, CelInput> = {};
  const given = { object, params, variables } as Record<string, CelInput>;
  const { matchConditions, variables: declared, mutations } = policy.spec;
  for (const { name, expression } of matchConditions)
    if (evaluate(expression, given) !== true) return { left: name };
  for (const { name, expression } of declared) {
    const value = evaluate(expression, given);
    // The API server evaluates what is needed: one that fails matters where it is used.
    if (!isCelError(value)) variables[name] = plain(value) as CelInput;
  }
  const patch = evaluate(mutations[0].jsonPatch.expression, given);
  // failurePolicy: Ignore
  if (isCelError(patch)) return { left: patch.message };
  const operations = plain(patch) as readonly PatchOperation[];
  return operations.length === 0 ? { left: 'takes' } : { trial: applyPatch(object, operations) };
}

/** A function of the API server's library for lists. */
const indexOf = celMethod(
  'indexOf',
  listType(CelScalar.DYN),
  [CelScalar.DYN],
  CelScalar.INT,
  function (value) {
    return BigInt([...this].indexOf(value));
  },
);

const env = celEnv({ funcs: [...strings, indexOf] });
const planned = new Map<string, ReturnType<typeof plan>>();

function evaluate(expression: string, given: Record<string, CelInput>) {
  const program = planned.get(expression) ?? plan(env, parse(withoutMessages(expression)));
  planned.set(expression, program);
  return program(given);
}

/** `JSONPatch{…}`, a message of the API server's, as a map. */
function withoutMessages(expression: string): string {
  return expression.replace(
    /JSONPatch\{op: (.*?), path: (.*?), value: /g,
    '{"op": $1, "path": $2, "value": ',
  );
}

function plain(value: CelValue): unknown {
  if (isCelList(value)) return [...value].map(plain);
  if (isCelMap(value)) return Object.fromEntries([...value].map(([key, each]) => [key, plain(each)]));
  return typeof value === 'bigint' ? Number(value) : value;
}
