// Writes the pages of the site into site/pages, for VitePress. The page of the playground comes with them.
//
// Environment: KATIB_PUSH_REPOSITORY, the repository's address; where it is set, files that are no page are linked there.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { readGroups } from './groups.ts';
import { root } from './root.ts';
import { writeSite } from './write-site.ts';

const groups = await readGroups();
writeSite(join(root, 'site/pages'), groups, process.env.KATIB_PUSH_REPOSITORY);
cpSync(join(root, 'packages/cli/page'), join(root, 'site/pages/public/playground'), { recursive: true });
console.log(`${groups.reduce((sum, { pages }) => sum + pages.length, 0)} pages`);
