"""The client ends with the program, and begins anew in its forks."""
import atexit
import os
import sys
from .clock import wait_while
from .failure import Last
from .settings import flush_seconds

KEY = 'katib_push (client)'  # in sys.modules, where no import finds it
DELIVER_MILLISECONDS, END_MILLISECONDS = 500, 250  # before a fork


def count_tasks():
	"""How many threads the system counts, and two more; 0 where it doesn't say."""
	try:
		return os.stat('/proc/self/task').st_nlink
	except OSError:
		return 0


def attend(sender, env, before, in_child):
	"""Lets the sender finish with the program. Returns what has to be called in the processes that report."""
	limit, fails, hooked = flush_seconds(env), env('KATIB_PUSH_ON_FAILURE') == 'fail', []

	def finish():
		"""At exit: from here on no import and no eval."""
		try:
			before()
			# after an uncaught exception the exit code is 1 already
			if sender.finish(limit) and fails and not hasattr(sys, 'last_type'):
				setattr(sys, KEY, Last())
		except BaseException:
			pass

	def hook():
		"""multiprocessing's children skip atexit, and clear finalizers as they start."""
		util = sys.modules.get('multiprocessing.util')
		try:
			if util and not hooked and util.process.current_process()._parent_pid is not None:
				hooked.append(util.Finalize(None, finish, exitpriority=-1000))
		except AttributeError:
			pass

	def before_fork():
		"""Since 3.12 a fork beside a thread of the system warns, in 3.13 also where `after_fork` starts one again."""
		if sender.running:
			wait_while(lambda: sender.busy() and not sender.tries, DELIVER_MILLISECONDS)
			tasks = count_tasks()
			sender.halt(0)
			wait_while(lambda: sender.running or count_tasks() >= tasks > 0, END_MILLISECONDS)

	def after_fork():
		sender.leave = False
		if sender.busy():
			sender.ring()

	def forked():
		sender.forget()
		hooked.clear()
		in_child()

	atexit.register(finish)
	os.register_at_fork(before=before_fork, after_in_parent=after_fork, after_in_child=forked)
	return hook
