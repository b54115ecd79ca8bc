"""HTTP/2 with prior knowledge (RFC 9113)."""
from .hpack import headers
from .protobuf import field

DATA, HEADERS, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 0, 1, 3, 4, 5, 6, 7, 8, 9
END_STREAM, ACK, END_HEADERS, PADDED, PRIORITY = 1, 1, 4, 8, 32  # flags
INITIAL_WINDOW_SIZE = 4  # a setting
HEAD, LARGEST_FRAME, LARGEST_BLOCK, WINDOW, MOST_OUTPUT = 9, 16384, 65536, 65535, 65536
PREFACE = b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
OUR_SETTINGS = b'\0\1\0\0\0\0' + b'\0\2\0\0\0\0'  # no header table, no push
POST, SCHEME_HTTP, SCHEME_HTTPS = b'\x83', b'\x86', b'\x87'  # of the static table
PATH, AUTHORITY, CONTENT_TYPE, TE = b'\x04', b'\x01', b'\x0f\x10', b'\0\x02te'  # literals with these names
GRPC = field(CONTENT_TYPE, b'application/grpc') + field(TE, b'trailers')
LONGEST_LITERAL = 126
ANSWER_BYTES = 64  # of an answer, that are kept, and the rest of their frame: most answers hold nothing


def big_endian(value, size):
	return bytes(bytearray(value >> 8 * at & 255 for at in reversed(range(size))))


def uint(data):
	value = 0
	for byte in bytearray(data):
		value = value << 8 | byte
	return value


def frame(kind, flags, stream, data):
	return big_endian(len(data), 3) + bytes(bytearray((kind, flags))) + big_endian(stream, 4) + data


class Link:
	"""One connection, one call at a time."""

	def __init__(self, stream, authority, tls):
		self.stream = stream
		self.request = POST + (SCHEME_HTTPS if tls else SCHEME_HTTP) + field(AUTHORITY, authority.encode()[:LONGEST_LITERAL])
		self.input, self.block, self.call_id, self.usable = bytearray(), bytearray(), -1, True
		self.room = self.initial = WINDOW
		self.output = PREFACE + frame(SETTINGS, 0, 0, OUR_SETTINGS)

	def call(self, path, message):
		"""Sends one request; returns what headers and trailers came."""
		self.found, self.ended, self.answer = {}, False, bytearray()
		self.call_id += 2
		self.share = self.initial
		data = b'\0' + big_endian(len(message), 4) + message
		self.output += frame(HEADERS, END_HEADERS, self.call_id, self.request + field(PATH, path) + GRPC)
		while not self.ended:
			size = min(len(data), self.room, self.share, LARGEST_FRAME)
			if size > 0:
				self.output += frame(DATA, END_STREAM if size == len(data) else 0, self.call_id, data[:size])
				self.room -= size
				self.share -= size
				data = data[size:]
			else:
				self.read()
		self.usable = self.usable and not data
		return self.found

	def flush(self):
		output, self.output = self.output, b''
		self.stream.send(output)

	def take(self, size):
		"""The next bytes that the server sends."""
		while len(self.input) < size:
			self.flush()
			self.input += self.stream.receive()
		data, self.input = self.input[:size], self.input[size:]
		return data

	def read(self):
		"""One frame. What is broken is an exception, and the end of the connection."""
		self.stream.wait()
		if len(self.output) > MOST_OUTPUT:
			self.flush()
		head = self.take(HEAD)
		size, kind, flags, stream = uint(head[:3]), head[3], head[4], uint(head[5:]) & 0x7fffffff
		if size > LARGEST_FRAME or kind == PUSH_PROMISE or len(self.block) > LARGEST_BLOCK:
			raise OSError('not HTTP/2')
		data, ours = self.take(size), stream == self.call_id
		if kind == DATA and ours and len(self.answer) < ANSWER_BYTES:
			self.answer += data
		if kind == DATA and size:  # give the credit back, padding included
			for to in (0,) if flags & END_STREAM else (0, stream):
				self.output += frame(WINDOW_UPDATE, 0, to, big_endian(size, 4))
		elif kind == HEADERS:
			if flags & PADDED:
				data = data[1:size - data[0]]
			self.block, self.last = data[5:] if flags & PRIORITY else data, flags & END_STREAM
		elif kind == CONTINUATION:
			self.block += data
		elif kind == RST_STREAM and ours:
			raise OSError('call reset: %d' % uint(data))
		elif kind == SETTINGS and not flags & ACK:
			for at in range(0, size, 6):
				name, value = uint(data[at:at + 2]), uint(data[at + 2:at + 6])
				if name == INITIAL_WINDOW_SIZE:
					self.share += value - self.initial
					self.initial = value
			self.output += frame(SETTINGS, ACK, 0, b'')
		elif kind == PING and not flags & ACK:
			self.output += frame(PING, ACK, 0, bytes(data))
		elif kind == GOAWAY:
			self.usable = False
			if uint(data[:4]) & 0x7fffffff < self.call_id:
				raise OSError('server goes away')
		elif kind == WINDOW_UPDATE:
			if not stream:
				self.room += uint(data)
			elif ours:
				self.share += uint(data)
		if kind in (HEADERS, CONTINUATION) and flags & END_HEADERS:
			found, self.block = headers(self.block), bytearray()
			if ours:
				self.found.update(found)
				self.ended = bool(self.last)
		elif kind == DATA and ours and flags & END_STREAM:
			self.ended = True
