"""Where rows go, by the environment."""
from .manager import Manager
from .spill import Spill

ADDRESS = 'katib-db-manager.kubeflow:6789'
FLUSH_SECONDS = 30.0


def destination(env, trial, address=None):
	"""A trial's DB manager and spill file, and whether values that are not finite go there: what a Sender takes."""
	manager = Manager(trial, env('KATIB_DB_MANAGER_ADDRESS') or address or ADDRESS, env('KATIB_PUSH_CA_CERT'))
	path = env('KATIB_PUSH_SPILL') or '%s/katib-push-%s.jsonl' % (env('TMPDIR') or '/tmp', trial.replace('/', '_'))
	return manager, None if path == 'off' else Spill(path, trial), env('KATIB_PUSH_NON_FINITE') == 'push'


def flush_seconds(env):
	"""For which the end waits for the server."""
	text = env('KATIB_PUSH_FLUSH_TIMEOUT') or ''
	return float(text) if text.replace('.', '', 1).isdigit() else FLUSH_SECONDS
