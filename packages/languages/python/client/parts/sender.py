"""Delivers rows to a destination, in order, in one daemon thread."""
import os
from .clock import clock, wait_while
from .rows import BATCH_ROWS, Rows
from .threads import ThreadError, block_signals, event, new_thread, restore_signals, signal_mask, wait, wake

BATCH_CHARACTERS = 8 * 10**5  # of values in one call, behind which no further row is put
GATHER_SECONDS = 0.02  # lets a batch gather
IDLE_SECONDS = 60  # then the connection is closed
CALL_SECONDS = 15
FIRST_ANSWER_SECONDS = 10  # that an exit waits where the server never answered
LAST_MOMENT = 0.02  # too short for another try
FIRST_PAUSE, DOUBLINGS = 0.1, 5  # of the time between two tries, at most; the pause is random
NEVER = float('inf')

# gRPC statuses
# INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED,
# DATA_LOSS, UNAUTHENTICATED
REFUSED_FOR_GOOD = (3, 5, 6, 7, 9, 11, 12, 15, 16)
DATABASE_TROUBLE = (2, 13)  # UNKNOWN, INTERNAL
BLAMES_ROWS = (2, 3, 13)  # and INVALID_ARGUMENT
TRIES = 10  # how often trouble that may be the rows' own is met before they are given up


class Sender(Rows):
	"""Delivers to a destination: `to` has a `name`, `report(batch, limit)`, `close()` and `link`, its connection if any."""

	def __init__(self, to, spill, as_printed):
		self.to, self.idle = to, []  # not empty where `ring` has something to do; never replaced
		Rows.__init__(self, spill, as_printed)

	def forget(self):
		Rows.forget(self)
		self.idle[:] = [True]
		self.to.close()
		self.limit, self.error, self.most = NEVER, 'not tried', BATCH_ROWS
		self.refused = self.answers = 0
		self.running = self.leave = False
		self.bell, self.done = event(), event()

	def ring(self):
		"""Wakes the thread, or starts it; re-entrant."""
		try:
			self.idle.pop()  # for one caller at a time
		except IndexError:
			pass
		else:
			try:
				if not self.running:
					self.launch()
			finally:
				if not self.running:
					self.idle[:] = [True]
		wake(self.bell)

	def launch(self):
		"""Starts the thread, signals blocked."""
		mask = signal_mask()
		try:
			block_signals()
			try:
				self.running = True
				new_thread(self.run, ())
			except ThreadError:  # no more threads
				self.running = False
		finally:
			restore_signals(mask)

	def run(self):
		try:
			while True:
				if not self.leave:
					wait(self.bell, GATHER_SECONDS)
				self.drain()
				if self.leave:
					break
				self.idle[:] = [True]
				if self.lines:
					del self.idle[:]
					continue
				wake(self.done)
				if not wait(self.bell, IDLE_SECONDS):
					self.to.close()
					self.bell.acquire()
		except BaseException as e:
			self.error = repr(e)
		self.running, self.idle[:] = False, [True]
		wake(self.done)

	def halt(self, milliseconds):
		"""Lets the thread end."""
		self.leave = True
		wake(self.bell)
		wait_while(lambda: self.running, milliseconds)

	def busy(self):
		return self.lines or self.rows or self.batch or not self.idle

	def drain(self):
		"""Delivers what there is."""
		while True:
			if len(self.rows) < BATCH_ROWS:
				self.take()
			self.fill()
			if not self.batch or self.leave or not self.send():
				return
			self.batch = []

	def fill(self):
		"""Moves rows into the batch, as many as one call may have."""
		rows, batch, size = self.rows, self.batch, 0
		while rows and len(batch) < self.most and size < BATCH_CHARACTERS:
			batch.append(rows.popleft())
			size += len(batch[-1][2])

	def send(self):
		"""Delivers the batch, or spills it; false where an exit or a fork interrupts."""
		attempt = 0
		while True:
			fresh, attempt = not self.to.link, attempt + 1
			status, error = self.to.report(self.batch, min(clock() + CALL_SECONDS, self.limit))
			self.answers += status is not None
			if status == 0:
				self.tries = self.refused = 0
				self.most = min(BATCH_ROWS, self.most * 2)
				return True
			if clock() < self.limit:  # else it is our own doing
				self.error = ' '.join(error.split())[:200].rstrip(': ')
			self.tries += 1
			if status in REFUSED_FOR_GOOD or status in DATABASE_TROUBLE and self.tries >= TRIES:
				self.refused += 1
				half = len(self.batch) // 2
				if half and status in BLAMES_ROWS and self.refused <= 2 * TRIES:  # one of them, perhaps
					self.rows.extendleft(reversed(self.batch[half:]))
					del self.batch[half:]
					self.most = half
					continue
				self.give_up(self.batch)
				if self.refused > 2 * TRIES:  # no row's fault
					self.most, self.tries = BATCH_ROWS, 0
				return True
			if status is None and not fresh and attempt == 1:
				continue  # an idle connection was gone
			left = self.limit - clock() - LAST_MOMENT
			if self.leave or left <= 0:
				return False
			longest = FIRST_PAUSE * 2 ** min(attempt, DOUBLINGS)
			wait(self.bell, min(left, longest * bytearray(os.urandom(1))[0] / 255))

	def finish(self, limit):
		"""Waits until all is sent: `limit` seconds, less where the server never answered. Returns what was not."""
		start, first = clock(), min(limit, FIRST_ANSWER_SECONDS)
		try:
			if self.busy():
				self.limit = start + limit
				self.ring()
				if not self.running:  # no new thread at exit
					self.limit = start + first
					self.drain()
				while self.running and not self.leave and self.busy() and clock() < start + first:
					wait(self.done, max(0, start + first - clock()))
					first = limit if self.answers else first
		except BaseException:  # Ctrl-C ends the wait
			pass
		self.limit = clock()
		self.tries = 1  # nothing is held back
		if self.busy():
			if self.running:
				self.halt(1000)
			self.take()
			self.give_up(self.batch + list(self.rows))
			self.batch = []
			self.rows.clear()
		return self.account(self.to.name, self.error)
