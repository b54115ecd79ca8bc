"""From lines to Katib: the client's sender, with bounds on how long it may hold up the program."""
from .clock import clock, now, sleep
from .held import take_first
from .manager import OK, Manager
from .sender import Sender
from .threads import new_lock, wake

HELD_SECONDS = 0.1  # for which the program is held up at most, at a time
ALIVE_SECONDS = 1.0  # since the server last took rows, in which it is worth waiting for
WAITING_LINES, MOST_LINES = 20000, 40000  # where the program is held up; where rows are given up
LONG_LINE, MOST_LONG_LINES = 4096, 100  # characters; how many of those may wait
COUNTED_AT_ONCE = 1000
BOTH_WAYS = 2  # SHUT_RDWR


class Watched(Manager):
    """Knows when Katib's DB manager last took rows."""
    taken = None

    def report(self, batch, limit):
        status, error = Manager.report(self, batch, limit)
        if status == OK:
            self.taken = clock()
        return status, error


class Reporter(Sender):
    """Takes lines from the loop."""

    def __init__(self, sink, spill, as_printed):
        self.giving_up, self.exchanging = new_lock(), new_lock()
        self.held = None  # rows whose time has not come
        self.stopped = ''  # why lines that come now are not read
        self.voided = ''  # why nothing that was read counts
        self.abandoned, self.dropped = False, 0
        Sender.__init__(self, sink, spill, as_printed)

    def put(self, text):
        """A line that holds a wanted name."""
        if self.stopped:
            return
        self.lines.append((now(), text))
        if self.abandoned:
            if len(self.lines) > COUNTED_AT_ONCE:
                self.drop()
            return
        if len(self.lines) > (MOST_LINES if len(text) < LONG_LINE else MOST_LONG_LINES):
            self.overflow()
        if self.idle:
            self.ring()

    def is_full(self):
        return len(self.lines) > WAITING_LINES

    def hold(self):
        """Waits for room as long as the server takes rows, and no longer than a moment."""
        if self.sink.taken is None:
            self.sink.taken = clock()
        end = min(clock() + HELD_SECONDS, self.sink.taken + ALIVE_SECONDS)
        while self.is_full() and self.running and not self.tries and clock() < end:
            sleep(0.001)

    def overflow(self):
        """Where nobody takes them, lines become rows, and the oldest rows go to the spill file."""
        self.take()
        if not self.held:
            self.give_up(take_first(self.rows))

    def take(self):
        Sender.take(self)
        with self.exchanging:
            if self.held:
                self.held.exchange(self.rows, self.limit, self.give_up)

    def busy(self):
        return Sender.busy(self) or self.held and self.held.waits()

    def give_up(self, rows):
        """From both threads: each counts."""
        with self.giving_up:
            if self.abandoned:
                self.dropped += len(rows)
            else:
                Sender.give_up(self, rows)

    def void(self, reason):
        self.voided = self.voided or reason

    def abandon(self):
        """Ends pushing at once, from a signal handler: what waits, and what still comes, is only counted."""
        self.abandoned = self.leave = True
        link = self.sink.link
        try:
            if link:
                link.stream.socket.shutdown(BOTH_WAYS)
        except Exception:
            pass  # it was closed meanwhile
        self.hurry()

    def hurry(self):
        """Ends the wait for the server."""
        self.leave = True
        wake(self.bell)
        wake(self.done)

    def drop(self):
        """Counts what waits instead of delivering it; returns how many rows that are by now."""
        self.settle()
        with self.exchanging:
            self.dropped += self.held.drop() if self.held else 0
        return self.dropped

    def settle(self):
        """Makes rows of all lines, and lets go of them where they are not held. Those that are not held are counted."""
        while True:
            self.take()
            if not self.held:
                self.dropped += len(self.rows)
                self.rows.clear()
            if not self.lines:
                return
