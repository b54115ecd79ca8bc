"""What has to happen between the end of the output and our own."""
import os
from .clock import clock
from .environment import setting
from .objective import say_nearest
from .process import signal
from .say import say
from .settings import flush_seconds
from .stop import set_trial_status

UNDELIVERED = 75  # EX_TEMPFAIL


def finish(process, reporter, config, sources):
	"""Delivers what waits. Returns our exit code: the child's, or 75 where rows had to arrive and did not."""
	if os.getpid() == 1:
		kill_others()
	signal.setitimer(signal.ITIMER_REAL, 0)
	code, end = 0 if process.stopped else process.code, clock() + flush_seconds(setting)
	process.on_signal = lambda number: reporter.abandon() if number == signal.SIGTERM else reporter.hurry()
	if not process.terminated:
		reporter.release(code, config, end)
	failed = reporter.finish(max(0, end - clock()))
	if process.terminated:
		reporter.say_dropped('SIGTERM ended the trial')
		return process.code
	if not code and reporter.names[0] not in reporter.found:
		say_nearest(reporter.names[0], reporter.nearest, sources)
	if reporter.stopped and not code and not failed:
		set_trial_status(config, reporter.trial)
	return UNDELIVERED if failed and not code and setting('KATIB_PUSH_ON_FAILURE') == 'fail' else code


def kill_others():
	"""As the kernel does when process 1 of a container ends: nobody prints or waits while we deliver."""
	try:
		os.kill(-1, signal.SIGKILL)
	except OSError:
		pass
