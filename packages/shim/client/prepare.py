"""What the settings ask for, made before the program starts."""
import fcntl
import os
from .custom_filters import custom_filters
from .environment import setting
from .filters import default_filter
from .follow import Followed
from .held import Held
from .json_lines import EveryLine, json_reader
from .lines import Lines
from .objective import Objective
from .pipes import Pipe, by_file, make_pipe
from .process import signal
from .reporter import Reporter, Watched
from .rules import Rules, watch_rules
from .spill import Spill

MANAGER_ADDRESS = 'katib-db-manager.kubeflow:6789'
JSON = 'JSON'


def make_reporter(trial, config, objective, ring):
    """Reads as Katib's collector would, and reports to its DB manager. `ring` wakes the loop."""
    folder = setting('TMPDIR') or '/tmp'
    path = setting('KATIB_PUSH_SPILL') or '%s/katib-push-%s.jsonl' % (folder, trial.replace('/', '_'))
    sink = Watched(trial, setting('KATIB_DB_MANAGER_ADDRESS') or MANAGER_ADDRESS, setting('KATIB_PUSH_CA_CERT'))
    reporter = Reporter(sink, None if path == 'off' else Spill(path, trial),
                        setting('KATIB_PUSH_NON_FINITE') == 'push')
    wanted = config['metrics']
    rules = Rules(config['rules'], objective) if Rules and config.get('rules') else None
    names = wanted + [name for name in (rules.names() if rules else ()) if name not in wanted]
    read = filter_of(config, names, reporter)
    if rules:
        def stop(rule):
            reporter.stopped = 'its rule %(name)s %(comparison)s %(value)s is met' % rule
            os.write(ring, b'\0')
        read = watch_rules(read, rules, wanted, is_json(config), stop)
    reporter.objective = Objective(objective['name'])
    reporter.read = reporter.objective.watch(read)
    reporter.names = names
    if is_json(config) or config.get('deliver', 'live') != 'live':
        reporter.held = Held(folder, wanted)
    return reporter


def is_json(config):
    return json_reader and (config.get('file') or {}).get('format') == JSON


def filter_of(config, names, reporter):
    if is_json(config):
        return json_reader(names, reporter.void)
    if config.get('filters') is None or not custom_filters:
        return default_filter(names, reporter.mend)
    import re
    return custom_filters(names, config['filters'], reporter.mend, re.compile)


def make_sources(config, reporter, descriptors):
    """What is read: the program's streams, or a file; pipes and watchers."""
    file = config.get('file')
    if file and Followed:
        lines = EveryLine(reporter.put) if is_json(config) else Lines(reporter.names, reporter.put)
        reporter.sources = [lines]
        return [], [Followed(file['path'], lines)]
    pipes = [Pipe(group, Lines(reporter.names, reporter.put)) for group in by_file(descriptors)]
    reporter.sources = [each.lines for each in pipes]
    return pipes, []


def make_bell():
    """A pipe that signals write to."""
    ends = make_pipe()
    for end in ends:
        fcntl.fcntl(end, fcntl.F_SETFL, fcntl.fcntl(end, fcntl.F_GETFL) | os.O_NONBLOCK)
    signal.set_wakeup_fd(ends[1])
    return ends
