import { kinds, type Setup } from './setup.ts';

const version = 'v1=';

/** The setup as a fragment: deflated JSON in base64url, which a browser never sends to a server. */
export async function toFragment(setup: Setup): Promise<string> {
  const bytes = await through(
    new TextEncoder().encode(JSON.stringify(setup)),
    new CompressionStream('deflate-raw'),
  );
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `#${version}${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** The setup of a fragment; undefined where it holds none that can be read. */
export async function fromFragment(fragment: string): Promise<Setup | undefined> {
  if (!fragment.startsWith(`#${version}`)) return undefined;
  try {
    const binary = atob(
      fragment
        .slice(1 + version.length)
        .replaceAll('-', '+')
        .replaceAll('_', '/'),
    );
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    const json = new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw')));
    return readSetup(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** A link comes from anyone: each field has to be of its type. */
function readSetup(value: Partial<Record<keyof Setup, unknown>>): Setup | undefined {
  const { text, kind, metrics, filters, log } = value;
  const isText = (field: unknown): field is string => typeof field === 'string';
  if (![text, metrics, filters, log].every(isText)) return undefined;
  if (!isText(kind) || !Object.hasOwn(kinds, kind)) return undefined;
  return { text, kind, metrics, filters, log } as Setup;
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(transform);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
