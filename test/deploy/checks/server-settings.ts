import { completeSettings, type ServerSettings } from '../../../packages/webhook/src/server/options.ts';
import { flagOf, settingKeys } from '../../../packages/webhook/src/server/settings/index.ts';
import { readSettings } from '../../../packages/webhook/src/server/settings/read-settings.ts';
import { type Manifest, ofKind, only } from '../manifests.ts';

/** The flags that a container gives, by the setting's key. Throws for one that the server doesn't know. */
function readFlags(args: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    args.map((arg) => {
      const [, flag, value] = /^(--[a-z-]+)=(.*)$/s.exec(arg) ?? [];
      const key = flag === '--config' ? 'config' : settingKeys.find((each) => flagOf(each) === flag);
      if (key === undefined || value === undefined) throw new Error(`the server has no flag ${arg}`);
      return [key, value];
    }),
  );
}

/** What the server's Pods mount, by path: the texts of a ConfigMap's files, names of a Secret's. */
export function mountedFiles(manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  const { containers, volumes } = only(manifests, 'Deployment').spec.template.spec;
  const files = new Map<string, string>();
  for (const { name, mountPath } of containers[0].volumeMounts) {
    const volume = volumes.find((each: { readonly name: string }) => each.name === name);
    for (const { path } of volume?.secret?.items ?? []) files.set(`${mountPath}/${path}`, '');
    const map = ofKind(manifests, 'ConfigMap').find(
      ({ metadata }) => metadata.name === volume?.configMap?.name,
    );
    for (const [path, text] of Object.entries(map?.data ?? {}))
      files.set(`${mountPath}/${path}`, text as string);
  }
  return files;
}

/** What a container of the Deployment gives the server, read as the server reads it. */
export async function readServerSettings(manifests: readonly Manifest[]): Promise<ServerSettings> {
  const files = mountedFiles(manifests);
  const { args, env = [] } = only(manifests, 'Deployment').spec.template.spec.containers[0];
  if (env.some(({ name }: { readonly name: string }) => name.startsWith('KATIB_PUSH_')))
    throw new Error('settings are flags and the file, not variables');
  const settings = await readSettings({
    flags: readFlags(args),
    environment: {},
    resolvePath: (path) => path,
    readFile: async (path) => {
      const text = files.get(path);
      if (text === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
      return text;
    },
  });
  return completeSettings(settings);
}

/** The settings that depend on flags alone. */
export function serverSettings(manifests: readonly Manifest[]): {
  readonly port: number;
  readonly adminPort: number;
  readonly path: string;
} {
  const flags = readFlags(only(manifests, 'Deployment').spec.template.spec.containers[0].args);
  return { port: Number(flags.port), adminPort: Number(flags.adminPort), path: String(flags.path) };
}
