"""Rows that wait for the program's success."""
from .clock import clock
from .environment import BLOCK
from .others import others_reported
from .reporter import Reporter
from .rows import BATCH_ROWS
from .threads import new_lock


class HeldReporter(Reporter):
	"""Keeps rows until the program has ended: as text, of which a row takes some 25 bytes."""

	def __init__(self, *values):
		self.held, self.at, self.released = bytearray(), 0, False  # a line for each row; those behind `at` are left
		self.exchanging = new_lock()
		self.voided = ''  # why nothing that was read counts
		Reporter.__init__(self, *values)

	def take(self, most=0):
		"""Until the release, rows are held; behind it some come back. All that are left go once the limit is over."""
		Reporter.take(self, most)
		with self.exchanging:
			while self.rows and not self.released:
				micros, name, value = self.rows.popleft()
				self.held += ('%d %d %s\n' % (micros, self.names.index(name), value)).encode()
			while self.gives() and len(self.rows) < BATCH_ROWS:
				self.rows.extend(self.some())
			while self.gives() and clock() >= self.limit:
				self.give_up(self.some())

	def gives(self):
		return self.released and self.at < len(self.held)

	def some(self):
		"""The next rows, in order."""
		start, self.at = self.at, self.held.find(b'\n', self.at + BLOCK) + 1 or len(self.held)
		lines = self.held[start:self.at].decode().split('\n')[:-1]
		rows = [line.split(' ') for line in lines]
		return [(int(micros), self.names[int(name)], value) for micros, name, value in rows]

	def fill(self):
		"""Nothing before the release: another thread may have read rows and not kept them yet."""
		with self.exchanging:
			if self.released:
				Reporter.fill(self)

	def busy(self):
		return Reporter.busy(self) or self.gives()

	def void(self, reason):
		self.voided = self.voided or reason

	def settle(self):
		"""Keeps all that was printed. Once more than there are lines: the other thread may hold one that it is reading."""
		self.take()
		while self.lines:
			self.take()

	def drop(self):
		self.settle()
		Reporter.drop(self)
		with self.exchanging:
			self.dropped += self.held.count(b'\n', self.at)
			self.at = len(self.held)

	def release(self, code, config, limit):
		self.settle()
		if code:
			self.say_dropped('the command failed')
		elif self.voided:
			self.say_dropped("Katib's collector reads nothing of a file with a bad line: " + self.voided)
		elif config.get('deliver') == 'if-none' and self.held and others_reported(self, limit):
			self.say_dropped('the command reported its metrics itself')
		with self.exchanging:
			self.released = True
