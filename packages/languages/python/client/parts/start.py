"""Starts the client, once per process, where there is something to push."""
import os
import sys
from .imports import literal
from .lifetime import KEY
from .manager import Manager
from .ranks import rank_of
from .say import debug, say
from .sender import Sender
from .spill import Spill
from .taps import start_taps
from .trainer import make_status_sender

ADDRESS = 'katib-db-manager.kubeflow:6789'


def make_sender(env, overrides):
	"""A sender for this process; None where it has nothing to push."""
	trial = env('KATIB_TRIAL_NAME') or env('KATIB_PUSH_TRIAL_NAME') or overrides.get('trial')
	if not trial and not (make_status_sender and env('KUBEFLOW_TRAINER_SERVER_URL')):
		return debug('pushes nothing: no trial has a name')
	if not is_wanted_rank(env):
		return debug('pushes nothing: rank %r', rank_of(env))
	as_printed = env('KATIB_PUSH_NON_FINITE') == 'push'
	if not trial:
		return make_status_sender(env, as_printed)
	address = env('KATIB_DB_MANAGER_ADDRESS') or overrides.get('address') or ADDRESS
	path = env('KATIB_PUSH_SPILL') or '%s/katib-push-%s.jsonl' % (
		env('TMPDIR') or '/tmp', trial.replace('/', '_'))
	spill = None if path == 'off' else Spill(path, trial)
	return Sender(Manager(trial, address, env('KATIB_PUSH_CA_CERT')), spill, as_printed)


def is_wanted_rank(env):
	"""A process without a rank pushes."""
	wanted = env('KATIB_PUSH_RANK', '')
	if not wanted.isdigit():
		return True
	if not rank_of:
		say('every process pushes: the client was delivered without ranks, before KATIB_PUSH_RANK was set')
		return True
	return rank_of(env) in (None, int(wanted))


def begin(running, overrides):
	"""Reads the environment; leaves running.wrap where there is something to push."""
	env = os.environ.get
	config = overrides.get('config')
	if config is None:
		config = literal(env('KATIB_PUSH_CONFIG', '{}'))
	index, wanted = env('JOB_COMPLETION_INDEX'), config.get('completionIndex')
	if not config.get('metrics') or wanted is not None and index and index != str(wanted):
		return debug('pushes nothing: index %r, %r', index, config)
	running.sender = make_sender(env, overrides)
	if running.sender:
		streams = overrides.get('streams') or ('stdout', 'stderr')
		running.wrap, running.read_all = start_taps(config, running.sender, streams, env)


def bind(into, name, overrides=None):
	"""Starts the client once per process; puts wrap into[name]. Whatever fails leaves into[name] as it is."""
	running = sys.modules.get(KEY)
	if running is None:
		running = sys.modules[KEY] = type(sys)(KEY)
		running.wrap = running.sender = None
		try:
			begin(running, overrides or {})
		except Exception as e:
			debug('not started: %r', e)
	if running.wrap:
		into[name] = running.wrap
		if overrides and overrides.get('everyLine'):
			running.read_all()


if 'katib_push_into' in globals():
	bind(*katib_push_into)
	del katib_push_into  # or the program's globals outlive it
