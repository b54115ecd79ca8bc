"""Cutting the lines that hold a wanted name out of blocks of bytes, without looking at the others."""
LATEST = 4096  # bytes that are kept for who looks at the end


class Lines:
	"""The lines of one stream. `found` is called with lists of those that hold one of the names, in order."""
	longest = 131072  # bytes of an unfinished line; what is longer is read in pieces

	def __init__(self, names, found):
		self.names, self.found = [name.encode('utf-8') for name in names], found
		self.latest = b''
		self.forget()

	def forget(self):
		"""Drops the unfinished line."""
		self.parts, self.size = [], 0

	def feed(self, data):
		self.latest = (self.latest + data[-LATEST:])[-LATEST:]
		end = data.rfind(b'\n') + 1
		if end:
			self.search(b''.join(self.parts + [data[:end]]))
			self.forget()
			data = data[end:]
		if data:
			self.parts.append(data)
			self.size += len(data)
			if self.size > self.longest:
				line = b''.join(self.parts)
				at = cut(line)
				self.search(line[:at])
				self.parts, self.size = [line[at:]], len(line) - at

	def close(self):
		"""The end of the stream ends its last line."""
		self.search(b''.join(self.parts))

	def search(self, data):
		"""Whole lines, or a piece of one."""
		hits = {}  # ends of lines by their starts
		for name in self.names:
			at = data.find(name)
			while at >= 0:
				end = data.find(b'\n', at)
				end = len(data) if end < 0 else end
				hits[data.rfind(b'\n', 0, at) + 1] = end
				at = data.find(name, end + 1)
		if hits:
			self.found([data[start:hits[start]].decode('utf-8', 'replace') for start in sorted(hits)])


def cut(line):
	"""Where a long line is cut: between two words that no `=` joins, so that no match is torn."""
	head = line
	while True:
		parts = head.rsplit(None, 1)
		if len(parts) < 2:
			return len(line)
		head, word = parts
		if head[-1:] != b'=' and word[:1] != b'=':
			return len(head)
