"""A file that the program writes, read as it grows."""
import os
from .environment import BLOCK
from .lines import Lines
from .sender import NEVER
from .spill import REGULAR_FILE

MARK = 4096  # bytes in front of where we are, by which a rewritten file is known


class Followed:
	"""Feeds the file's bytes to `lines`. It may appear late, be replaced, truncated or rotated, or never appear."""

	def __init__(self, path, lines):
		self.path, self.lines = path.encode('utf-8'), lines
		self.at, self.mark = 0, b''

	def look(self):
		"""Reads what is new, up to the size that the file has now."""
		try:
			file = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)
			try:
				stat = os.fstat(file)
				if stat.st_mode >> 12 == REGULAR_FILE:
					self.read(file, stat.st_size)
			finally:
				os.close(file)
		except OSError:
			pass  # it is not there yet, or can't be read now

	def read(self, file, size):
		"""Goes on, or begins again where it is another content now."""
		if size < self.at or read_part(file, self.at - len(self.mark), self.at) != self.mark:
			self.lines.forget()
			self.at, self.mark = 0, b''
		while self.at < size:
			data = read_part(file, self.at, min(self.at + BLOCK, size))
			if not data:
				return
			self.at += len(data)
			self.mark = (self.mark + data)[-MARK:]
			self.lines.feed(data)


def follow_file(path, is_json, names, put):
	"""Reads the file of a File collector, line by line; of JSON every one, however long."""
	lines = Lines([''] if is_json else names, put)
	if is_json:
		lines.longest = NEVER
	return Followed(path, lines)


def read_part(file, start, end):
	os.lseek(file, start, os.SEEK_SET)
	return os.read(file, end - start)
