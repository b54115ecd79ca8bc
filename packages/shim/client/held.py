"""Rows that wait for the program's success, in a file without a name; in memory where there is none."""
from _collections import deque
import os
from .environment import BLOCK
from .clock import clock
from .rows import BATCH_ROWS


class Held:
    def __init__(self, folder, names):
        self.folder, self.names = folder, list(names)
        self.file, self.rest = None, deque()  # behind those in the file
        self.count, self.released = 0, False
        self.part = b''  # of the file, that was read and not used
        self.open()

    def open(self):
        path = '%s/katib-push-held-%d' % (self.folder, os.getpid())
        try:
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | getattr(os, 'O_CLOEXEC', 0)
            self.file = os.open(path, flags, 0o600)
            os.unlink(path)
        except OSError:
            pass

    def waits(self):
        return self.released and self.count

    def exchange(self, rows, limit, give_up):
        """Takes the rows before the release. Behind it gives some back; all that are left go up once the limit is over."""
        if not self.released:
            self.keep(rows)
            return
        while self.count and len(rows) < BATCH_ROWS:
            rows.extend(self.some())
        while self.count and clock() >= limit:
            give_up(self.some())

    def keep(self, rows):
        while rows:
            some = take_first(rows)
            if self.rest or not self.store(some):
                self.rest.extend(some)
            self.count += len(some)

    def store(self, rows):
        """Appends rows to the file; whether all are in it."""
        if self.file is None:
            return False
        data = ''.join('%d %d %s\n' % (micros, self.names.index(name), value) for micros, name, value in rows)
        data, end = data.encode('utf-8', 'replace'), os.lseek(self.file, 0, os.SEEK_END)
        try:
            if os.write(self.file, data) == len(data):
                return True
        except OSError:
            pass
        os.ftruncate(self.file, end)  # the disk is full
        return False

    def release(self):
        if self.file is not None:
            os.lseek(self.file, 0, os.SEEK_SET)
        self.released = True

    def some(self):
        """The next rows, in order."""
        data = os.read(self.file, BLOCK) if self.file is not None else b''
        if not data:
            rows = take_first(self.rest)
        else:
            lines = (self.part + data).split(b'\n')
            self.part = lines.pop()
            rows = [self.row(*line.decode('utf-8').split(' ', 2)) for line in lines]
        self.count -= len(rows)
        return rows

    def row(self, micros, name, value):
        return int(micros), self.names[int(name)], value

    def drop(self):
        """Lets go of all; returns how many they are."""
        count, self.count = self.count, 0
        return count


def take_first(rows):
    """Takes the oldest rows out of a deque, as many as a call may have; another thread may do the same."""
    taken = []
    try:
        while len(taken) < BATCH_ROWS:
            taken.append(rows.popleft())
    except IndexError:
        pass
    return taken
