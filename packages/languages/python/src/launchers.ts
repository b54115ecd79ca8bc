import { takes, type Wrapper } from '@katib-push/core';

const launcherFlags = takes(
  '--nnodes --nproc-per-node --rdzv-backend --rdzv-endpoint --rdzv-id --rdzv-conf ' +
    '--max-restarts --monitor-interval --start-method --role --log-dir -r --redirects -t --tee ' +
    '--node-rank --master-addr --master-port --local-addr --logs-specs --local-ranks-filter ' +
    '--numa-binding',
);

const accelerateFlags = takes(
  '--config-file --num-processes --num-machines --machine-rank --main-process-ip ' +
    '--main-process-port --mixed-precision --dynamo-backend --dynamo-mode ' +
    '--num-cpu-threads-per-process --gpu-ids --rdzv-backend --rdzv-conf --max-restarts ' +
    '--monitor-interval --role --tee --log-dir --zero-stage --offload-optimizer-device ' +
    '--offload-param-device --gradient-accumulation-steps --gradient-clipping ' +
    '--deepspeed-config-file --deepspeed-hostfile --deepspeed-multinode-launcher ' +
    '--fsdp-auto-wrap-policy --fsdp-sharding-strategy --fsdp-offload-params --fsdp-min-num-params ' +
    '--fsdp-transformer-layer-cls-to-wrap --fsdp-state-dict-type --fsdp-backward-prefetch ' +
    '--fsdp-version --same-network --tpu-name --tpu-zone',
);

/** The commands that run a Python program, or set one up. */
export const launchers: readonly Wrapper[] = [
  { names: ['ddtrace-run', 'opentelemetry-instrument'] },
  {
    names: ['py-spy'],
    subcommand: ['record', 'top', 'dump'],
    flags: takes('-o -r -d -f --output --rate --duration --format'),
  },

  // Parallel training
  {
    names: ['torchrun', '-m torch.distributed.run', '-m torch.distributed.launch'],
    flags: launcherFlags,
    runs: 'program',
    commandFlags: ['--no-python'],
  },
  {
    names: ['accelerate'],
    subcommand: ['launch'],
    flags: accelerateFlags,
    runs: 'program',
    commandFlags: ['--no-python'],
  },
  {
    names: ['-m accelerate.commands.launch'],
    flags: accelerateFlags,
    runs: 'program',
    commandFlags: ['--no-python'],
  },
  {
    names: ['deepspeed', '-m deepspeed.launcher.runner'],
    flags: takes(
      '-H --hostfile -i --include -e --exclude --num-nodes --num-gpus --master-port --master-addr ' +
        '--launcher --launcher-args --node-rank',
    ),
    runs: 'program',
    drops: true,
    commandFlags: ['--no-python'],
  },
  {
    names: ['horovodrun'],
    flags: takes(
      '-np --num-proc -H --hosts -hostfile --hostfile -p --ssh-port --start-timeout --network-interface',
    ),
    longByOneDash: true,
    drops: true,
  },

  // Profilers, debuggers
  { names: ['-m cProfile', '-m profile'], flags: takes('-o -s'), runs: 'program' },
  {
    names: [
      '-m pdb',
      '-m trace',
      '-m kernprof',
      '-m line_profiler',
      '-m memory_profiler',
      '-m torch.utils.bottleneck',
      '-m scalene',
      '-m ddp',
    ],
    flags: takes('-c -o'),
    runs: 'program',
  },
  {
    names: ['-m debugpy', '-m debugpy.adapter'],
    flags: takes('--listen --connect --log-to --configure-subProcess'),
    runs: 'program',
  },
  {
    names: ['coverage', '-m coverage'],
    subcommand: ['run'],
    flags: takes('--rcfile --source --omit --include --data-file --concurrency'),
    runs: 'program',
  },
  { names: ['kernprof', 'scalene'], flags: takes('-o -s -i'), runs: 'program' },
  { names: ['ipexrun'], flags: launcherFlags, runs: 'program' },

  // Environments of packages
  {
    names: ['uv'],
    subcommand: ['run'],
    flags: takes(
      '--with --with-editable --with-requirements -p --python --extra --group --only-group ' +
        '--project --directory --env-file --index-url --index --default-index --extra-index-url -i -w ' +
        '--cache-dir --config-file --package -n',
    ),
    runs: 'either',
  },
  {
    names: ['poetry', 'pipenv', 'pdm', 'hatch', 'rye'],
    subcommand: ['run'],
    flags: takes('-p -C --project --directory -e --environment'),
  },
  {
    names: ['uvx', 'pipx', 'tox', 'nox', 'invoke', 'ray'],
    runs: 'nothing',
    because: 'what it runs is named in a file that is not in the Experiment',
  },
];
