"""From lines to Katib: the client's sender, with bounds on how long it may hold up the program."""
from .clock import clock, now, sleep
from .say import say
from .sender import Sender
from .threads import new_lock, wake

HELD_UP_SECONDS = 0.1  # for which the program waits at most, at a time
PATIENCE_SECONDS = 1.0  # for which it waits at most, in all, for a server that takes nothing
MANY_ROWS = 20000  # that wait for the server: where the program is held up
BOTH_WAYS = 2  # SHUT_RDWR


class Reporter(Sender):
	"""Reads the lines that the loop finds, in its thread. The other one sends."""
	nearest = ''  # the last line that holds the objective's name, which is the first
	stopped = ''  # why lines that come now are not read
	heard, patience = 0, PATIENCE_SECONDS  # left since the server had answered that often
	abandoned, dropped = False, 0

	def __init__(self, trial, names, *values):
		self.trial, self.names, self.giving_up = trial, names, new_lock()
		Sender.__init__(self, *values)

	def put(self, texts):
		"""Lines that hold a wanted name, all of this moment."""
		if self.stopped:
			return
		for text in texts:
			if self.names[0] in text:
				self.nearest = text
		at = now()
		self.lines.extend([(at, text) for text in texts])
		self.take(len(texts))  # where too many rows wait, the oldest go to the spill file
		if self.abandoned:
			self.drop()
		elif self.idle:
			self.ring()

	def hold_up(self):
		"""Where it is full, waits for room as long as the server takes rows, and no longer than a moment."""
		if len(self.rows) <= MANY_ROWS:
			return False
		if self.heard != self.answers:
			self.heard, self.patience = self.answers, PATIENCE_SECONDS
		start = clock()
		end = start + min(HELD_UP_SECONDS, self.patience)
		while len(self.rows) > MANY_ROWS and self.running and not self.tries and clock() < end:
			sleep(0.001)
		self.patience -= clock() - start
		return True

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
		self.take()
		self.dropped += len(self.rows)
		self.rows.clear()

	def say_dropped(self, reason):
		self.drop()
		if self.dropped:
			say('%d observations are not pushed: %s', self.dropped, reason)
