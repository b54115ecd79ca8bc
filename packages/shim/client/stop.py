"""Early stopping: the program's end before its time, and the word to Katib's service."""
import os
from .clock import clock
from .manager import OK, Manager
from .process import send, signal
from .say import say

GRACE_SECONDS = 10.0  # between SIGTERM and SIGKILL
SET_TRIAL_STATUS = b'/api.v1.beta1.EarlyStopping/SetTrialStatus'
STATUS_TRIES, STATUS_SECONDS = 3, 5.0


class Stopping:
	"""Ends the child with all that it started, where the reporter says that the rules are met."""

	def __init__(self, process, reporter):
		self.process, self.reporter = process, reporter

	def look(self):
		if not self.reporter.stopped:
			return
		self.process.handle(signal.SIGCHLD)  # it may have ended by itself
		if self.process.code is not None:
			return
		if not self.process.stopped:
			self.process.stopped, self.kill_at = True, clock() + GRACE_SECONDS
			say('stopped early: %s', self.reporter.stopped)
			send(os.killpg, self.process.pid, signal.SIGTERM)
		elif clock() >= self.kill_at:
			send(os.killpg, self.process.pid, signal.SIGKILL)


def set_trial_status(address, trial):
	"""Tells Katib's early stopping service that the trial was stopped."""
	service = Manager(trial, address, None)
	for _ in range(STATUS_TRIES):
		status, error = service.call(SET_TRIAL_STATUS, service.trial, clock() + STATUS_SECONDS)
		if status == OK:
			return
	say('%s was not told that the trial was stopped early (%s): Katib takes it as succeeded', address, error)
