"""Starts the client, once per process, where there is something to push."""
import os
import sys
from .imports import literal
from .lifetime import KEY
from .ranks import is_wanted_rank
from .say import say
from .sender import Sender
from .settings import destination
from .taps import start_taps
from .trainer import make_status_sender

OTHER_PUSHES = 'nothing is pushed: another process of the trial does it'


def debug(text, *values):
	"""Says it where somebody looks for the reason that nothing is pushed."""
	if os.environ.get('KATIB_PUSH_DEBUG'):
		say(text, *values)


def make_sender(env, overrides):
	"""A sender for this process; None where it has nothing to push."""
	trial = env('KATIB_TRIAL_NAME') or env('KATIB_PUSH_TRIAL_NAME') or overrides.get('trial')
	is_named = trial or make_status_sender and env('KUBEFLOW_TRAINER_SERVER_URL')
	if not is_named:
		return debug('nothing is pushed: no trial is named')
	if not is_wanted_rank(env):
		return debug(OTHER_PUSHES)
	if not trial:
		return make_status_sender(env)
	return Sender(*destination(env, trial, overrides.get('address')))


def begin(running, overrides):
	"""Reads the environment; leaves running.wrap where there is something to push."""
	env = os.environ.get
	config = overrides.get('config') or literal(env('KATIB_PUSH_CONFIG', '{}'))
	index, wanted = env('JOB_COMPLETION_INDEX'), config.get('completionIndex')
	if not config.get('metrics'):
		return debug('nothing is pushed: no metrics are wanted')
	if wanted is not None and index and index != str(wanted):
		return debug(OTHER_PUSHES)
	running.sender = make_sender(env, overrides)
	if running.sender:
		streams = overrides.get('streams') or ('stdout', 'stderr')
		running.wrap, running.read_all = start_taps(config, running.sender, streams, env)


def bind(into, name, overrides=None):
	"""Starts the client once per process; puts wrap into[name]. Whatever fails leaves into[name] as it is."""
	running, overrides = sys.modules.get(KEY), overrides or {}
	if running is None:
		running = sys.modules[KEY] = type(sys)(KEY)
		running.wrap = running.sender = None
		try:
			begin(running, overrides)
		except Exception as e:
			debug('not started: %r', e)
	if running.wrap:
		into[name] = running.wrap
		if overrides.get('everyLine'):
			running.read_all()


if 'katib_push_into' in globals():
	bind(*katib_push_into)
	del katib_push_into  # or the program's globals outlive it
