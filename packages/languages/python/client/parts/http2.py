"""HTTP/2 with prior knowledge (RFC 9113)."""
from _struct import pack, unpack
from .hpack import headers
from .protobuf import field

DATA, HEADERS, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = 0, 1, 3, 4, 5, 6, 7, 8, 9
END_STREAM, ACK, END_HEADERS, PADDED, PRIORITY = 1, 1, 4, 8, 32  # flags
INITIAL_WINDOW_SIZE = 4  # a setting
STREAM_BITS = 0x7fffffff
HEAD, LARGEST_FRAME, LARGEST_BLOCK, WINDOW, MOST_OUTPUT = 9, 16384, 65536, 65535, 65536
PREFACE = b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
OUR_SETTINGS = b'\0\1\0\0\0\0' + b'\0\2\0\0\0\0'  # no header table, no push
POST, SCHEME_HTTP, SCHEME_HTTPS = b'\x83', b'\x86', b'\x87'  # of the static table
PATH, AUTHORITY, CONTENT_TYPE, TE = b'\x04', b'\x01', b'\x0f\x10', b'\0\x02te'  # literals with these names
GRPC = field(CONTENT_TYPE, b'application/grpc') + field(TE, b'trailers')
LONGEST_LITERAL = 126


def uint(data):
	return unpack('>I', bytes(data[:4]))[0]


def frame(kind, flags, stream, data):
	return pack('>IBBI', len(data), kind, flags, stream)[1:] + data


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
		self.found, self.ended, self.answer_bytes = {}, False, 0
		self.call_id += 2
		self.share = self.initial
		data = pack('>BI', 0, len(message)) + message
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
		size, kind, flags, stream = unpack('>IBBI', b'\0' + bytes(self.take(HEAD)))
		stream &= STREAM_BITS
		if size > LARGEST_FRAME or kind == PUSH_PROMISE or len(self.block) > LARGEST_BLOCK:
			raise OSError('not HTTP/2')
		data, ours = self.take(size), stream == self.call_id
		if kind == DATA:
			for to in (0,) if flags & END_STREAM else (0, stream):  # give the credit back, padding included
				self.output += frame(WINDOW_UPDATE, 0, to, pack('>I', size)) if size else b''
			if ours:
				self.answer_bytes += size
				self.ended = flags & END_STREAM
		elif kind in (HEADERS, CONTINUATION):
			if kind == HEADERS:
				data = data[1:size - data[0]] if flags & PADDED else data
				data = data[5:] if flags & PRIORITY else data
				self.last = flags & END_STREAM
			self.block += data
			if flags & END_HEADERS:
				found, self.block = headers(self.block), bytearray()
				if ours:
					self.found.update(found)
					self.ended = self.last
		elif kind == RST_STREAM and ours:
			raise OSError('call reset: %d' % uint(data))
		elif kind == SETTINGS and not flags & ACK:
			for at in range(0, size, 6):
				name, value = unpack('>HI', bytes(data[at:at + 6]))
				if name == INITIAL_WINDOW_SIZE:
					self.share += value - self.initial
					self.initial = value
			self.output += frame(SETTINGS, ACK, 0, b'')
		elif kind == PING and not flags & ACK:
			self.output += frame(PING, ACK, 0, bytes(data))
		elif kind == GOAWAY:
			self.usable = False
			if uint(data) & STREAM_BITS < self.call_id:
				raise OSError('server goes away')
		elif kind == WINDOW_UPDATE:
			if not stream:
				self.room += uint(data)
			elif ours:
				self.share += uint(data)
