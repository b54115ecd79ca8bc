import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startDbManager } from '@katib-push/db-manager';
import { expect, it } from 'vitest';
import { clients } from '../conformance/clients.ts';
import { readSaid } from './account.ts';
import { programText } from './program.ts';
import { startRunning } from './running.ts';

const BIN = join(import.meta.dirname, '../../../packages/cli/src/bin.ts');

it.each(clients.map((client) => [client.language, client] as const))(
  'katib-push replay delivers what the %s client spilled, in the order of the prints',
  async (_, client) => {
    const kept = mkdtempSync(join(tmpdir(), 'katib-push-'));
    const spill = join(kept, 'rows.jsonl');
    const manager = await startDbManager();
    try {
      const program = startRunning(
        {
          client,
          text: programText(client.language, { kind: 'blocks', sizes: [50, 50] }),
          env: {
            [client.variable]: client.source,
            KATIB_PUSH_CONFIG: JSON.stringify({ metrics: ['loss'], filters: null }),
            KATIB_TRIAL_NAME: 'spilled',
            KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1',
            KATIB_PUSH_FLUSH_TIMEOUT: '0.5',
          },
        },
        (folder) => copyFileSync(join(folder, 'katib-push-spilled.jsonl'), spill),
      );
      program.go();
      program.go();
      const { stderr } = await program.ended;
      expect(readSaid(stderr)).toMatchObject({ count: 100, spilled: 100, lost: 0 });
      const argv = ['--conditions=source', BIN, 'replay', spill, '--address', manager.address];
      await promisify(execFile)(process.execPath, argv);
      expect(manager.observations('spilled').map(({ value }) => value)).toEqual(
        Array.from({ length: 100 }, (_, i) => String(i)),
      );
      expect(existsSync(spill)).toBe(false);
    } finally {
      rmSync(kept, { recursive: true });
      await manager.close();
    }
  },
);
