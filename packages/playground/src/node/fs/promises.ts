/** `node:fs/promises` in the page: what a grammar's address holds. */
export async function readFile(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}
