"""What the settings ask for, made before the program starts."""
from .custom_filters import custom_filters
from .environment import setting
from .filters import default_filter
from .held import Held, HeldReporter
from .json_lines import JSON, json_reader
from .objective import Objective
from .reporter import Reporter, Watched
from .rules import watch_rules
from .spill import Spill

MANAGER_ADDRESS = 'katib-db-manager.kubeflow:6789'


def make_reporter(trial, config, names, wake_loop):
	"""Reads as Katib's collector would, and reports to its DB manager."""
	folder = setting('TMPDIR') or '/tmp'
	path = setting('KATIB_PUSH_SPILL') or '%s/katib-push-%s.jsonl' % (folder, trial.replace('/', '_'))
	address = setting('KATIB_DB_MANAGER_ADDRESS') or MANAGER_ADDRESS
	is_json = json_reader and config['file'].get('format') == JSON
	is_held = HeldReporter and (is_json or config.get('deliver', 'live') != 'live')
	reporter = (HeldReporter if is_held else Reporter)(
		trial, Watched(trial, address, setting('KATIB_PUSH_CA_CERT')), None if path == 'off' else Spill(path, trial),
		setting('KATIB_PUSH_NON_FINITE') == 'push')
	if is_held:
		reporter.held = Held(folder, config['metrics'])
	if is_json:
		reporter.read = json_reader(names, reporter.void)
	elif config.get('filters') is None or not custom_filters:
		reporter.read = default_filter(names, reporter.mend)
	else:
		import re
		reporter.read = custom_filters(names, config['filters'], reporter.mend, re.compile)
	if watch_rules and config.get('rules'):
		watch_rules(reporter, config, wake_loop)
	reporter.objective = Objective(config['objective']['name'])
	reporter.read = reporter.objective.watch(reporter.read)
	return reporter
