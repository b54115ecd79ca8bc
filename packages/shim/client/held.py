"""Rows that wait for the program's success."""
from .environment import BLOCK
from .others import others_reported
from .reporter import Reporter
from .rows import BATCH_ROWS


class HeldReporter(Reporter):
	"""Keeps rows until the program has ended, as text, of which a row takes some 25 bytes. Nobody sends before."""
	at, released = 0, False
	voided = ''  # why nothing that was read counts, where a format has such rules

	def __init__(self, *values):
		self.held = bytearray()  # a line for each row; those behind `at` are left
		Reporter.__init__(self, *values)

	def ring(self):
		"""Before the release: keeps what would be sent."""
		if self.released:
			Reporter.ring(self)
			return
		for micros, name, value in self.rows:
			self.held += ('%d %d %s\n' % (micros, self.names.index(name), value)).encode()
		self.rows.clear()

	def some(self):
		"""The next rows, in order."""
		start, self.at = self.at, self.held.find(b'\n', self.at + BLOCK) + 1 or len(self.held)
		rows = [line.split() for line in self.held[start:self.at].decode().splitlines()]
		return [(int(micros), self.names[int(name)], value) for micros, name, value in rows]

	def fill(self):
		if len(self.rows) < BATCH_ROWS:
			self.rows.extend(self.some())
		Reporter.fill(self)

	def account(self, destination, error):
		"""What the limit left goes, too."""
		while self.at < len(self.held):
			self.give_up(self.some())
		return Reporter.account(self, destination, error)

	def drop(self):
		Reporter.drop(self)
		self.dropped += self.held.count(b'\n', self.at)
		self.at = len(self.held)

	def release(self, code, config, limit):
		if code:
			self.say_dropped('the command failed')
		elif self.voided:
			self.say_dropped(self.voided)
		elif config.get('deliver') == 'if-none' and self.held and others_reported(self, limit):
			self.say_dropped('the command reported its metrics itself')
		self.released = True
		self.rows.extend(self.some())
