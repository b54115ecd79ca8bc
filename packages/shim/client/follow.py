"""A file that the program writes, read as it grows."""
import binascii
import os
from .environment import BLOCK
from .json_lines import JSON, EveryLine
from .lines import Lines

FOLLOW_SECONDS = 0.04
REGULAR = 8  # of st_mode
MARK = 64  # bytes in front of where we are, by which a rewritten file is known


class Followed:
	"""Feeds the file's bytes to `lines`. It may appear late, be replaced, truncated or rotated, or never appear."""
	pause = FOLLOW_SECONDS

	def __init__(self, path, lines):
		self.path, self.lines = path.encode('utf-8'), lines
		self.state = None  # by which a change is seen
		self.restart()

	def restart(self):
		"""Reads from the beginning: what was there is another content now."""
		self.lines.forget()
		self.at, self.sum, self.mark = 0, 0, b''

	def look(self):
		"""Reads what is new, up to the size that the file has now."""
		try:
			file = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)
			try:
				stat = os.fstat(file)
				state = stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime
				if stat.st_mode >> 12 == REGULAR and state != self.state:
					if not self.goes_on(file, stat.st_size):
						self.restart()
					self.read(file, stat.st_size)
					self.state = state
			finally:
				os.close(file)
		except OSError:
			pass  # it is not there yet, or can't be read now

	def goes_on(self, file, size):
		"""Whether the file begins with what was read; all of it is compared where it is another file than before."""
		if size < self.at:
			return False
		start = self.at - len(self.mark)
		if read_part(file, start, self.at) != self.mark:
			return False
		if self.state and self.state[:2] == identity(file):
			return True
		found = 0
		for at in range(0, self.at, BLOCK):
			found = checksum(read_part(file, at, min(at + BLOCK, self.at)), found)
		return found == self.sum

	def read(self, file, size):
		while self.at < size:
			data = read_part(file, self.at, min(self.at + BLOCK, size))
			if not data:
				return
			self.at += len(data)
			self.sum, self.mark = checksum(data, self.sum), (self.mark + data)[-MARK:]
			self.lines.feed(data)

	def close(self):
		"""The program is gone: reads to the end."""
		self.look()
		self.lines.close()


def follow_file(file, names, put):
	"""Reads the file of a File collector, line by line."""
	return Followed(file['path'], EveryLine(put) if file.get('format') == JSON else Lines(names, put))


def identity(file):
	stat = os.fstat(file)
	return stat.st_dev, stat.st_ino


def checksum(data, before):
	return binascii.crc32(data, before) & 0xffffffff


def read_part(file, start, end):
	os.lseek(file, start, os.SEEK_SET)
	return os.read(file, end - start)
