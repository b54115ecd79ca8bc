import type { Plan } from '../../client/reliability/program.ts';
import type { Running } from '../../client/reliability/running.ts';
import type { Database } from './database.ts';
import type { RealDbManager } from './db-manager.ts';

/** What a fault acts on. */
export interface Scene {
  readonly database: Database;
  readonly manager: RealDbManager;
  /** The programs that print meanwhile. */
  readonly programs: readonly Running[];
  /** Lets all programs print their next block; resolves when all have. */
  block(count: number): Promise<void>;
  /** Resolves when each program's first `rows` rows are stored. */
  stored(rows: number): Promise<void>;
}

/** Something that happens to the real DB manager while programs push. */
export interface Fault {
  readonly name: string;
  readonly plan: Plan;
  /** Programs that each pusher runs at once. */
  readonly programs: number;
  /** Seconds that a program may wait at its end; absent for the default. */
  readonly flush?: number;
  /** Whether rows are to be in the spill files when all programs have ended; `may` where a program prints too fast. */
  readonly spills: boolean | 'may';
  happen(scene: Scene): Promise<void>;
}

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000));
const first = 300;
/** A block before the fault, one while it lasts, one after it. */
const blocks: Plan = { kind: 'blocks', sizes: [first, 2000, 200] };

/** A fault that begins when the first block is stored, and ends after a while, or with the last program. */
const lasting =
  (begin: (scene: Scene) => Promise<() => Promise<void>>, lasts: number) => async (scene: Scene) => {
    await scene.block(1);
    await scene.stored(first);
    const end = await begin(scene);
    await scene.block(2);
    await seconds(lasts);
    await end();
    await scene.block(3);
  };

export const faults: readonly Fault[] = [
  {
    name: 'the database is killed, and back after 30 s',
    plan: blocks,
    programs: 1,
    spills: false,
    happen: lasting(async ({ database }) => {
      await database.kill();
      return () => database.start();
    }, 30),
  },
  {
    name: 'the database is killed for good',
    plan: blocks,
    programs: 1,
    flush: 3,
    spills: true,
    async happen(scene) {
      await scene.block(1);
      await scene.stored(first);
      await scene.database.kill();
      await scene.block(2);
      await scene.block(3);
      await Promise.all(scene.programs.map(({ ended }) => ended));
      await scene.database.start();
    },
  },
  {
    name: 'the table is locked for 20 s',
    plan: blocks,
    programs: 1,
    spills: false,
    happen: lasting(({ database }) => database.lock(), 20),
  },
  {
    name: 'the DB manager is killed, and back after 5 s',
    plan: blocks,
    programs: 1,
    spills: false,
    happen: lasting(async ({ manager }) => {
      await manager.kill();
      return () => manager.start();
    }, 5),
  },
  {
    name: '40 trials at once',
    plan: { kind: 'flood', rows: 300 },
    programs: 40,
    spills: false,
    happen: async () => {},
  },
  {
    name: '100 000 rows',
    plan: { kind: 'flood', rows: 100_000 },
    programs: 1,
    flush: 120,
    spills: 'may',
    happen: async () => {},
  },
];
