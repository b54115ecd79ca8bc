// Writes the pages of the site into site/pages, for VitePress.
//
// Environment: KATIB_PUSH_REPOSITORY, the repository's address; where it is set, files that are no page are linked there.
import { join } from 'node:path';
import { readGroups } from './groups.ts';
import { root } from './root.ts';
import { writeSite } from './write-site.ts';

const groups = await readGroups();
writeSite(join(root, 'site/pages'), groups, process.env.KATIB_PUSH_REPOSITORY);
console.log(`${groups.reduce((sum, { pages }) => sum + pages.length, 0)} pages`);
