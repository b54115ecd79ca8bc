/** The oldest Node that the command runs on: `engines` of package.json. */
const oldest = [22, 18] as const;

/** Says that a version of Node, such as `20.11.1`, is too old; undefined where it isn't. */
export function checkNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined;
  return `katib-push needs Node ${oldest.join('.')} or later; this is ${version}.`;
}
