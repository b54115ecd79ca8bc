"""The loop between the child's start and the end of what it writes."""
import os
import select
from .clock import clock
from .descriptors import ready
from .environment import BLOCK

LINGER_SECONDS = 0.5  # after the child's end for others that hold its pipes: a `tee` behind a process substitution
LOOK_MILLISECONDS = 40  # between two looks at what doesn't wake the loop
PRESSED_BLOCK = 4096  # bytes read at once where lines wait for the server


class Loop:
	"""Passes all output on, until the child is gone and its streams are at their ends, or others hold them too long.

	`bell` is readable where a signal came. Of `watchers` each has `look()`, called in each turn and at the end.
	"""

	def __init__(self, process, pipes, bell, reporter, watchers):
		self.process, self.bell, self.reporter, self.watchers = process, bell, reporter, watchers
		self.poll, self.pipes, self.end = select.poll(), {each.source: each for each in pipes}, None
		for source in [bell] + list(self.pipes):
			self.poll.register(source, select.POLLIN)

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
			each.look()

	def turn(self):
		for source, _ in ready(self.poll, LOOK_MILLISECONDS if self.watchers or self.end else None):
			if source == self.bell:
				os.read(self.bell, BLOCK)
			else:
				self.pump(source)
		for each in self.watchers:
			each.look()

	def pump(self, source):
		size = PRESSED_BLOCK if self.reporter.hold_up() else BLOCK
		if not self.pipes[source].pump(size):
			self.close(source)

	def empty(self, source):
		"""Reads what is in a pipe now, and nothing that somebody goes on writing."""
		pipe = self.pipes[source]
		left, passed = pipe.waiting(), 1
		while left > 0 and passed:
			passed = pipe.pump(min(left, BLOCK))
			left -= passed
		self.close(source)

	def close(self, source):
		"""Where it has no reader any more, the child learns it from its next write."""
		del self.pipes[source]
		self.poll.unregister(source)
		os.close(source)
