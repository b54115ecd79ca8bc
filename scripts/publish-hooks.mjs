// What pnpm writes into each package.json as it packs it (`--config.pnpmfile`): where the sources are. The tree doesn't
// say it, because a fork publishes from its own address and npm's provenance refuses any other.
//
// Environment: KATIB_PUSH_REPOSITORY, such as https://git.example.com/team/katib-push; unset: nothing is written.
import { relative } from 'node:path';

const repository = process.env.KATIB_PUSH_REPOSITORY?.replace(/\/$/, '');
const root = new URL('..', import.meta.url).pathname;

export const hooks = {
  beforePacking(manifest, folder = process.cwd()) {
    if (!repository) return manifest;
    const directory = relative(root, folder);
    return {
      ...manifest,
      repository: { type: 'git', url: `git+${repository}.git`, ...(directory ? { directory } : {}) },
      homepage: `${repository}#readme`,
      bugs: `${repository}/issues`,
    };
  },
};
