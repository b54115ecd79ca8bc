"""Connections."""
import _socket
from .clock import clock
from .tls import secure

CONNECT_SECONDS = 5
RECEIVE_BYTES = 65536
TCP, TCP_NODELAY = 6, 1


class Stream:
	"""A TCP connection, with TLS where there is a context. `limit` ends every wait."""

	def __init__(self, address, port, context, limit):
		host, _, given = address.rpartition(':')
		if not given.isdigit():
			host, given = address, port
		host = host.strip('[]')
		for family, kind, protocol, _, place in _socket.getaddrinfo(host.encode(), int(given), 0, _socket.SOCK_STREAM):
			self.socket, self.limit = _socket.socket(family, kind, protocol), min(limit, clock() + CONNECT_SECONDS)
			try:
				self.wait()
				self.socket.connect(place)
				self.socket.setsockopt(TCP, TCP_NODELAY, 1)
				if context:
					self.socket = secure(context, self.socket, host)
				return
			except Exception as e:
				error = e
				self.socket.close()
		raise error

	def wait(self):
		left = self.limit - clock()
		if left <= 0:
			raise OSError('no answer in time')
		self.socket.settimeout(left)

	def send(self, data):
		self.wait()
		self.socket.sendall(data)

	def receive(self):
		self.wait()
		got = self.socket.recv(RECEIVE_BYTES)
		if not got:
			raise OSError('connection closed')
		return got

	def close(self):
		self.socket.close()
