"""Lends Python 2.7 what the other parts take from Python 3's modules. For a process of our own: it changes modules."""
import os
import signal
import sys
import time


class TimedLock:
	"""A lock of Python 2.7 whose wait may end."""

	def __init__(self):
		self.lock = thread.allocate_lock()
		self.release = self.lock.release

	def __enter__(self):
		self.lock.acquire()

	def __exit__(self, *_):
		self.lock.release()

	def acquire(self, blocking=True, seconds=None):
		if seconds is None or not blocking:
			return self.lock.acquire(blocking)
		end, pause = time.monotonic() + seconds, 0.0005
		while not self.lock.acquire(False):
			left = end - time.monotonic()
			if left <= 0:
				return False
			pause = min(pause * 2, left, 0.02)
			time.sleep(pause)
		return True


if sys.version_info < (3,):
	import thread
	time.monotonic = lambda: os.times()[4]
	_thread = sys.modules['_thread'] = type(sys)('_thread')
	_thread.__dict__.update(thread.__dict__, allocate_lock=TimedLock)
	sys.modules['_signal'] = signal
	signal.SIG_BLOCK = signal.SIG_SETMASK = 0
	signal.pthread_sigmask = lambda how, signals: ()  # it has none: a signal may come to any thread
