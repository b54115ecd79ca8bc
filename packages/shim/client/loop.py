"""The loop between the child's start and the end of what it writes."""
import os
import select
from .clock import clock
from .descriptors import ready, retried
from .environment import BLOCK

LINGER_SECONDS = 0.5  # after the child's end for others that hold its pipes: a `tee` behind a process substitution
PRESSED_BLOCK = 4096  # bytes read at once where lines wait for the server


class Loop:
	"""Passes all output on, until the child is gone and its streams are at their ends, or others hold them too long.

	`bell` is readable where a signal came. Of `watchers` each has `look()`, called in each turn, `pause`, the seconds
	after which it wants to be called anew, or None, and `close()`.
	"""

	def __init__(self, process, pipes, bell, reporter, watchers):
		self.process, self.bell, self.reporter, self.watchers = process, bell, reporter, watchers
		self.poll, self.pipes, self.end = select.poll(), {}, None
		self.poll.register(bell, select.POLLIN)
		for each in pipes:
			self.pipes[each.source] = each
			self.poll.register(each.source, select.POLLIN)

	def run(self):
		while self.pipes or self.process.code is None:
			if self.process.code is not None:
				self.end = self.end or clock() + LINGER_SECONDS
				if clock() >= self.end:
					break
			self.turn()
		for source in list(self.pipes):
			self.empty(source)
		for each in self.watchers:
			each.close()

	def turn(self):
		pauses = [each.pause for each in self.watchers if each.pause is not None]
		if self.end is not None:
			pauses.append(max(0.001, self.end - clock()))
		for source, _ in ready(self.poll, int(min(pauses) * 1000) if pauses else None):
			if source == self.bell:
				retried(os.read, self.bell, BLOCK)
			else:
				self.pump(source)
		for each in self.watchers:
			each.look()

	def pump(self, source):
		size = BLOCK
		if self.reporter.is_full():
			self.reporter.hold_up()
			size = PRESSED_BLOCK
		pipe = self.pipes[source]
		if not pipe.pump(size) or not pipe.has_reader:
			self.close(source)

	def empty(self, source):
		"""Reads what is in a pipe now, and nothing that somebody goes on writing."""
		pipe = self.pipes[source]
		left = pipe.waiting()
		while left > 0 and pipe.has_reader:
			left -= pipe.pump(min(left, BLOCK))
		self.close(source)

	def close(self, source):
		self.poll.unregister(source)
		self.pipes.pop(source).close()
