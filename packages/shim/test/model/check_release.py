"""The end of a program while the sender's thread reads its last line: what was held is given back in its order.

Reads the shim's source from stdin. Prints the rows that the release gives back, in order."""
import sys, threading
sys.dont_write_bytecode = True

MAIN = '\nmain()\n'
source = sys.stdin.read()
assert source.endswith(MAIN)
names = {'__name__': 'shim'}
exec(compile(source[:-len(MAIN)], 'shim', 'exec'), names)


class Sink:
    name, link, taken = 'the server', None, 0

    def close(self):
        pass


reporter = names['HeldReporter']('trial', Sink(), None, False)
reporter.held = names['Held'](sys.argv[1], ['loss'])
reading, released = threading.Event(), threading.Event()


def read(text):
    if text == '2':
        reading.set()
        released.wait()
    return [('loss', text)]


class Lock:
    """Tells when the end of the program asks for what another thread reads."""

    def __init__(self, lock):
        self.lock = lock

    def acquire(self, *values):
        if reading.is_set():
            released.set()
        return self.lock.acquire(*values)

    def release(self):
        self.lock.release()


reporter.read, reporter.reading = read, Lock(reporter.reading)
reporter.lines.append((1, '1'))
reporter.take()
reporter.lines.append((2, '2'))
sender = threading.Thread(target=reporter.take)
sender.start()
reading.wait()
reporter.release(0, {}, 0)
released.set()  # where nobody asked
sender.join()
rows = reporter.rows
reporter.held.exchange(rows, names['NEVER'], None)
print(' '.join(value for _, _, value in rows))
