"""The end of a program while the sender's thread works: what was held is given back in its order, and not before.

Reads the shim's source from stdin. Prints how many rows would be sent before the release, and those that it gives back.
"""
import sys, threading
sys.dont_write_bytecode = True

READ_SECONDS = 30

MAIN = '\nmain()\n'
source = sys.stdin.read()
assert source.endswith(MAIN)
names = {'__name__': 'shim'}
exec(compile(source[:-len(MAIN)], 'shim', 'exec'), names)


class Destination:
    name, link = 'the server', None

    def close(self):
        pass


reporter = names['HeldReporter']('trial', ['loss'], Destination(), None, False)
reading, released = threading.Event(), threading.Event()


def read(text):
    if text == '2':
        reading.set()
        released.wait()
    return [('loss', text)]


class Lock:
    """Tells when the end of the program asks for what another thread reads, on a machine where that takes seconds."""

    def __init__(self, lock):
        self.lock = lock

    def acquire(self, blocking, seconds):
        if reading.is_set() and not released.is_set():
            if seconds < READ_SECONDS:
                return False
            released.set()
        return self.lock.acquire(blocking, seconds)

    def release(self):
        self.lock.release()


reporter.read, reporter.reading = read, Lock(reporter.reading)
reporter.lines.append((1, '1'))
names['Reporter'].take(reporter)  # in one thread
reporter.fill()  # in the other
early = len(reporter.batch)
reporter.take()
reporter.lines.append((2, '2'))
sender = threading.Thread(target=reporter.take)
sender.start()
reading.wait()
reporter.release(0, {}, 0)
released.set()  # where nobody asked
sender.join()
reporter.take()
print(early, *[value for _, _, value in reporter.rows])
