"""Locks and threads of the interpreter alone, which signal handlers may interrupt anywhere."""
from . import python2
import _signal as signal
import _thread

this_thread, new_thread, new_lock = _thread.get_ident, _thread.start_new_thread, _thread.allocate_lock
ThreadError = _thread.error
ALL_SIGNALS = getattr(signal, 'valid_signals', lambda: range(1, signal.NSIG))()
# Waits for `wake`, or until the time is over; whether it was woken.
wait = getattr(_thread, 'wait', lambda lock, seconds: lock.acquire(True, seconds))


def event():
	"""A lock as an event, safe in signal handlers: `wait` waits for `wake`."""
	lock = new_lock()
	lock.acquire()
	return lock


def wake(lock):
	try:
		lock.release()
	except ThreadError:  # it was awake
		pass


def signal_mask():
	"""What is blocked in this thread. Like the next two, it may run a handler that raises."""
	return signal.pthread_sigmask(signal.SIG_BLOCK, ())


def block_signals():
	signal.pthread_sigmask(signal.SIG_BLOCK, ALL_SIGNALS)


def restore_signals(mask):
	signal.pthread_sigmask(signal.SIG_SETMASK, mask)
