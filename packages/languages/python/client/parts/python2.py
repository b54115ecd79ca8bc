"""Lends Python 2.7 what the other parts take from Python 3's modules. For a process of our own: it changes modules."""
import os
import sys
import time


def wait_by_looking(lock, seconds):
	"""Its locks are taken at once or waited for without end."""
	end = time.monotonic() + seconds
	while not lock.acquire(False):
		if time.monotonic() >= end:
			return False
		time.sleep(0.005)
	return True


if sys.version_info < (3,):
	import signal
	import thread
	thread.wait = wait_by_looking
	time.monotonic = lambda: os.times()[4]
	sys.modules.update(_thread=thread, _signal=signal)
	signal.SIG_BLOCK = signal.SIG_SETMASK = 0
	signal.pthread_sigmask = lambda how, signals: ()  # it has none: a signal may come to any thread
