"""From lines to Katib: the client's sender, with bounds on how long it may hold up the program."""
from .clock import clock, now, sleep
from .rows import BATCH_ROWS
from .say import say
from .sender import Sender
from .threads import new_lock, wake

HELD_UP_SECONDS = 0.1  # for which the program waits at most, at a time
PATIENCE_SECONDS = 1.0  # for which it waits at most, in all, for a server that takes nothing
WAITING_LINES, MOST_LINES = 20000, 40000  # where the program is held up; where rows are given up
LONG_LINE, MOST_LONG_LINES = 4096, 100  # characters; how many of those may wait
BOTH_WAYS = 2  # SHUT_RDWR


class Reporter(Sender):
	"""Takes lines from the loop."""
	reading_seconds = 60  # no signal handler reads

	def __init__(self, trial, names, to, spill, as_printed):
		self.trial, self.names, self.giving_up = trial, names, new_lock()
		self.nearest = ''  # the last line that holds the objective's name, which is the first
		self.stopped = ''  # why lines that come now are not read
		self.heard, self.patience = 0, PATIENCE_SECONDS  # left since the server had answered that often
		self.abandoned, self.dropped = False, 0
		Sender.__init__(self, to, spill, as_printed)

	def put(self, texts):
		"""Lines that hold a wanted name, all of this moment."""
		if self.stopped:
			return
		self.nearest = ([self.nearest] + [text for text in texts if self.names[0] in text])[-1]
		at = now()
		self.lines.extend([(at, text) for text in texts])
		if self.abandoned:
			self.drop()
			return
		are_long = sum(map(len, texts)) > LONG_LINE * len(texts)
		while len(self.lines) > (MOST_LONG_LINES if are_long else MOST_LINES):
			self.take(BATCH_ROWS)  # the oldest rows go to the spill file
		if self.idle:
			self.ring()

	def is_full(self):
		return len(self.lines) > WAITING_LINES

	def hold_up(self):
		"""Waits for room as long as the server takes rows, and no longer than a moment."""
		if self.heard != self.answers:
			self.heard, self.patience = self.answers, PATIENCE_SECONDS
		start = clock()
		end = start + min(HELD_UP_SECONDS, self.patience)
		while self.is_full() and self.running and not self.tries and clock() < end:
			sleep(0.001)
		self.patience -= clock() - start

	def give_up(self, rows):
		"""From both threads: each counts."""
		with self.giving_up:
			if self.abandoned:
				self.dropped += len(rows)
			else:
				Sender.give_up(self, rows)

	def release(self, code, config, limit):
		"""The program has ended, and decides about what was held until now: nothing here."""

	def abandon(self):
		"""Ends pushing at once, from a signal handler: what waits, and what still comes, is only counted."""
		self.abandoned = self.to.ended = True
		try:
			self.to.link.stream.socket.shutdown(BOTH_WAYS)
		except Exception:
			pass  # there is no connection
		self.hurry()

	def hurry(self):
		"""Ends the wait for the server."""
		self.leave = True
		wake(self.bell)
		wake(self.done)

	def drop(self):
		"""Counts what waits instead of delivering it."""
		while True:
			self.take()
			self.dropped += len(self.rows)
			self.rows.clear()
			if not self.lines:
				return

	def say_dropped(self, reason):
		self.drop()
		if self.dropped:
			say('%d observations are not pushed: %s', self.dropped, reason)
