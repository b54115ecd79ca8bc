"""What the settings ask for, made before the program starts."""
from .custom_filters import custom_filters
from .environment import setting
from .filters import default_filter
from .held import HeldReporter
from .json_lines import json_reader
from .reporter import Reporter
from .settings import destination


def make_reporter(trial, config, names, is_json):
	"""Reads as Katib's collector would, and reports to its DB manager."""
	is_held = is_json or config.get('deliver', 'live') != 'live'
	reporter = (HeldReporter if is_held else Reporter)(trial, config['metrics'], *destination(setting, trial))
	if is_json:
		reporter.read = json_reader(names, reporter)
	elif config.get('filters') is None:
		reporter.read = default_filter(names, reporter.mend)
	else:
		import re
		reporter.read = custom_filters(names, config['filters'], reporter.mend, re.compile)
	return reporter
