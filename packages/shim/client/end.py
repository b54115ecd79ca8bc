"""What has to happen between the end of the output and our own."""
import os
from .clock import clock
from .environment import setting
from .objective import say_nearest
from .process import send, signal
from .say import say
from .settings import flush_seconds
from .stop import set_trial_status

UNDELIVERED = 75  # EX_TEMPFAIL


def finish(process, reporter, config, sources):
	"""Ends the last lines of `sources`, and delivers what waits; says nothing of the objective where nothing was read.

	Returns our exit code: the child's, or 75 where rows had to arrive and did not.
	"""
	if os.getpid() == 1:
		send(os.kill, -1, signal.SIGKILL)  # as the kernel does at our end: nobody prints or waits while we deliver
	for lines in sources:
		lines.close()
	signal.setitimer(signal.ITIMER_REAL, 0)
	code, end = 0 if process.stopped else process.code, clock() + flush_seconds(setting)
	process.on_signal = lambda number: reporter.abandon() if number == signal.SIGTERM else reporter.hurry()
	if not process.terminated:
		reporter.release(code, config, end)
	failed = reporter.finish(max(0, end - clock()))
	if process.terminated:
		reporter.say_dropped('SIGTERM ended the trial')
		return process.code
	if code:
		return code
	if sources and reporter.names[0] not in reporter.found:
		say_nearest(reporter.names[0], reporter.nearest, sources, config.get('file'))
	if failed:
		return UNDELIVERED if setting('KATIB_PUSH_ON_FAILURE') == 'fail' else 0
	if reporter.stopped and config.get('earlyStopping'):
		set_trial_status(config['earlyStopping'], reporter.trial)
	return 0
