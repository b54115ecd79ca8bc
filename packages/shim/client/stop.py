"""Early stopping: the program's end before its time, and the word to Katib's service."""
import os
from . import python2
import _signal as signal
from .clock import clock, sleep
from .manager import OK, Manager
from .say import say

GRACE_SECONDS = 10.0  # between SIGTERM and SIGKILL
LOOK_SECONDS = 0.05
SET_TRIAL_STATUS = b'/api.v1.beta1.EarlyStopping/SetTrialStatus'
STATUS_TRIES, STATUS_SECONDS = 3, 5.0


class Stopping:
	"""Ends the child with all that it started, where the reporter says that the rules are met."""
	pause, kill_at = None, None

	def __init__(self, process, reporter):
		self.process, self.reporter = process, reporter

	def look(self):
		if not self.reporter.stopped or self.process.code is not None:
			return
		if self.kill_at is None:
			self.pause, self.kill_at = LOOK_SECONDS, clock() + GRACE_SECONDS
			self.process.stopped = True
			say('stopped early: %s', self.reporter.stopped)
		elif clock() < self.kill_at:
			return
		try:
			os.killpg(self.process.pid, signal.SIGKILL if clock() >= self.kill_at else signal.SIGTERM)
		except OSError:
			pass  # it ended meanwhile

	def close(self):
		pass


def set_trial_status(config, trial):
	"""Tells Katib's early stopping service that the trial was stopped, where it is to know."""
	if not config.get('earlyStopping'):
		return
	service = Manager(trial, config['earlyStopping'], None)
	for _ in range(STATUS_TRIES):
		status, error = service.call(SET_TRIAL_STATUS, service.trial, clock() + STATUS_SECONDS)
		if status == OK:
			return
		sleep(LOOK_SECONDS)
	say('%s was not told that the trial was stopped early (%s): Katib takes it as succeeded', service.name, error)
