"""Rows that wait for the program's success."""
from _collections import deque
import os
from .ask import ask
from .clock import clock, sleep
from .environment import BLOCK, setting
from .manager import OK, PORT, TRIAL_NAME
from .protobuf import text_field
from .reporter import Reporter, take_first
from .rows import BATCH_ROWS
from .threads import new_lock

GET_LOG = b'/api.v1.beta1.DBManager/GetObservationLog'
EMPTY_ANSWER = 5 + 2  # bytes: gRPC's prefix, and a log without rows
ASK_SECONDS, PAUSE_SECONDS = 5.0, 0.2


class HeldReporter(Reporter):
	"""Keeps rows until the program has ended."""

	def __init__(self, *values):
		self.held, self.exchanging = None, new_lock()
		self.voided = ''  # why nothing that was read counts
		Reporter.__init__(self, *values)

	def take(self, most=0):
		Reporter.take(self, most)
		with self.exchanging:
			if self.held:
				self.held.exchange(self.rows, self.limit, self.give_up)

	def fill(self):
		"""Nothing before the release: another thread may have read rows and not kept them yet."""
		with self.exchanging:
			if self.held.released:
				Reporter.fill(self)

	def busy(self):
		return Reporter.busy(self) or self.held.released and self.held.count

	def overflow(self):
		self.take(BATCH_ROWS)

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
			self.dropped += self.held.count
			self.held.count = 0

	def release(self, code, config, limit):
		self.settle()
		if code:
			self.say_dropped('the command failed')
		elif self.voided:
			self.say_dropped("Katib's collector reads nothing of a file with a bad line: " + self.voided)
		elif config.get('deliver') == 'if-none' and self.held.count and self.others_reported(limit):
			self.say_dropped('the command reported its metrics itself')
		with self.exchanging:
			self.held.release()

	def others_reported(self, limit):
		"""Whether the DB manager holds rows of this trial; None where it doesn't answer."""
		authorities = setting('KATIB_PUSH_CA_CERT')
		while clock() < limit and not self.leave:
			status, self.error, answer = ask(self.sink.name, PORT, GET_LOG, text_field(TRIAL_NAME, self.trial),
											 min(limit, clock() + ASK_SECONDS), authorities)
			if status == OK:
				return len(answer) > EMPTY_ANSWER
			sleep(PAUSE_SECONDS)
		return None


class Held:
	"""Rows in a file without a name; in memory where there is none, or no room."""

	def __init__(self, folder, names):
		self.names, self.file, self.rest = names, None, deque()  # the rest is behind what is in the file
		self.count, self.released = 0, False
		self.part = b''  # of the file, that was read and not used
		path = '%s/katib-push-held-%d' % (folder, os.getpid())
		try:
			flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | getattr(os, 'O_CLOEXEC', 0)
			self.file = os.open(path, flags, 0o600)
			os.unlink(path)
		except OSError:
			pass

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
