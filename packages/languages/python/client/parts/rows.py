"""What waits: lines that the program wrote, rows that were read from them; and what became of them."""
from _collections import deque
from .clock import MICROSECONDS
from .say import say
from .threads import new_lock, wait, wake
from .values import bracketed, is_go_float, not_finite

BATCH_ROWS = 999  # of one call, at most
WAITING_ROWS = 40000  # beyond, the oldest go to the spill file
LOOK_AHEAD = 512  # characters behind a value that is no number


class Rows:
	"""Makes rows of lines, in order. A row is its time in microseconds, a name and a value."""
	reading_seconds = 1  # that one thread waits for another that reads: it may be itself, below a signal handler
	leave = False  # at an end or a fork, where all has to be read

	def __init__(self, spill, as_printed):
		self.spill, self.as_printed = spill, as_printed
		self.read = None  # a filter
		self.lines = deque()  # times with texts, or with pairs that were read already; never replaced
		self.last = 0  # time of the latest row
		self.forget()

	def forget(self):
		"""In a new process: what waits is the parent's."""
		self.lines.clear()
		self.rows, self.batch, self.reading = deque(), [], new_lock()
		self.spilled = self.lost = self.skipped = 0
		self.first_skipped = ''
		self.tries = 0  # since the destination last took rows
		self.found = set()  # names of rows, and of values that are held back

	def mend(self, name, value, text, end):
		"""What is pushed in place of a value that ends at `end` and is empty or a bare sign: see what is behind it.

		None where that is held back.
		"""
		start = end - len(value)
		ahead = text[start:start + LOOK_AHEAD]
		found = ahead[:not_finite(ahead)] or not value and bracketed(ahead)
		if not found or self.as_printed or not not_finite(found):
			return found or value
		self.skip(name, found)

	def skip(self, name, value):
		self.found.add(name)
		self.skipped += 1
		self.first_skipped = self.first_skipped or '%s=%s' % (name, value)

	def take(self, most=0):
		"""Makes rows of the lines that wait; of `most`, if given, whether there is room or not.

		In one thread at a time, or rows would change places: where another one reads for long, it goes on.
		"""
		got = wait(self.reading, self.reading_seconds)
		if not got and not self.leave:
			return
		try:
			for _ in range(most or len(self.lines)):
				at, text = self.lines.popleft()
				try:
					found = text if isinstance(text, list) else self.read(text)
				except Exception:
					self.lost += 1
					continue
				for name, value in found:
					if value is None:
						continue
					if is_go_float(value):
						# later than all before, also where the clock was put back
						self.last = max(int(at * MICROSECONDS), self.last + 1)
						self.rows.append((self.last, name, value))
						self.found.add(name)
					else:  # Katib would store it, and stall
						self.skip(name, value)
				if len(self.rows) > WAITING_ROWS:
					if not self.tries and not most:
						break
					self.give_up([self.rows.popleft() for _ in range(BATCH_ROWS)])
		except IndexError:  # another thread was faster
			pass
		finally:
			if got:
				wake(self.reading)

	def give_up(self, rows):
		"""Writes rows to the spill file, and counts them."""
		kept = self.spill.write(rows) if self.spill and rows else 0
		self.spilled += kept
		self.lost += len(rows) - kept

	def account(self, destination, error):
		"""Says what was not delivered, once; returns how many rows that are."""
		failed, places = self.spilled + self.lost, []
		if self.skipped:
			say('%d values are not pushed: no finite numbers (first: %s)', self.skipped, self.first_skipped)
		if self.spilled:
			path = self.spill.path
			places.append('%d are in %s (katib-push replay %s)' % (self.spilled, path, path))
		if self.lost:
			places.append('%d are lost' % self.lost)
		if failed:
			say('%d observations did not reach %s (%s): %s', failed, destination, error, ', '.join(places))
		self.spilled = self.lost = self.skipped = 0
		return failed
