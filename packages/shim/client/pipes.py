"""What the program writes: pipes in place of our own descriptors, and the bytes on their way through them."""
import errno
import fcntl
import os
import select
import termios
from _struct import unpack
from .descriptors import make_pipe, ready


class Pipe:
	"""Takes the place of our descriptors `to`, which are one file, in the child. `lines` reads what passes through."""

	def __init__(self, to, lines):
		self.to, self.lines = to, lines
		self.source, self.end = make_pipe()

	def pump(self, size):
		"""Reads once, at most `size` bytes, and writes them on. Returns how many, 0 at the end or without a reader."""
		data = os.read(self.source, size)
		has_reader = write_all(self.to[0], data)
		self.lines.feed(data)
		return len(data) if has_reader else 0

	def waiting(self):
		"""How many bytes wait in the pipe."""
		return unpack('i', fcntl.ioctl(self.source, termios.FIONREAD, b'\0\0\0\0'))[0]


def by_file(descriptors):
	"""Groups 1 and 2 by the file that they are: one pipe for both keeps their order."""
	if descriptors == [1, 2] and os.path.sameopenfile(1, 2):
		return [descriptors]
	return [[each] for each in descriptors]


def write_all(descriptor, data):
	"""Writes as the program would have, waiting for a slow reader. False where nobody reads any more."""
	while data:
		try:
			data = data[os.write(descriptor, data):]
		except OSError as e:
			if e.errno in (errno.EPIPE, errno.ECONNRESET):
				return False
			if e.errno == errno.EAGAIN:  # whoever shares it made it so
				poll = select.poll()
				poll.register(descriptor, select.POLLOUT)
				ready(poll, None)
			elif e.errno != errno.EINTR:
				break  # a full disk: the program can't be told
	return True
