import { takes, type Wrapper } from '../language/wrapper.ts';

const mpiFlags = {
  ...takes(
    '-np -n -c -N -H --host -host --hostfile -hostfile -machinefile --machinefile -x -f -hosts ' +
      '-ppn -bind-to --bind-to -map-by --map-by -rank-by --rank-by -wdir --wdir -wd --prefix ' +
      '-genvlist --tag-output-to --output-filename --timeout -npernode --npernode -rf --rankfile ' +
      '-iface -launcher',
  ),
  '-mca': 2,
  '--mca': 2,
  '-gmca': 2,
  '--gmca': 2,
  '-genv': 2,
  '-env': 2,
} as const;

const srunFlags = takes(
  '-n -N -c -p -A -J -t -w -x -o -e -i -D -m -C -G -q -d -r -M --ntasks --nodes --cpus-per-task ' +
    '--partition --account --job-name --time --gres --mem',
);

const timingFlags = takes('-f --format -o --output');

/** The commands that are looked through whatever they run, and those known not to be. A language adds its launchers. */
export const wrappers: readonly Wrapper[] = [
  // The environment and the process
  {
    names: ['env'],
    flags: takes('-u --unset -C --chdir -S --split-string'),
    assignments: true,
    drops: ['-i', '-', '--ignore-environment'],
    splitFlag: '-S',
    isTransparent: true,
  },
  { names: ['exec'], flags: takes('-a'), drops: ['-c'], isTransparent: true },
  { names: ['command', 'builtin'], isTransparent: true },
  {
    names: 'nohup setsid time gtime catchsegv unbuffer busybox caffeinate ltrace setarch'.split(' '),
    flags: timingFlags,
    isTransparent: true,
  },
  { names: ['nice'], flags: takes('-n --adjustment'), isTransparent: true },
  { names: ['ionice'], flags: takes('-c -n --class --classdata'), isTransparent: true },
  {
    names: ['timeout', 'gtimeout'],
    flags: takes('-s --signal -k --kill-after'),
    operands: 1,
    isTransparent: true,
  },
  {
    names: ['stdbuf'],
    flags: takes('-i -o -e --input --output --error'),
    isTransparent: true,
  },
  { names: ['dumb-init'], flags: takes('-r --rewrite'), isTransparent: true },
  { names: ['tini', 'tini-static', 'catatonit'], flags: takes('-p -e'), isTransparent: true },
  {
    names: ['numactl'],
    flags: takes('-C -m -N -i -p --physcpubind --membind --cpunodebind --interleave --preferred'),
    isTransparent: true,
  },
  { names: ['taskset', 'chrt'], operands: 1, isTransparent: true },
  {
    names: ['xargs'],
    flags: takes('-I -n -P -L -d -a -s -E --max-args --max-procs --arg-file --delimiter'),
  },
  { names: ['xvfb-run'], flags: takes('-n -s -e -f -p -w --server-args --server-num') },

  // Other users
  {
    names: ['sudo', 'doas'],
    flags: takes('-u -g -h -p -C -D -R -T -U --user --group'),
    assignments: true,
    drops: true,
    keeps: ['-E', '--preserve-env'],
  },

  // Launchers of parallel training
  {
    names: ['mpirun', 'mpiexec', 'mpiexec.hydra', 'orterun', 'prterun'],
    flags: mpiFlags,
    longByOneDash: true,
    drops: true,
  },
  { names: ['srun'], flags: srunFlags, drops: true },
  // Environments of packages
  {
    names: ['pixi'],
    subcommand: ['run'],
    flags: takes('-e --environment --manifest-path'),
  },
  {
    names: ['conda', 'mamba', 'micromamba'],
    subcommand: ['run'],
    flags: takes('-n --name -p --prefix --cwd -r --root-prefix'),
  },

  // Not followed
  {
    names: ['ssh', 'kubectl', 'docker', 'podman', 'nerdctl'],
    runs: 'nothing',
    because: 'it runs in another place',
  },
  {
    names: ['su', 'runuser', 'gosu', 'su-exec', 'setuidgid', 'chpst', 'setpriv'],
    runs: 'nothing',
    because: 'it runs as another user',
  },
  {
    names: ['chroot', 'unshare', 'nsenter', 'firejail', 'bwrap'],
    runs: 'nothing',
    because: 'it runs under another root',
  },
  {
    names: ['parallel', 'watch', 'entr', 'screen', 'tmux', 'at', 'batch', 'crontab', 'sbatch'],
    runs: 'nothing',
    because: 'what it runs is put together at run time',
  },
  {
    names: ['make', 'just', 'dvc', 'guild'],
    runs: 'nothing',
    because: 'what it runs is named in a file that is not in the Experiment',
  },
];
