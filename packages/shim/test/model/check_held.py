"""Rows that are held: nobody sends before the release, and behind it each goes where it has to, in order.

Reads the shim's source from stdin. Prints how many threads and calls there were before the release, and what became of
the rows: delivered, spilled where the server takes none, spilled where it stops taking them, counted where they are void.
"""
import sys
sys.dont_write_bytecode = True

MAIN = '\nmain()\n'
ROWS = 25000  # more than are given back at once

source = sys.stdin.read()
assert source.endswith(MAIN)
names = {'__name__': 'shim'}
exec(compile(source[:-len(MAIN)], 'shim', 'exec'), names)
threads, new_thread = [], names['new_thread']
names['new_thread'] = lambda run, values: (threads.append(run), new_thread(run, values))
names['say'] = lambda text, *values: None


class Destination:
    name, link = 'the server', None

    def __init__(self, takes):
        self.takes, self.calls, self.rows = takes, 0, []

    def report(self, batch, limit):
        self.calls += 1
        if self.calls > self.takes:
            return 7, 'no'
        self.rows += batch
        return 0, ''

    def close(self):
        pass


class Spill:
    path = 'the file'

    def __init__(self):
        self.rows = []

    def write(self, rows):
        self.rows += rows
        return len(rows)


def held(takes):
    to, spill = Destination(takes), Spill()
    reporter = names['HeldReporter']('trial', ['loss'], to, spill, False)
    reporter.read = lambda text: [('loss', text)]
    for start in range(0, ROWS, 1000):
        reporter.put([str(row) for row in range(start, start + 1000)])
    return reporter, to, spill


def in_order(rows):
    assert [int(value) for _, _, value in rows] == list(range(len(rows))), rows[:5]
    return len(rows)


delivered, to, _ = held(ROWS)
before = len(threads), to.calls
delivered.release(0, {}, 0)
delivered.finish(30)

refused, _, spill = held(0)
refused.release(0, {}, 0)
refused.finish(0)

halfway, halfway_to, rest = held(3)
halfway.release(0, {}, 0)
halfway.finish(30)

void, void_to, _ = held(ROWS)
void.release(3, {}, 0)
void.finish(30)
print(before, in_order(to.rows), sorted(int(row[2]) for row in spill.rows) == list(range(ROWS)),
      len(halfway_to.rows) + len(rest.rows), void_to.calls, void.dropped)
