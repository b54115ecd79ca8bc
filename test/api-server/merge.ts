import { isDeepStrictEqual } from 'node:util';

type Json = Readonly<Record<string, unknown>>;

/** What a JSON Merge Patch (RFC 7386) makes of a value; nulls in what is new are left out, as the API server does. */
export function mergePatch(value: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return withoutNulls(patch);
  const merged: Record<string, unknown> = isObject(value) ? { ...value } : {};
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], change);
  }
  return merged;
}

/**
 * The patch of a client-side apply to a custom resource: what `modified` has otherwise than `current`, and, as nulls,
 * what it no longer has of `original`. Lists are whole. Source: `jsonmergepatch` of apimachinery.
 */
export function threeWayPatch(original: Json, modified: Json, current: Json): Json {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(modified)) {
    const now = current[key];
    if (value === null || isDeepStrictEqual(value, now)) continue;
    const before = original[key];
    if (isObject(value) && isObject(now)) {
      const inner = threeWayPatch(isObject(before) ? before : {}, value, now);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else patch[key] = value;
  }
  for (const key of Object.keys(original)) if (!Object.hasOwn(modified, key)) patch[key] = null;
  return patch;
}

/** What a server-side apply makes of an object by the one who owns all of the manifest: maps merge, lists are whole. */
export function applyOwned(live: unknown, manifest: unknown): unknown {
  if (!isObject(live) || !isObject(manifest)) return manifest;
  const merged: Record<string, unknown> = { ...live };
  for (const [key, value] of Object.entries(manifest)) merged[key] = applyOwned(live[key], value);
  return merged;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNulls(inner)]));
}

function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
