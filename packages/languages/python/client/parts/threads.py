"""Locks and threads of the interpreter alone, which signal handlers may interrupt anywhere."""
try:
    import _signal
    import _thread
except ImportError:  # Python 2.7
    import signal as _signal
    import thread as _thread
from .clock import clock, sleep

this_thread, new_thread, new_lock = _thread.get_ident, _thread.start_new_thread, _thread.allocate_lock
ThreadError = _thread.error


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


def wait(lock, seconds):
    """Waits for `wake`, or until the time is over; whether it was woken."""
    try:
        return lock.acquire(True, seconds)
    except TypeError:  # Python 2.7 knows no timeout
        pass
    end, pause = clock() + seconds, 0.0005
    while not lock.acquire(False):
        left = end - clock()
        if left <= 0:
            return False
        pause = min(pause * 2, left, 0.02)
        sleep(pause)
    return True


def signal_mask():
    """What is blocked in this thread. Like the next two, it may run a handler that raises."""
    return _signal.pthread_sigmask(_signal.SIG_BLOCK, ()) if hasattr(_signal, 'pthread_sigmask') else ()


def block_signals():
    if hasattr(_signal, 'pthread_sigmask'):
        every = getattr(_signal, 'valid_signals', lambda: range(1, 65))()
        _signal.pthread_sigmask(_signal.SIG_BLOCK, every)


def restore_signals(mask):
    if hasattr(_signal, 'pthread_sigmask'):
        _signal.pthread_sigmask(_signal.SIG_SETMASK, mask)
