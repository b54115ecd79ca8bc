/**
 * Words that run a command in a mount namespace of its own, with files bound over others: what is bound is gone with the
 * process, so nothing stays behind on the machine.
 *
 * @param mounts what is seen at which path; both have to be there, the last ones are bound first
 */
export function inPrivateNamespace(
  mounts: Readonly<Record<string, string>>,
  words: readonly string[],
): { readonly command: string; readonly args: readonly string[] } {
  const bound = Object.entries(mounts).flatMap(([path, source]) => [source, path]);
  const script = `while [ "$1" != -- ]; do mount --bind "$1" "$2" || exit 125; shift 2; done; shift; exec "$@"`;
  const root = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  return {
    command: 'unshare',
    args: ['--mount', ...root, 'sh', '-c', script, 'sh', ...bound, '--', ...words],
  };
}
