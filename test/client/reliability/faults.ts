import type { Database } from './database.ts';
import type { Plan } from './program.ts';
import type { FaultyProxy } from './proxy.ts';
import type { Running } from './running.ts';

/** How much is printed and waited: `short` for every test run, `long` for the table. */
export interface Scale {
  /** Rows of a block. */
  readonly block: number;
  readonly flood: number;
  /** Seconds of 10 000 prints a second. */
  readonly seconds: number;
  /** KATIB_PUSH_FLUSH_TIMEOUT where rows may stay behind; undefined: the client's own. */
  readonly flush: number | undefined;
  /** Rows that a killed program prints at most. */
  readonly ticks: number;
  /** Calls that find no database: more than a client gives to what may be a row's own fault. The long ones take 30 s. */
  readonly refusals: number;
}

export const SHORT: Scale = { block: 150, flood: 60_000, seconds: 1, flush: 2, ticks: 600, refusals: 12 };
export const LONG: Scale = {
  block: 2000,
  flood: 1_000_000,
  seconds: 30,
  flush: undefined,
  ticks: 5000,
  refusals: 24,
};

/** KATIB_PUSH_FLUSH_TIMEOUT of a fault: where everything has to arrive, there is time for it, also on a busy machine. */
export function flushOf(fault: Fault, scale: Scale): number | undefined {
  return fault.may ? scale.flush : undefined;
}

/** What a fault acts on. */
export interface Stage {
  readonly proxy: FaultyProxy;
  readonly program: Running;
  /** What stands behind the DB manager, where the fault says `database`. */
  readonly database: Database;
  readonly scale: Scale;
  /** Resolves when the server has stored this many rows. */
  stored(rows: number): Promise<void>;
  /** A number from 0 to 1, the same in every run. */
  readonly chance: () => number;
}

/** One line of the matrix: what goes wrong, and what has to come of it. */
export interface Fault {
  /** As the table names it. */
  readonly name: string;
  readonly plan: (scale: Scale) => Plan;
  /** Drives the program and the network; by default lets it run against a server that works. */
  readonly drive?: (stage: Stage) => Promise<void>;
  /** Stands for the proxy's address. */
  readonly address?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** As for {@link Running}. */
  readonly shell?: string;
  /** gRPC statuses that the server answers with instead of storing, call by call; the last goes on if `refusesOn`. */
  readonly statuses?: readonly number[];
  readonly refusesOn?: boolean;
  /** Set where the DB manager's database comes and goes. */
  readonly database?: true;
  /**
   * What may become of rows besides being delivered; `unseen` are those that the client had not been given when the call
   * before the last but one was answered. Default: nothing.
   */
  readonly may?: readonly ('spilled' | 'lost' | 'unseen')[];
  /** Exit code or signal where it is not that of the program. */
  readonly end?: string;
  /** Takes longer than a test may. */
  readonly longOnly?: boolean;
}

const blocks = (count: number) => (scale: Scale) =>
  ({ kind: 'blocks', sizes: Array.from({ length: count }, () => scale.block) }) as const;

/** The server is there, and all blocks follow each other. */
async function run({ proxy, program }: Stage, count = 3): Promise<void> {
  await proxy.up();
  for (let i = 1; i <= count; i++) {
    program.go();
    if (i < count) await program.blocks(i);
  }
}

/** The server is there, and stores the first blocks. */
async function storeFirst({ proxy, program, scale, stored }: Stage, count = 1): Promise<void> {
  await proxy.up();
  for (let i = 0; i < count; i++) program.go();
  await stored(count * scale.block);
}

/** The program runs, and reaches nobody. */
async function unreached({ program }: Stage): Promise<void> {
  program.go();
}

export const faults: readonly Fault[] = [
  { name: 'none', plan: blocks(3), drive: (stage) => run(stage) },
  {
    name: 'server down at the start',
    plan: blocks(3),
    async drive({ proxy, program, scale, stored }) {
      program.go();
      await program.blocks(1);
      await proxy.up();
      await stored(scale.block);
      program.go();
      program.go();
    },
  },
  {
    name: 'server down in the middle',
    plan: blocks(3),
    async drive(stage) {
      const { proxy, program, scale, stored } = stage;
      await storeFirst(stage);
      await proxy.down();
      program.go();
      await program.blocks(2);
      await proxy.up();
      await stored(2 * scale.block);
      program.go();
    },
  },
  {
    name: 'server down at the end',
    plan: blocks(3),
    may: ['spilled'],
    async drive(stage) {
      await storeFirst(stage, 2);
      await stage.proxy.down();
      stage.program.go();
    },
  },
  {
    name: 'server down all the time',
    plan: blocks(1),
    address: '127.0.0.1:1',
    may: ['spilled'],
    drive: unreached,
  },
  {
    name: 'slow: 50 ms each way',
    plan: blocks(3),
    async drive(stage) {
      stage.proxy.delay(50);
      await run(stage);
    },
  },
  {
    name: 'refuses for a while (RESOURCE_EXHAUSTED, UNAVAILABLE)',
    plan: blocks(3),
    statuses: [8, 14, 14],
    drive: (stage) => run(stage),
  },
  {
    name: 'refuses for good (PERMISSION_DENIED)',
    plan: blocks(1),
    statuses: [7],
    refusesOn: true,
    may: ['spilled'],
    drive: (stage) => run(stage, 1),
  },
  {
    name: 'database down in the middle, behind a DB manager that lives',
    plan: blocks(3),
    database: true,
    async drive(stage) {
      const { database, program, scale, stored } = stage;
      await storeFirst(stage);
      database.isAway = true;
      program.go();
      await program.blocks(2);
      await database.missed(scale.refusals);
      database.isAway = false;
      await stored(2 * scale.block);
      program.go();
    },
  },
  {
    name: 'database down for good, behind a DB manager that lives',
    plan: blocks(2),
    database: true,
    may: ['spilled'],
    async drive(stage) {
      await storeFirst(stage);
      stage.database.isAway = true;
      stage.program.go();
    },
  },
  {
    name: 'resets connections, some after it stored what they brought',
    plan: blocks(3),
    async drive(stage) {
      const { proxy, chance } = stage;
      proxy.resetAfter([
        { from: 'server', bytes: 1 },
        { from: 'client', bytes: 1 + Math.floor(chance() * 100) },
        { from: 'server', bytes: 60 + Math.floor(chance() * 20) },
        { from: 'client', bytes: 200 + Math.floor(chance() * 1000) },
      ]);
      await run(stage);
    },
  },
  {
    name: 'half-open from the start',
    plan: blocks(1),
    may: ['spilled'],
    async drive(stage) {
      stage.proxy.mute();
      await run(stage, 1);
    },
  },
  {
    name: 'half-open in the middle, until the next connection',
    plan: blocks(3),
    longOnly: true,
    async drive(stage) {
      const { proxy, program, scale, stored } = stage;
      await storeFirst(stage);
      proxy.mute();
      program.go();
      const again = proxy.connection();
      await program.blocks(2);
      // its deadline of 15 s passes, and it connects again
      proxy.hear();
      await again;
      await stored(2 * scale.block);
      program.go();
    },
  },
  {
    name: 'half-open at the end',
    plan: blocks(2),
    may: ['spilled'],
    async drive(stage) {
      await storeFirst(stage);
      stage.proxy.mute();
      stage.program.go();
    },
  },
  {
    name: 'wrong address: nobody listens',
    plan: blocks(1),
    address: '127.0.0.1:1',
    may: ['spilled'],
    drive: unreached,
  },
  {
    name: 'DNS fails',
    plan: blocks(1),
    address: 'katib-db-manager.invalid:6789',
    may: ['spilled'],
    drive: unreached,
  },
  {
    name: 'server down, disk full for the spill file',
    plan: blocks(1),
    address: '127.0.0.1:1', // a port that no other test may be given meanwhile
    env: { KATIB_PUSH_SPILL: '/dev/full' },
    may: ['lost'],
    drive: unreached,
  },
  {
    name: 'server down, spill file may have 4 KB',
    plan: blocks(1),
    address: '127.0.0.1:1',
    shell: 'ulimit -f 4; exec "$@"',
    may: ['spilled', 'lost'],
    drive: unreached,
  },
  {
    name: 'server down, spill file in a folder that is not there',
    plan: blocks(1),
    address: '127.0.0.1:1',
    env: { KATIB_PUSH_SPILL: '/nonexistent/katib-push.jsonl' },
    may: ['lost'],
    drive: unreached,
  },
  {
    name: 'many prints at once',
    plan: (scale) => ({ kind: 'flood', rows: scale.flood }),
  },
  {
    name: 'many prints at once, server down',
    plan: (scale) => ({ kind: 'flood', rows: scale.flood }),
    may: ['spilled'],
    drive: async () => {},
  },
  {
    name: '10 000 prints a second',
    plan: (scale) => ({ kind: 'paced', perSecond: 10_000, seconds: scale.seconds }),
  },
  {
    name: 'SIGKILL at a random moment',
    plan: (scale) => ({ kind: 'ticking', rows: scale.ticks * 2, end: 'exit' }),
    may: ['unseen'],
    end: 'SIGKILL',
    drive: (stage) => kill(stage, 'SIGKILL'),
  },
  {
    name: 'SIGTERM at a random moment',
    plan: (scale) => ({ kind: 'ticking', rows: scale.ticks * 2, end: 'exit' }),
    may: ['unseen'],
    end: 'SIGTERM',
    drive: (stage) => kill(stage, 'SIGTERM'),
  },
  {
    name: 'os._exit (Python, shim), a SIGKILL of its own (JavaScript)',
    plan: ({ ticks }) => ({ kind: 'ticking', rows: ticks, end: 'at once' }),
    may: ['unseen'],
    drive: (stage) => printRows(stage, stage.scale.ticks),
  },
];

async function kill(stage: Stage, signal: NodeJS.Signals): Promise<void> {
  await printRows(stage, FIRST_CALLS + Math.ceil(stage.chance() * stage.scale.ticks));
  stage.program.kill(signal);
}

/** So many rows are stored one by one, which makes as many calls. */
const FIRST_CALLS = 3;
/** Rows that may wait: fewer than any client reads or sends at once. */
const MOST_WAITING = 200;

/** Lets rows be printed, each when the one before it is seen. */
async function printRows({ proxy, program, stored }: Stage, rows: number): Promise<void> {
  await proxy.up();
  for (let row = 1; row <= rows; row++) {
    program.go();
    await program.lines(row);
    if (row <= FIRST_CALLS) await stored(row);
    else if (row > MOST_WAITING) await stored(row - MOST_WAITING);
  }
}
