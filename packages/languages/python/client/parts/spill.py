"""The file for what could not be delivered."""
import os
from .clock import stamp
from .rows import BATCH_ROWS

# What JSON's strings may not hold.
ESCAPES = {code: u'\\u%04x' % code for code in list(range(32)) + [ord('"'), ord('\\')]}
LINE = '{"trial_name":"%s","time_stamp":"%s","metric":{"name":"%s","value":"%s"}}\n'
REGULAR_FILE = 8  # of st_mode


class Spill:
	"""A JSON line for each row, appended; `katib-push replay` sends them."""

	def __init__(self, path, trial):
		self.path, self.trial, self.torn = path, trial, b''

	def write(self, rows):
		"""Appends the rows; returns how many are in the file now."""
		done = 0
		try:
			flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
			file = os.open(self.path, flags, 0o600)
			try:
				while done < len(rows) and os.fstat(file).st_mode >> 12 == REGULAR_FILE:
					lines = [self.line(*row) for row in rows[done:done + BATCH_ROWS]]
					left = os.write(file, self.torn + b''.join(lines)) - len(self.torn)
					while lines and left >= len(lines[0]):
						left -= len(lines.pop(0))
						done += 1
					self.torn = b'\n' if left else b''  # a full disk took a part of a line
			finally:
				os.close(file)
		except Exception:
			pass  # what is not in the file counts as lost
		return done

	def line(self, micros, name, value):
		texts = [escaped(text) for text in (self.trial, stamp(micros), name, value)]
		return (LINE % tuple(texts)).encode('utf-8', 'replace')


def escaped(text):
	"""A text as it stands in JSON between quotes."""
	return text.translate(ESCAPES)
